/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.inverso.api.image.Photo;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.geometry.AssetMesh;
import org.inverso.preview.internal.Canvas.Box;
import org.joml.Matrix4fc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Draws the photo, the asset over the photo with its outline, a turntable of six views, the bare
 * shape, and the texture.
 */
@Component(
        service = PreviewPainter.class,
        property = Stage.ID_PROPERTY + "=" + RasterPreviewPainter.ID)
public final class RasterPreviewPainter implements PreviewPainter {

    static final String ID = "raster";

    /** Samples a pixel's side. */
    private static final int SAMPLES = 2;

    /** Of a picture that others are compared with. */
    private static final int POSTER_SAMPLES = 3;

    private static final float[] AZIMUTHS = {30, 90, 150, 210, 270, 330};
    private static final float ELEVATION = 12;
    private static final float CLAY_AZIMUTH = 38;
    private static final float CLAY_ELEVATION = 24;

    private static final float[] PAPER = Srgb.linear(0xfc, 0xfc, 0xfb);
    private static final float[] ATLAS_GROUND = Srgb.linear(0x2c, 0x2d, 0x30);
    private static final float[] OUTLINE = Srgb.linear(0xff, 0x7a, 0x1a);
    private static final float[] INK = Srgb.linear(0x5c, 0x5e, 0x62);
    private static final float[] CHALK = Srgb.linear(0xff, 0xff, 0xff);
    private static final float[] CHIP = Srgb.linear(0x10, 0x12, 0x16);

    private static final float OVERLAY_OPACITY = 0.9f;
    private static final float OUTLINE_REACH = 1.5f;

    /** Photo textures bring their light along, so the overlay adds little of its own. */
    private static final float OVERLAY_SOFTNESS = 0.9f;

    private static final float STUDIO_SOFTNESS = 0.25f;

    private static final float CLAY_SOFTNESS = 0;

    /** Null until the first picture, since looking for fonts takes time. */
    private volatile Optional<Labels> labels;

    @Activate
    public RasterPreviewPainter() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Image paint(
            Photo photo,
            Asset asset,
            Matrix4fc view,
            Matrix4fc projection,
            DifferentiableRasterizer rasterizer) {
        AssetMesh mesh = AssetMesh.of(asset);
        Surface surface = Surface.of(asset, mesh);
        Layout layout = Layout.of(photo.width(), photo.height(), AZIMUTHS.length);
        Canvas canvas = new Canvas(layout.width(), layout.height(), PAPER);
        ViewRenderer renderer = new ViewRenderer(rasterizer, SAMPLES);
        StudioCard studio = new StudioCard(canvas, renderer);

        Box first = layout.turntable().get(0);
        Box clay = layout.clay();
        Viewpoint[] around =
                Viewpoint.around(mesh, ELEVATION, first.width() / (float) first.height(), AZIMUTHS);
        Viewpoint[] above =
                Viewpoint.around(
                        mesh, CLAY_ELEVATION, clay.width() / (float) clay.height(), CLAY_AZIMUTH);
        ContactShadow shadow = new ContactShadow(mesh);
        List<Runnable> cards = new ArrayList<>();
        cards.add(
                () ->
                        fit(
                                canvas,
                                layout,
                                photo.image(),
                                surface,
                                Viewpoint.of(view, projection),
                                renderer));
        for (int i = 0; i < around.length; i++) {
            Box box = layout.turntable().get(i);
            Viewpoint viewpoint = around[i];
            cards.add(() -> studio.draw(box, surface, viewpoint, shadow, STUDIO_SOFTNESS));
        }
        cards.add(() -> studio.draw(clay, surface.asClay(), above[0], shadow, CLAY_SOFTNESS));
        cards.add(() -> atlas(canvas, layout.atlas(), surface));
        // No two cards share a pixel.
        cards.parallelStream().forEach(Runnable::run);
        label(canvas, layout);
        return canvas.toImage();
    }

    @Override
    public Image poster(
            Asset asset,
            Matrix4fc view,
            Matrix4fc projection,
            int width,
            int height,
            DifferentiableRasterizer rasterizer) {
        Surface surface = Surface.of(asset, AssetMesh.of(asset));
        return new ViewRenderer(rasterizer, POSTER_SAMPLES)
                .render(surface, Viewpoint.of(view, projection), width, height, OVERLAY_SOFTNESS)
                .toImage();
    }

    @Override
    public Image place(
            Asset asset,
            Image background,
            Matrix4fc view,
            Matrix4fc projection,
            boolean shadow,
            DifferentiableRasterizer rasterizer) {
        int width = background.width();
        int height = background.height();
        AssetMesh mesh = AssetMesh.of(asset);
        Viewpoint viewpoint = Viewpoint.of(view, projection);
        Layer layer =
                new ViewRenderer(rasterizer, POSTER_SAMPLES)
                        .render(
                                Surface.of(asset, mesh),
                                viewpoint,
                                width,
                                height,
                                OVERLAY_SOFTNESS);
        float[] dark =
                shadow
                        ? new ContactShadow(mesh).seenFrom(viewpoint, width, height)
                        : new float[width * height];
        float[] ground = Reduction.of(background, width, height, CHALK);
        Canvas canvas = new Canvas(width, height, CHALK);
        canvas.draw(
                new Box(0, 0, width, height, 0),
                (x, y, dest) -> {
                    int pixel = y * width + x;
                    float light = (1 - layer.coverage(x, y)) * (1 - dark[pixel]);
                    for (int c = 0; c < 3; c++) {
                        dest[c] = layer.rgba()[4 * pixel + c] + light * ground[3 * pixel + c];
                    }
                });
        return canvas.toImage();
    }

