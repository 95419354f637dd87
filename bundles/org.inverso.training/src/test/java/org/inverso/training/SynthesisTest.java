/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.geometry.ShapeModel;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutRenderer;
import org.inverso.training.synthesis.CutoutStore;
import org.inverso.training.synthesis.LiveryPainter;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cars are rendered, degraded, put into pictures and stored. */
class SynthesisTest {

    private static final List<Picture> PICTURES = List.of(noise(1), noise(2));

    private static CategoryModel car;
    private static JvmRasterizer rasterizer;
    private static CutoutRenderer renderer;

    @BeforeAll
    static void open() {
        car =
                new CategoryLoader()
                        .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
        rasterizer = new JvmRasterizer(1);
        renderer =
                new CutoutRenderer(
                        car,
                        rasterizer,
                        new LiveryPainter(car.template(), 128, PICTURES),
                        CameraCode.target(car.template()),
                        PICTURES);
    }

    @AfterAll
    static void close() {
        renderer.close();
        rasterizer.close();
    }

    @Test
    void theSameSeedGivesTheSamePicture() {
        Cutout once = renderer.render(new SplittableRandom(11));
        Cutout again = renderer.render(new SplittableRandom(11));
        Cutout other = renderer.render(new SplittableRandom(12));
        assertThat(again.rgba()).isEqualTo(once.rgba());
        assertThat(again.shape()).isEqualTo(once.shape());
        assertThat(other.rgba()).isNotEqualTo(once.rgba());
    }

    @Test
    void theObjectFillsItsShareOfThePicture() {
        for (int seed = 0; seed < 8; seed++) {
            int[] box = box(renderer.render(new SplittableRandom(seed)));
            int longest = Math.max(box[2] - box[0], box[3] - box[1]);
            assertThat(longest / (double) Cutout.SIZE)
                    .as("seed %d", seed)
                    .isCloseTo(CropRegion.FILL, within(0.025));
        }
    }

    @Test
    void theDegradedCropsCameraSeesTheObjectWhereTheCropShowsIt() {
        CropDegrader degrader = new CropDegrader(PICTURES);
        for (int seed = 0; seed < 12; seed++) {
            Cutout cutout = renderer.render(new SplittableRandom(100 + seed));
            CropDegrader.Degraded crop =
                    degrader.degrade(white(cutout), new SplittableRandom(seed));
            // The object is white on surroundings of half the brightness: only its middle is
            // judged, which no mask noise moves.
            float[] projected = projectedBox(cutout, crop.camera());
            int size = crop.pixels().width();
            int x = Math.round((projected[0] + projected[2]) / 2 * size);
            int y = Math.round((projected[1] + projected[3]) / 2 * size);
            float[] direct = projectedBox(cutout, cutout.camera());
            float shrunk = (direct[2] - direct[0]) / (projected[2] - projected[0]);
            assertThat(shrunk).as("seed %d", seed).isBetween(0.5f, 2f);
            int there = (int) ((direct[0] + direct[2]) / 2 * Cutout.SIZE);
            int down = (int) ((direct[1] + direct[3]) / 2 * Cutout.SIZE);
            if ((cutout.rgba()[4 * (down * Cutout.SIZE + there) + 3] & 0xff) == 255) {
                assertThat(crop.pixels().get(x, y, 0)).as("seed %d", seed).isGreaterThan(150);
            }
        }
    }

