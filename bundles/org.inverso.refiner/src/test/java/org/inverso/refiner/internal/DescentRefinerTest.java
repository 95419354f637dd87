/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.PictureFit;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.paint.TexelMap;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.refiner.TargetMask;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A car of known shape and camera is rendered; the refiner starts from a wrong guess. */
class DescentRefinerTest {

    private static final int SIZE = 128;

    private static CategoryModel car;
    private static ShapeModel model;
    private static JvmRasterizer rasterizer;

    /** Steps end the descents here, never the clock, however busy the machine is. */
    private final DescentRefiner refiner = new DescentRefiner(1000);

    @BeforeAll
    static void load() {
        car =
                new CategoryLoader()
                        .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
        model = new ShapeModel(car);
        rasterizer = new JvmRasterizer(2);
    }

    @AfterAll
    static void close() {
        rasterizer.close();
    }

    @Test
    void fitsCameraAndShapeToTheOutline() {
        float[] shape = prior("estate");
        Crop crop = crop(shape, 38, 9);
        SceneEstimate guess = guess(prior("sedan"), 25, 4, 1);
        double before = iou(crop, refine(crop, List.of(guess), 0));
        SceneEstimate found = refine(crop, List.of(guess), 600);
        assertThat(iou(crop, found)).isGreaterThan(0.955).isGreaterThan(before + 0.03);
        assertThat(Math.abs(found.camera().azimuthDeg() - 38)).isLessThan(12);
    }

    @Test
    void choosesTheHypothesisThatFits() {
        float[] shape = prior("pickup");
        Crop crop = crop(shape, 60, 8);
        SceneEstimate wrong = guess(shape, -60, 8, 0.5);
        SceneEstimate right = guess(shape, 55, 8, 0.45);
        SceneEstimate found = refine(crop, List.of(wrong, right), 300);
        assertThat(found.camera().azimuthDeg()).isBetween(45f, 75f);
    }

    @Test
    void coloursTellTheFrontFromTheRear() {
        float[] shape = prior("van");
        Image texture = frontAndRear();
        SceneEstimate truth = textured(guess(shape, 2, 5, 1), texture);
        Crop crop = crop(truth);
        SceneEstimate rear = textured(guess(shape, 178, 5, 0.5), texture);
        SceneEstimate front = textured(guess(shape, -2, 5, 0.2), texture);

        SceneEstimate found = refine(crop, List.of(rear, front), 300);

        assertThat(found.camera().azimuthDeg()).isBetween(-20f, 20f);
    }

    @Test
    void theSameInputGivesTheSameEstimate() {
        Crop crop = crop(prior("van"), -70, 5);
        SceneEstimate guess = guess(prior("minivan"), -60, 8, 1);
        SceneEstimate once = refine(crop, List.of(guess), 120);
        SceneEstimate again = refine(crop, List.of(guess), 120);
        assertThat(again.shape()).isEqualTo(once.shape());
        assertThat(again.camera()).isEqualTo(once.camera());
        assertThat(again.vertexOffsets()).isEqualTo(once.vertexOffsets());
    }

    @Test
    void bendsBothSidesAlikeAndLeavesWheelsAlone() {
        Crop crop = crop(prior("sports"), 30, 10);
        float[] offsets =
                refine(crop, List.of(guess(prior("city"), 30, 10, 1)), 600).vertexOffsets();
        int[] mirror = car.template().mirrorVertex();
        float largest = 0;
        for (int v = 0; v < mirror.length; v++) {
            assertThat(offsets[3 * mirror[v]]).isEqualTo(-offsets[3 * v]);
            assertThat(offsets[3 * mirror[v] + 1]).isEqualTo(offsets[3 * v + 1]);
            largest = Math.max(largest, Math.abs(offsets[3 * v + 1]));
        }
        assertThat(largest).isPositive();
        car.template().parts().stream()
                .filter(part -> part.role().equals("wheel"))
                .forEach(
                        part -> {
                            for (int i = 0; i < 3 * part.vertexCount(); i++) {
                                assertThat(offsets[3 * part.firstVertex() + i]).isZero();
                            }
                        });
    }

