/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.inverso.api.Imaging;
import org.inverso.api.NeuralRenderer;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Progress;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.editing.SceneEdit;
import org.inverso.api.editing.SceneEditor;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.geometry.AssetMesh;
import org.joml.Vector3f;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Draws with leased stages, so that a replacement waits until the picture is done. */
@Component(service = SceneEditor.class)
public final class LeasedSceneEditor implements SceneEditor {

    /** Longer side of a picture, pixels, at most. */
    private static final int LONGEST = 1280;

    private static final int SPIN_LONGEST = 480;
    private static final int SPIN_FRAMES = 48;

    /** Of a frame. */
    private static final int SPIN_MILLIS = 80;

    /** Side of what a network draws; more than it knows helps nobody. */
    private static final int NEURAL_SIDE = 256;

    private final LeasingStageRegistry registry;

    /** Called by the framework. */
    @Activate
    public LeasedSceneEditor(@Reference LeasingStageRegistry registry) {
        this.registry = registry;
    }

    private record Stages(
            Imaging imaging, PreviewPainter painter, DifferentiableRasterizer rasterizer) {}

    private <R> R with(Progress progress, Function<Stages, R> work) {
        List<Demand> demands =
                List.of(
                        Demand.of(StageKind.IMAGING),
                        Demand.of(StageKind.PREVIEW_PAINTER),
                        Demand.of(StageKind.RASTERIZER));
        try (Lease lease =
                registry.pool().lease(demands, registry.waitBound(), progress::cancelled)) {
            return work.apply(
                    new Stages(
                            lease.one(StageKind.IMAGING).stage(),
                            lease.one(StageKind.PREVIEW_PAINTER).stage(),
                            lease.one(StageKind.RASTERIZER).stage()));
        }
    }

    @Override
    public Image read(String name, byte[] picture) {
        return with(Progress.NONE, stages -> stages.imaging().decode(name, picture).image());
    }

    /** The picture by how far the camera is turned on, degrees, and what encodes it. */
    @FunctionalInterface
    private interface NeuralWork<R> {
        R apply(DoubleFunction<Image> shot, Imaging imaging);
    }

    private <R> R withNetwork(SceneEdit edit, Progress progress, NeuralWork<R> work) {
        NeuralScene scene = new NeuralScene(edit);
        List<Demand> demands =
                List.of(
                        Demand.of(StageKind.IMAGING),
                        Demand.groups(
                                StageKind.CATEGORY, Set.of(edit.camera().report().category())),
                        Demand.of(StageKind.NEURAL_RENDERER));
        try (Lease lease =
                registry.pool().lease(demands, registry.waitBound(), progress::cancelled)) {
            NeuralRenderer renderer = lease.one(StageKind.NEURAL_RENDERER).stage();
            CategoryModel category = lease.one(StageKind.CATEGORY).stage();
            return work.apply(
                    turnDeg -> renderer.render(scene.turned(turnDeg), category, NEURAL_SIDE),
                    lease.one(StageKind.IMAGING).stage());
        }
    }

    @Override
    public byte[] picture(SceneEdit edit, Progress progress) {
        if (edit.renderer() == SceneEdit.Renderer.NEURAL) {
            progress.report(0, "drawing the picture");
            return withNetwork(edit, progress, (shot, imaging) -> imaging.encodePng(shot.apply(0)));
        }
        return with(
                progress,
                stages -> {
                    progress.report(0, "drawing the picture");
                    Image ground = background(edit, LONGEST, stages.imaging());
                    return stages.imaging().encodePng(shot(edit, ground, stages).apply(0));
                });
    }

    @Override
    public byte[] spin(SceneEdit edit, Imaging.AnimationFormat format, Progress progress) {
        if (edit.renderer() == SceneEdit.Renderer.NEURAL) {
            return withNetwork(
                    edit, progress, (shot, imaging) -> spin(shot, imaging, format, progress));
        }
        return with(
                progress,
                stages -> {
                    Image ground = background(edit, SPIN_LONGEST, stages.imaging());
                    DoubleFunction<Image> shot = shot(edit, ground, stages);
                    return spin(shot, stages.imaging(), format, progress);
                });
    }

    private static byte[] spin(
            DoubleFunction<Image> shot,
            Imaging imaging,
            Imaging.AnimationFormat format,
            Progress progress) {
        List<Image> frames = new ArrayList<>();
        for (int i = 0; i < SPIN_FRAMES; i++) {
            progress.checkCancelled();
            progress.report(i / (double) SPIN_FRAMES, "picture " + (i + 1) + " of " + SPIN_FRAMES);
            frames.add(shot.apply(360.0 * i / SPIN_FRAMES));
        }
        return imaging.encodeAnimation(frames, SPIN_MILLIS, format);
    }

    /** One's shape in the other's texture. All of a category share their materials and atlas. */
    private static Asset asset(SceneEdit edit) {
        Asset shape = edit.shape().asset();
        return new Asset(
                shape.name(),
                shape.nodes(),
                shape.meshes(),
                shape.materials(),
                edit.texture().asset().textures(),
                shape.clips(),
                shape.skins(),
                shape.variants(),
                shape.provenance());
    }

    /** The picture by how far the camera is turned on from the edit's azimuth, degrees. */
    private static DoubleFunction<Image> shot(SceneEdit edit, Image ground, Stages stages) {
        ReconstructionReport report = edit.camera().report();
        Asset asset = asset(edit);
        Vector3f feet = feet(asset);
        MovedCamera camera = new MovedCamera(report, feet(edit.camera().asset()));
        double azimuth = edit.azimuthDeg().orElse(report.azimuthDeg());
        double elevation = edit.elevationDeg().orElse(report.elevationDeg());
        return turnDeg ->
                stages.painter()
                        .place(
                                asset,
                                ground,
                                camera.view(azimuth + turnDeg, elevation, feet),
                                report.projection(),
                                edit.shadow(),
                                stages.rasterizer());
    }

    /** Where it stands: below its middle. */
    private static Vector3f feet(Asset asset) {
        AssetMesh mesh = AssetMesh.of(asset);
        Vector3f feet = mesh.centre();
        feet.y = mesh.min().y;
        return feet;
    }

    /** The background in the shape of the camera's photo, as large as it may be, without bars. */
    private static Image background(SceneEdit edit, int longest, Imaging imaging) {
        ReconstructionReport report = edit.camera().report();
        double scale =
                Math.min(1, longest / (double) Math.max(report.inputWidth(), report.inputHeight()));
        int width = Math.max(1, (int) Math.round(scale * report.inputWidth()));
        int height = Math.max(1, (int) Math.round(scale * report.inputHeight()));
        Image image = edit.background();
        double cover = Math.max(width / (double) image.width(), height / (double) image.height());
        Image covering =
                imaging.resize(
                        image,
                        Math.max(width, (int) Math.round(cover * image.width())),
                        Math.max(height, (int) Math.round(cover * image.height())));
        return middle(covering, width, height);
    }

    private static Image middle(Image image, int width, int height) {
        int left = (image.width() - width) / 2;
        int top = (image.height() - height) / 2;
        byte[] rgba = new byte[4 * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    image.rgba(),
                    4 * ((top + y) * image.width() + left),
                    rgba,
                    4 * y * width,
                    4 * width);
        }
        return new Image(width, height, rgba);
    }
}
