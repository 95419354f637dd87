/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;
import org.joml.Matrix4f;

/**
 * How little the photo's colours look like those that the networks expect where a hypothesis puts
 * them: lamps, panes and grilles tell the front from the rear when the outline does not.
 */
final class ColourComparison {

    /** Below, a fit of gain and offset says nothing. */
    private static final int LEAST_PIXELS = 50;

    private static final float GAMMA = 2.2f;

    private final Image crop;
    private final ShapeModel model;
    private final TemplateMesh template;

    ColourComparison(Image crop, ShapeModel model, TemplateMesh template) {
        this.crop = crop;
        this.model = model;
        this.template = template;
    }

    /**
     * Root mean square difference of encoded colours, 0 to 1, over the pixels that are both object
     * and covered; exposure and cast, a gain and an offset for each channel, do not count.
     *
     * @return 1 for an estimate without texture, and where there is nothing to compare
     */
    double difference(SceneEstimate estimate, DifferentiableRasterizer rasterizer) {
        if (estimate.texture().isEmpty()) {
            return 1;
        }
        float[] rendered = render(estimate, rasterizer);
        int n = 0;
        double[] sums = new double[15];
        for (int i = 0; i < crop.width() * crop.height(); i++) {
            if ((crop.rgba()[4 * i + 3] & 0xff) < 128 || rendered[4 * i + 3] == 0) {
                continue;
            }
            n++;
            for (int c = 0; c < 3; c++) {
                double x = Math.pow(Math.max(0, rendered[4 * i + c]), 1 / GAMMA);
                double y = (crop.rgba()[4 * i + c] & 0xff) / 255.0;
                sums[5 * c] += x;
                sums[5 * c + 1] += y;
                sums[5 * c + 2] += x * x;
                sums[5 * c + 3] += x * y;
                sums[5 * c + 4] += y * y;
            }
        }
        if (n < LEAST_PIXELS) {
            return 1;
        }
        double left = 0;
        for (int c = 0; c < 3; c++) {
            double xx = sums[5 * c + 2] - sums[5 * c] * sums[5 * c] / n;
            double xy = sums[5 * c + 3] - sums[5 * c] * sums[5 * c + 1] / n;
            double yy = sums[5 * c + 4] - sums[5 * c + 1] * sums[5 * c + 1] / n;
            left += yy - (xx > 0 && xy > 0 ? xy * xy / xx : 0);
        }
        return Math.sqrt(Math.max(0, left) / (3 * n));
    }

    /** {@code float[H*W*4]}: linear colour, and whether it is covered. */
    private float[] render(SceneEstimate estimate, DifferentiableRasterizer rasterizer) {
        RasterScene scene = new RasterScene();
        scene.positions =
                model.vertices(
                        estimate.shape(),
                        estimate.pose(),
                        null,
                        new float[3 * model.vertexCount()]);
        scene.view = estimate.camera().view(new Matrix4f()).get(new float[16]);
        scene.projection = estimate.camera().projection(new Matrix4f()).get(new float[16]);
        scene.uvs = template.uvs();
        Image texture = estimate.texture().orElseThrow();
        scene.textureWidth = texture.width();
        scene.textureHeight = texture.height();
        scene.texture = new float[3 * texture.width() * texture.height()];
        for (int i = 0; i < scene.texture.length; i++) {
            int value = texture.rgba()[4 * (i / 3) + i % 3] & 0xff;
            scene.texture[i] = (float) Math.pow(value / 255.0, GAMMA);
        }
        scene.lights = estimate.lighting().coefficients();
        RasterSettings settings =
                RasterSettings.of(crop.width())
                        .withSoftMask(0, 0, 1)
                        .withCullBackFaces(true)
                        .withShading(RasterSettings.Shading.SPHERICAL_HARMONICS);
        float[] result = new float[4 * crop.width() * crop.height()];
        try (RasterSession session =
                rasterizer.open(template.faces(), model.vertexCount(), settings)) {
            RasterImages images = session.forward(scene);
            for (int i = 0; i < result.length / 4; i++) {
                System.arraycopy(images.color, 3 * i, result, 4 * i, 3);
                result[4 * i + 3] = images.faceIndex[i] >= 0 ? 1 : 0;
            }
        }
        return result;
    }
}