    @Override
    public List<Image> turntable(
            Asset asset, int frames, int width, int height, DifferentiableRasterizer rasterizer) {
        AssetMesh mesh = AssetMesh.of(asset);
        Surface surface = Surface.of(asset, mesh);
        ContactShadow shadow = new ContactShadow(mesh);
        ViewRenderer renderer = new ViewRenderer(rasterizer, SAMPLES);
        float[] azimuths = new float[frames];
        for (int i = 0; i < frames; i++) {
            azimuths[i] = AZIMUTHS[0] + 360f * i / frames;
        }
        Box whole = new Box(0, 0, width, height, 0);
        return Arrays.stream(Viewpoint.around(mesh, ELEVATION, width / (float) height, azimuths))
                .parallel()
                .map(
                        viewpoint -> {
                            Canvas canvas = new Canvas(width, height, PAPER);
                            new StudioCard(canvas, renderer)
                                    .draw(whole, surface, viewpoint, shadow, STUDIO_SOFTNESS);
                            return canvas.toImage();
                        })
                .toList();
    }

    private static void copy(float[] rgb, int pixel, float[] dest) {
        System.arraycopy(rgb, 3 * pixel, dest, 0, 3);
    }

    private static void fit(
            Canvas canvas,
            Layout layout,
            Image photo,
            Surface surface,
            Viewpoint viewpoint,
            ViewRenderer renderer) {
        Box box = layout.photo();
        float[] small = Reduction.of(photo, box.width(), box.height(), CHALK);
        canvas.draw(box, (x, y, dest) -> copy(small, y * box.width() + x, dest));
        Layer layer =
                renderer.render(surface, viewpoint, box.width(), box.height(), OVERLAY_SOFTNESS);
        overlay(canvas, layout.overlay(), small, layer);
    }

    private static void overlay(Canvas canvas, Box box, float[] photo, Layer layer) {
        float[] outline = layer.outline(OUTLINE_REACH);
        canvas.draw(
                box,
                (x, y, dest) -> {
                    int pixel = y * box.width() + x;
                    copy(photo, pixel, dest);
                    float coverage = layer.coverage(x, y);
                    float line = outline[pixel];
                    for (int c = 0; c < 3; c++) {
                        dest[c] +=
                                OVERLAY_OPACITY
                                        * (layer.rgba()[4 * pixel + c] - coverage * dest[c]);
                        dest[c] += line * (OUTLINE[c] - dest[c]);
                    }
                });
    }

    /** The largest texture, whole. */
    private static void atlas(Canvas canvas, Box box, Surface surface) {
        canvas.draw(box, ATLAS_GROUND, 1);
        MipTexture texture = surface.largestTexture();
        if (texture == null) {
            return;
        }
        double scale =
                Math.min(
                        box.width() / (double) texture.width(),
                        box.height() / (double) texture.height());
        int w = Math.max(1, (int) Math.round(texture.width() * scale));
        int h = Math.max(1, (int) Math.round(texture.height() * scale));
        int level = texture.level(1 / scale);
        Box inner =
                new Box(box.x() + (box.width() - w) / 2, box.y() + (box.height() - h) / 2, w, h, 0);
        canvas.draw(
                inner, (x, y, dest) -> texture.sample(level, (x + 0.5f) / w, (y + 0.5f) / h, dest));
    }

    private void label(Canvas canvas, Layout layout) {
        if (labels == null) {
            labels = Labels.ifThereAreFonts();
        }
        Optional<Labels> found = labels;
        if (found.isEmpty()) {
            return;
        }
        chip(canvas, found.get().text("photo"), layout.photo());
        chip(canvas, found.get().text("fit"), layout.overlay());
        chip(canvas, found.get().text("texture"), layout.atlas());
        plain(canvas, found.get().text("shape"), layout.clay());
        IntStream.range(0, AZIMUTHS.length)
                .forEach(
                        i ->
                                plain(
                                        canvas,
                                        found.get().text(Math.round(AZIMUTHS[i]) + "°"),
                                        layout.turntable().get(i)));
    }

    private static void chip(Canvas canvas, Labels.Text text, Box box) {
        int x = box.x() + 12;
        int y = box.y() + box.height() - text.height() - 16;
        Box around = new Box(x, y, text.width() + 16, text.height() + 6, (text.height() + 6) / 2f);
        canvas.draw(around, CHIP, 0.55f);
        canvas.draw(text, x + 8, y + 3, CHALK, 0.95f);
    }

    private static void plain(Canvas canvas, Labels.Text text, Box box) {
        canvas.draw(text, box.x() + 12, box.y() + box.height() - text.height() - 8, INK, 0.9f);
    }
}