    @Test
    void stopsWhenCancelled() {
        Crop crop = crop(prior("sedan"), 30, 10);
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                };
        List<SceneEstimate> guesses = List.of(guess(prior("sedan"), 30, 10, 1));
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> refiner.refine(crop, guesses, car, rasterizer, 600, cancelled));
    }

    private SceneEstimate refine(Crop crop, List<SceneEstimate> guesses, long millis) {
        return refiner.refine(crop, guesses, car, rasterizer, millis, Progress.NONE);
    }

    private static float[] prior(String name) {
        return car.shapePrior().components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow()
                .mean()
                .clone();
    }

    private static SceneEstimate guess(
            float[] shape, float azimuth, float elevation, double score) {
        return new SceneEstimate(
                new OrbitCamera(azimuth, elevation, 0, 9, 3, 0, 0, new Vector3f(0, 0.7f, 0)),
                shape,
                new float[1],
                new float[0],
                Optional.empty(),
                ShLighting.uniform(),
                Optional.empty(),
                score);
    }

    /** Stripes of other directions at both ends of a car. */
    private static Image frontAndRear() {
        TexelMap atlas = new TexelMap(car.template(), 64);
        byte[] rgba = new byte[4 * 64 * 64];
        for (int t = 0; t < 64 * 64; t++) {
            float across = atlas.rest()[3 * t];
            float up = atlas.rest()[3 * t + 1];
            boolean front = atlas.rest()[3 * t + 2] > 0;
            boolean bright = Math.floorMod((int) Math.floor(4 * (front ? up : across)), 2) == 0;
            for (int c = 0; c < 4; c++) {
                rgba[4 * t + c] = (byte) (c == 3 || bright ? 255 : 60);
            }
        }
        return new Image(64, 64, rgba);
    }

    private static SceneEstimate textured(SceneEstimate estimate, Image texture) {
        return new SceneEstimate(
                estimate.camera(),
                estimate.shape(),
                estimate.pose(),
                estimate.vertexOffsets(),
                Optional.of(texture),
                estimate.lighting(),
                estimate.background(),
                estimate.score());
    }

    private static Crop crop(float[] shape, float azimuth, float elevation) {
        return crop(guess(shape, azimuth, elevation, 1));
    }

    private static Crop crop(SceneEstimate truth) {
        float[] shape = truth.shape();
        float[] vertices =
                model.vertices(shape, new float[1], null, new float[3 * model.vertexCount()]);
        OrbitCamera camera = PictureFit.fit(truth.camera(), vertices, -0.8f, 0.8f, -0.45f, 0.45f);
        int[] faces = render(vertices, camera);
        byte[] rgba = new byte[4 * SIZE * SIZE];
        truth.texture().ifPresent(texture -> paint(vertices, camera, texture, rgba));
        for (int i = 0; i < faces.length; i++) {
            rgba[4 * i + 3] = (byte) (faces[i] >= 0 ? 255 : 0);
        }
        return new Crop(new CropRegion(0, 0, SIZE), new Image(SIZE, SIZE, rgba));
    }

    private static int[] render(float[] vertices, OrbitCamera camera) {
        RasterScene scene = new RasterScene();
        scene.positions = vertices;
        scene.view = camera.view(new Matrix4f()).get(new float[16]);
        scene.projection = camera.projection(new Matrix4f()).get(new float[16]);
        try (RasterSession session =
                rasterizer.open(
                        car.template().faces(),
                        model.vertexCount(),
                        RasterSettings.of(SIZE).withSoftMask(0, 0, 1))) {
            RasterImages images = session.forward(scene);
            return images.faceIndex.clone();
        }
    }

    private static void paint(float[] vertices, OrbitCamera camera, Image texture, byte[] rgba) {
        RasterScene scene = new RasterScene();
        scene.positions = vertices;
        scene.view = camera.view(new Matrix4f()).get(new float[16]);
        scene.projection = camera.projection(new Matrix4f()).get(new float[16]);
        scene.uvs = car.template().uvs();
        scene.textureWidth = texture.width();
        scene.textureHeight = texture.height();
        scene.texture = new float[3 * texture.width() * texture.height()];
        for (int i = 0; i < scene.texture.length; i++) {
            scene.texture[i] = (texture.rgba()[4 * (i / 3) + i % 3] & 0xff) / 255f;
        }
        try (RasterSession session =
                rasterizer.open(
                        car.template().faces(),
                        model.vertexCount(),
                        RasterSettings.of(SIZE).withSoftMask(0, 0, 1))) {
            float[] colour = session.forward(scene).color;
            for (int i = 0; i < colour.length; i++) {
                rgba[4 * (i / 3) + i % 3] = (byte) Math.round(255 * colour[i]);
            }
        }
    }

    private static double iou(Crop crop, SceneEstimate estimate) {
        float[] vertices =
                model.vertices(
                        estimate.shape(),
                        estimate.pose(),
                        estimate.vertexOffsets(),
                        new float[3 * model.vertexCount()]);
        int[] faces = render(vertices, estimate.camera());
        float[] mask = new float[faces.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = faces[i] >= 0 ? 1 : 0;
        }
        return TargetMask.of(crop.pixels()).iou(mask);
    }
}
