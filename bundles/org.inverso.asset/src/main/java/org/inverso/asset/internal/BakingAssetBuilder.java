/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.AssetBuilder;
import org.inverso.api.Progress;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds assets with a texture baked from the photo. The same input gives the same asset, whatever
 * the number of processors.
 */
@Component(
        service = AssetBuilder.class,
        configurationPid = "org.inverso.asset",
        property = Stage.ID_PROPERTY + "=" + BakingAssetBuilder.ID)
@Designate(ocd = BakingAssetBuilder.Config.class)
public final class BakingAssetBuilder implements AssetBuilder {

    /** Id of this stage. */
    public static final String ID = "baker";

    /** Default for {@link Config#delighting}. */
    public static final float DEFAULT_DELIGHTING = 0.6f;

    /** Default for {@link Config#cachedPlans}. */
    public static final int DEFAULT_CACHED_PLANS = 4;

    /** Side of the depth image over the crop, pixels. */
    private static final int DEPTH_RESOLUTION = 512;

    /** How far a surface may lie behind the depth image's, part of the object's diagonal. */
    private static final float DEPTH_BIAS = 0.002f;

    /** Part of the atlas' side over which seen colours fade towards hidden ones. */
    private static final float FEATHER = 0.01f;

    private static final Logger LOG = LoggerFactory.getLogger(BakingAssetBuilder.class);

    private final float delighting;
    private final BakingPlans plans;
    private final boolean interior;

    /** Settings of the baker. */
    @ObjectClassDefinition(name = "Inverso asset builder")
    public @interface Config {
        /** Delighting. */
        @AttributeDefinition(
                name = "Delighting",
                description = "How much of the photo's light is taken off its colours, 0 to 1",
                min = "0",
                max = "1")
        double delighting() default DEFAULT_DELIGHTING;

        /** Cached plans. */
        @AttributeDefinition(
                name = "Cached plans",
                description =
                        "Pairs of category and texture size for which the unfolded atlas is kept"
                                + " in memory, some 20 MB each",
                min = "1")
        int cachedPlans() default DEFAULT_CACHED_PLANS;

        /** Interior. */
        @AttributeDefinition(
                name = "Interior",
                description =
                        "Whether seats, dashboard and steering wheels are part of the asset. No photo"
                                + " shows them, and its panes are opaque")
        boolean interior() default false;
    }

    /** With default settings. */
    public BakingAssetBuilder() {
        this(DEFAULT_DELIGHTING, DEFAULT_CACHED_PLANS, false);
    }

    /** Called by the framework. */
    @Activate
    public BakingAssetBuilder(Config config) {
        this((float) config.delighting(), config.cachedPlans(), config.interior());
    }

    /**
     * @param delighting how much of the photo's light is taken off its colours, 0 to 1
     * @param cachedPlans pairs of category and texture size that are kept prepared
     * @param interior whether parts that only translucent panes would let one see are part of the
     *     asset, whose panes are opaque
     */
    public BakingAssetBuilder(float delighting, int cachedPlans, boolean interior) {
        if (!(delighting >= 0 && delighting <= 1)) {
            throw new IllegalArgumentException(
                    "org.inverso.asset: delighting must be from 0 to 1, not " + delighting);
        }
        this.delighting = delighting;
        this.plans = new BakingPlans(cachedPlans);
        this.interior = interior;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Asset build(
            Photo photo,
            Matte matte,
            CropRegion region,
            SceneEstimate estimate,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            int textureSize,
            Progress progress) {
        return build(
                photo, matte, region, estimate, category, rasterizer, textureSize, false, progress);
    }

    @Override
    public Asset build(
            Photo photo,
            Matte matte,
            CropRegion region,
            SceneEstimate estimate,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            int textureSize,
            boolean shapeKeys,
            Progress progress) {
        final long start = System.nanoTime();
        progress.report(0, "preparing the atlas");
        TemplateMesh template = category.template();
        ShapeModel model = new ShapeModel(category);
        final BakingPlan plan = plans.get(category, textureSize);
        float[] vertices = new float[3 * template.vertexCount()];
        float[] rest =
                model.restVertices(estimate.shape(), estimate.vertexOffsets(), vertices.clone());
        model.vertices(estimate.shape(), estimate.pose(), estimate.vertexOffsets(), vertices);
        float diagonal = diagonal(vertices);

        progress.report(0.1, "projecting the photo");
        progress.checkCancelled();
        CameraView view =
                CameraView.of(
                        template.faces(), vertices, plan.normals().of(vertices), estimate.camera());
        DepthView depth =
                new DepthView(
                        rasterizer,
                        template.faces(),
                        vertices,
                        estimate.camera(),
                        DEPTH_RESOLUTION,
                        DEPTH_BIAS * diagonal);
        progress.checkCancelled();
        PhotoProjection projection =
                new PhotoProjection(
                        template,
                        plan.atlas(),
                        view,
                        Delighting.factors(view, estimate.lighting(), delighting),
                        depth,
                        new PhotoPyramid(photo, matte, region, textureSize),
                        region);
        TexelLayer observed = projection.project(Math.max(2, FEATHER * textureSize));

        progress.report(0.5, "completing the texture");
        progress.checkCancelled();
        Image texture =
                new TextureBaker(template, plan, diagonal).bake(observed, estimate.texture());

        progress.report(0.9, "rigging");
        progress.checkCancelled();
        RiggedParts rigged =
                RiggedParts.of(
                        category,
                        model,
                        estimate,
                        rest,
                        plan.normals().of(rest),
                        shapeKeys ? ShapeKeys.of(model, estimate, plan.normals()) : ShapeKeys.NONE,
                        interior);
        Paints paints = Paints.of(category, Materials.of(template.materials(), 0));
        Asset asset =
                new Asset(
                        category.id(),
                        rigged.nodes(),
                        rigged.meshes(),
                        paints.materials(),
                        List.of(new Asset.Texture("base_color", texture, true)),
                        rigged.clips(),
                        rigged.skins(),
                        paints.variants(),
                        provenance(photo, matte, category));
        LOG.debug(
                "{}: asset of category {} built in {} ms",
                photo.name(),
                category.id(),
                (System.nanoTime() - start) / 1_000_000);
        progress.report(1, "asset built");
        return asset;
    }

    private static float diagonal(float[] positions) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = c; i < positions.length; i += 3) {
                low = Math.min(low, positions[i]);
                high = Math.max(high, positions[i]);
            }
            sum += (double) (high - low) * (high - low);
        }
        return (float) Math.sqrt(sum);
    }

    private static Map<String, String> provenance(
            Photo photo, Matte matte, CategoryModel category) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("tool", "Inverso");
        provenance.put("category", category.id());
        provenance.put("categoryVersion", category.version());
        provenance.put("categorySha256", category.sha256());
        provenance.put("photoSha256", photo.sha256());
        provenance.put("segmenter", matte.segmenterId());
        return provenance;
    }
}