    @Test
    void storedCutoutsComeBack(@TempDir Path folder) throws IOException {
        Cutout cutout = renderer.render(new SplittableRandom(5));
        CutoutStore.write(folder, "00000", Collections.nCopies(CutoutStore.SHARD, cutout));
        CutoutStore store = new CutoutStore(folder, cutout.shape().length, cutout.pose().length);
        assertThat(store.size()).isEqualTo(CutoutStore.SHARD);
        Cutout back = store.get(CutoutStore.SHARD - 1);
        assertThat(back.rgba()).isEqualTo(cutout.rgba());
        assertThat(back.shadow()).isEqualTo(cutout.shadow());
        assertThat(back.texture()).isEqualTo(cutout.texture());
        assertThat(back.shape()).isEqualTo(cutout.shape());
        assertThat(back.camera()).isEqualTo(cutout.camera());
        assertThatThrownBy(() -> new CutoutStore(folder, cutout.shape().length + 1, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("another template");
    }

    @Test
    void filesOfAnyLengthAreOneStoreAndAreFilledUp(@TempDir Path folder) throws IOException {
        Cutout one = renderer.render(new SplittableRandom(5));
        Cutout other = renderer.render(new SplittableRandom(6));
        CutoutStore.write(folder, "00000", List.of(one, one, one));
        CutoutStore.write(folder, "00001", List.of(other));
        CutoutStore store = new CutoutStore(folder, one.shape().length, one.pose().length);

        assertThat(store.size()).isEqualTo(4);
        assertThat(store.get(0).rgba()).isEqualTo(one.rgba());
        assertThat(store.get(2).rgba()).isEqualTo(one.rgba());
        assertThat(store.get(3).rgba()).isEqualTo(other.rgba());

        Files.delete(folder.resolve("00001.cutouts"));
        new CutoutFactory(car, rasterizer, PICTURES, 1).fill(folder, 3, Progress.NONE);
        assertThat(CutoutStore.count(folder, "00000", car)).isEqualTo(3);
        new CutoutFactory(car, rasterizer, PICTURES, 1).fill(folder, 4, Progress.NONE);
        assertThat(CutoutStore.count(folder, "00000", car)).isEqualTo(4);
    }

    @Test
    void mostCompositesShowAnObject(@TempDir Path folder) throws IOException {
        Cutout cutout = renderer.render(new SplittableRandom(6));
        CutoutStore.write(folder, "00000", Collections.nCopies(CutoutStore.SHARD, cutout));
        Compositor compositor =
                new Compositor(
                        128,
                        List.of(
                                new CutoutStore(
                                        folder, cutout.shape().length, cutout.pose().length)),
                        PICTURES,
                        List.of());
        int shown = 0;
        for (int seed = 0; seed < 60; seed++) {
            Compositor.Scene scene = compositor.sample(new SplittableRandom(seed));
            float most = 0;
            for (float value : scene.mask()) {
                assertThat(value >= -1e-4f && value <= 1.0001f).isTrue();
                most = Math.max(most, value);
            }
            shown += most >= Matte.THRESHOLD ? 1 : 0;
        }
        assertThat(shown).isBetween(45, 59);
    }

    private static Cutout white(Cutout cutout) {
        byte[] rgba = cutout.rgba().clone();
        for (int i = 0; i < rgba.length; i += 4) {
            for (int c = 0; c < 3; c++) {
                rgba[i + c] = (byte) 255;
            }
        }
        return new Cutout(
                rgba,
                cutout.shadow(),
                cutout.camera(),
                cutout.shape(),
                cutout.pose(),
                cutout.light(),
                cutout.texture());
    }

    /** Left, top, right, bottom of what is opaque. */
    private static int[] box(Cutout cutout) {
        int[] box = {Cutout.SIZE, Cutout.SIZE, 0, 0};
        for (int y = 0; y < Cutout.SIZE; y++) {
            for (int x = 0; x < Cutout.SIZE; x++) {
                if ((cutout.rgba()[4 * (y * Cutout.SIZE + x) + 3] & 0xff) > 127) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x + 1);
                    box[3] = Math.max(box[3], y + 1);
                }
            }
        }
        return box;
    }

    /** Left, top, right, bottom in parts of the picture. */
    private static float[] projectedBox(Cutout cutout, OrbitCamera camera) {
        ShapeModel model = new ShapeModel(car);
        float[] vertices =
                model.vertices(
                        cutout.shape(), cutout.pose(), null, new float[3 * model.vertexCount()]);
        Matrix4f clip = camera.projection(new Matrix4f()).mul(camera.view(new Matrix4f()));
        float[] box = {9, 9, -9, -9};
        Vector3f point = new Vector3f();
        for (int i = 0; i < vertices.length; i += 3) {
            clip.transformProject(point.set(vertices[i], vertices[i + 1], vertices[i + 2]));
            float x = (point.x + 1) / 2;
            float y = (1 - point.y) / 2;
            box[0] = Math.min(box[0], x);
            box[1] = Math.min(box[1], y);
            box[2] = Math.max(box[2], x);
            box[3] = Math.max(box[3], y);
        }
        return box;
    }

    /** Half as bright as white. */
    private static Picture noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] rgb = new int[64 * 48];
        for (int i = 0; i < rgb.length; i++) {
            int grey = random.nextInt(40, 110);
            rgb[i] = grey << 16 | grey << 8 | grey;
        }
        return new Picture(64, 48, rgb);
    }
}
