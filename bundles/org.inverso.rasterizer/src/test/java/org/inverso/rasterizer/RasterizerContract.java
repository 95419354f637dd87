/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every rasterizer must do, checked against {@link NaiveRasterizer}. */
public abstract class RasterizerContract {
    private static final double DEPTH = 1e-4;
    private static final double BARYCENTRIC = 1e-3;
    private static final double VALUE = 1e-3;
    private static final double STEP = 1e-6;
    private static final int MOST_DERIVATIVES = 60;

    /** The implementation. */
    protected abstract DifferentiableRasterizer rasterizer();

    /** Largest error of a gradient, relative to the largest entry of its array. */
    protected abstract double gradientTolerance();

    // ---- Forward pass against the reference.

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void rendersLikeTheReference(long seed) {
        Random random = new Random(seed);
        RasterSettings settings =
                RasterSettings.of(40)
                        .withSize(44, 28)
                        .withBatch(2)
                        .withSoftMask(900, 0.12f, 5)
                        .withCullBackFaces(seed % 2 == 0)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 4, random);
        Scenes.addLights(scene, settings, random);
        scene.background = new float[] {0.2f, 0.3f, 0.4f};
        compare(mesh, scene, settings);
    }

    @ParameterizedTest
    @EnumSource(Shading.class)
    void shadesLikeTheReference(Shading shading) {
        Random random = new Random(11);
        RasterSettings settings =
                RasterSettings.of(32).withBatch(2).withShading(shading).withCullBackFaces(true);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addTexture(scene, 2, 9, 6, random);
        Scenes.addLights(scene, settings, random);
        compare(mesh, scene, settings);
    }

    @Test
    void takesNormalsThatAreGiven() {
        Random random = new Random(12);
        RasterSettings settings = RasterSettings.of(24).withBatch(2).withShading(Shading.LAMBERT);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        Scenes.addLights(scene, settings, random);
        scene.normals = Scenes.random(scene.positions.length, random);
        compare(mesh, scene, settings);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 21, 37})
    void choosesMipLevels(int size) {
        Random random = new Random(13);
        RasterSettings settings = RasterSettings.of(26).withBatch(2);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addTexture(scene, 2, size, 2 * size, random);
        scene.mipmaps = true;
        compare(mesh, scene, settings);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void averagesSamples(int samples) {
        Random random = new Random(14);
        RasterSettings settings =
                RasterSettings.of(20)
                        .withSize(18, 20)
                        .withBatch(2)
                        .withSoftMask(900, 0.12f, 20)
                        .withSupersampling(samples);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 5, random);
        compare(mesh, scene, settings);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blendsAcrossSilhouettes(boolean cull) {
        Random random = new Random(17);
        RasterSettings settings =
                RasterSettings.of(40)
                        .withSize(36, 40)
                        .withBatch(2)
                        .withCullBackFaces(cull)
                        .withAntialias(true);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        scene.background = new float[] {0.9f, 0.1f, 0.4f};
        RasterImages blended = compare(mesh, scene, settings);
        try (RasterSession plain =
                rasterizer()
                        .open(mesh.faces(), mesh.vertexCount(), settings.withAntialias(false))) {
            assertThat(blended.color).isNotEqualTo(plain.forward(scene).color);
        }
    }

    @Test
    void cutsFacesAtTheNearPlane() {
        Random random = new Random(15);
        RasterSettings settings = RasterSettings.of(32).withBatch(1).withSoftMask(300, 0.15f, 30);
        Scenes.Mesh mesh = nearMesh();
        RasterScene scene = Scenes.scene(mesh, Scenes.camera(10, 5, 1.02f, 0.8f));
        Scenes.addAttributes(scene, 3, random);
        RasterImages images = compare(mesh, scene, settings);
        assertThat(images.faceIndex).contains(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void facesCountWhereTheirBoxIsNear(int knum) {
        // Much of a long face's box is farther from the face than the box reaches.
        Random random = new Random(18);
        RasterSettings settings = RasterSettings.of(24).withBatch(1).withSoftMask(3, 0.3f, knum);
        Scenes.Mesh mesh = longFaces();
        RasterScene scene = Scenes.scene(mesh, Scenes.camera(5, 3, 3, 2));
        compare(mesh, scene, settings);
        compareGradient(
                "positions", mesh, scene, settings, random, s -> s.positions, g -> g.positions);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void nearestFacesCountWhereManyAreInReach(int knum) {
        Random random = new Random(19);
        RasterSettings settings = RasterSettings.of(30).withBatch(2).withSoftMask(60, 0.4f, knum);
        Scenes.Mesh mesh = twoSpheres();
        RasterScene scene = view(mesh, random);
        compare(mesh, scene, settings);
        compareGradient(
                "positions", mesh, scene, settings, random, s -> s.positions, g -> g.positions);
    }

    @Test
    void offSwitchOfTheSoftMaskLeavesCoverage() {
        RasterSettings settings = RasterSettings.of(20).withBatch(2).withSoftMask(0, 0.1f, 30);
        Scenes.Mesh mesh = twoSpheres();
        RasterImages images = compare(mesh, view(mesh, new Random(16)), settings);
        assertThat(images.softMask).containsOnly(0, 1);
    }

    // ---- Gradients against numeric derivatives of the reference.

    @ParameterizedTest
    @EnumSource(Shading.class)
    void gradientsOfAttributesAndLight(Shading shading) {
        Random random = new Random(21);
        RasterSettings settings =
                RasterSettings.of(16)
                        .withSize(18, 14)
                        .withBatch(2)
                        .withSoftMask(200, 0.3f, 6)
                        .withShading(shading);
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 4, random);
        Scenes.addLights(scene, settings, random);
        compareGradients(mesh, scene, settings, random);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsOfTextures(boolean mipmaps) {
        Random random = new Random(22);
        RasterSettings settings =
                RasterSettings.of(14)
                        .withBatch(2)
                        .withSoftMask(200, 0.3f, 6)
                        .withCullBackFaces(true)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addTexture(scene, 2, mipmaps ? 21 : 7, mipmaps ? 30 : 5, random);
        scene.mipmaps = mipmaps;
        Scenes.addLights(scene, settings, random);
        // The choice of level has no gradient, so with mip levels only texels are compared.
        if (mipmaps) {
            compareGradient(
                    "texture", mesh, scene, settings, random, s -> s.texture, g -> g.texture);
        } else {
            compareGradients(mesh, scene, settings, random);
        }
    }

    @Test
    void gradientsOfNormals() {
        Random random = new Random(23);
        RasterSettings settings = RasterSettings.of(14).withBatch(2).withShading(Shading.PHONG);
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        Scenes.addLights(scene, settings, random);
        scene.normals = Scenes.random(scene.positions.length, random);
        compareGradients(mesh, scene, settings, random);
    }

    @Test
    void gradientsWithSeveralSamples() {
        Random random = new Random(24);
        RasterSettings settings =
                RasterSettings.of(10).withBatch(2).withSoftMask(200, 0.3f, 6).withSupersampling(2);
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        compareGradients(mesh, scene, settings, random);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gradientsOfSilhouettes(int samples) {
        Random random = new Random(26);
        RasterSettings settings =
                RasterSettings.of(16)
                        .withSize(22, 18)
                        .withBatch(2)
                        .withAntialias(true)
                        .withSupersampling(samples)
                        .withShading(Shading.LAMBERT);
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 3, random);
        Scenes.addLights(scene, settings, random);
        scene.background = new float[] {0.9f, 0.1f, 0.4f};
        compareGradients(mesh, scene, settings, random);
    }

    @Test
    void gradientsAtTheNearPlane() {
        Random random = new Random(25);
        RasterSettings settings = RasterSettings.of(16).withSoftMask(30, 0.6f, 30);
        Scenes.Mesh mesh = nearMesh();
        RasterScene scene = Scenes.scene(mesh, Scenes.camera(10, 5, 1.02f, 0.8f));
        Scenes.addAttributes(scene, 3, random);
        compareGradients(mesh, scene, settings, random);
    }

    // ---- By hand, 10 x 10 pixels, x and y in clip coordinates, looking along -Z.

    @Test
    void drawsATriangle() {
        // Pixel centres are at -0.9, -0.7, ... 0.9; the long edge passes them by at least 0.008.
        RasterImages images =
                flat(false, new int[] {0, 1, 2}, -0.6f, 0.6f, 1, -0.6f, -0.6f, 1, 0.7f, 0.6f, 1);
        assertFaces(
                images,
                "..........",
                "..........",
                "..000000..",
                "..00000...",
                "..0000....",
                "..000.....",
                "..00......",
                "..0.......",
                "..........",
                "..........");
        assertThat(images.depth[2 * 10 + 2]).isEqualTo(1);
        assertThat(images.depth[0]).isInfinite();
        assertThat(images.softMask[2 * 10 + 2]).isEqualTo(1);
        assertThat(images.barycentric[3 * 22] + images.barycentric[3 * 22 + 1])
                .isCloseTo(1 - images.barycentric[3 * 22 + 2], offset(1e-6f));
    }

    @Test
    void lowestIndexWinsATie() {
        float[] square = {-0.5f, 0.5f, 1, -0.5f, -0.5f, 1, 0.5f, -0.5f, 1, 0.5f, 0.5f, 1};
        // The diagonal runs through pixel centres; faces 2 and 3 lie on 0 and 1.
        RasterImages images = flat(false, new int[] {0, 1, 2, 0, 2, 3, 1, 2, 0, 2, 3, 0}, square);
        assertFaces(
                images,
                "..........",
                "..........",
                "..011111..",
                "..001111..",
                "..000111..",
                "..000011..",
                "..000001..",
                "..000000..",
                "..........",
                "..........");
    }

    @Test
    void nearerFaceWins() {
        float[] positions = {
            -0.5f, 0.5f, 2, -0.5f, -0.5f, 2, 0.5f, -0.5f, 2, //
            -0.5f, 0.5f, 1, -0.5f, -0.5f, 1, 0.1f, -0.5f, 1
        };
        RasterImages images = flat(false, new int[] {0, 1, 2, 3, 4, 5}, positions);
        assertThat(images.faceIndex[7 * 10 + 2]).isEqualTo(1);
        assertThat(images.faceIndex[7 * 10 + 7]).isEqualTo(0);
        assertThat(images.depth[7 * 10 + 2]).isEqualTo(1);
        assertThat(images.depth[7 * 10 + 7]).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void backFacesAreDrawnUnlessCulled(boolean cull) {
        float[] clockwise = {-0.5f, 0.5f, 1, 0.5f, -0.5f, 1, -0.5f, -0.5f, 1};
        RasterImages images = flat(cull, new int[] {0, 1, 2}, clockwise);
        assertThat(images.faceIndex[7 * 10 + 2]).isEqualTo(cull ? -1 : 0);
        if (cull) {
            assertThat(images.softMask).containsOnly(0);
        }
    }

    @Test
    void degenerateFacesAreNotDrawn() {
        assertFaces(
                flat(
                        false,
                        new int[] {3, 4, 5, 6, 7, 8, 0, 1, 2},
                        withTriangle(
                                new float[] {-0.7f, -0.7f, 0.5f, 0, 0, 0.5f, 0.7f, 0.7f, 0.5f},
                                new float[] {
                                    0.1f, 0.1f, 0.5f, 0.1f, 0.1f, 0.5f, 0.1f, 0.1f, 0.5f
                                })),
                TRIANGLE_OF_FACE_2);
    }

    @Test
    void facesBehindTheCameraAreNotDrawn() {
        assertFaces(
                flat(
                        false,
                        new int[] {3, 4, 5, 6, 7, 8, 0, 1, 2},
                        withTriangle(
                                new float[] {-0.9f, 0.9f, -1, -0.9f, -0.9f, -1, 0.9f, 0.9f, -1},
                                new float[] {-9, 9, -0.1f, -9, -9, -0.1f, 9, 9, -0.1f})),
                TRIANGLE_OF_FACE_2);
    }

    @Test
    void facesOffScreenAreNotDrawn() {
        assertFaces(
                flat(
                        false,
                        new int[] {3, 4, 5, 6, 7, 8, 0, 1, 2},
                        withTriangle(
                                new float[] {1.1f, 0.9f, 0.5f, 1.1f, -0.9f, 0.5f, 5, 0, 0.5f},
                                // Its box covers the image, but not the face itself.
                                new float[] {-2.1f, 0, 0.5f, 0, 2.1f, 0.5f, -9, 9, 0.5f})),
                TRIANGLE_OF_FACE_2);
    }

    @Test
    void facesReachOverTheBorder() {
        float[] corner = {0.3f, -0.3f, 1, 0.3f, -3, 1, 3, -0.3f, 1};
        assertFaces(
                flat(false, new int[] {0, 1, 2}, corner),
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                "..........",
                ".......000",
                ".......000",
                ".......000");
    }

    private static final String[] TRIANGLE_OF_FACE_2 = {
        "..........",
        "..........",
        "..222222..",
        "..22222...",
        "..2222....",
        "..222.....",
        "..22......",
        "..2.......",
        "..........",
        ".........."
    };

    /** The triangle of {@link #drawsATriangle}, then six further vertices. */
    private static float[] withTriangle(float[] a, float[] b) {
        float[] positions = {
            -0.6f, 0.6f, 1, -0.6f, -0.6f, 1, 0.7f, 0.6f, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0
        };
        System.arraycopy(a, 0, positions, 9, 9);
        System.arraycopy(b, 0, positions, 18, 9);
        return positions;
    }

    @Test
    void camerasThatAreNotFiniteSeeNothing() {
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterSettings settings =
                RasterSettings.of(12).withBatch(2).withShading(Shading.PHONG).withAntialias(true);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0}) {
            RasterScene scene = view(mesh, new Random(7));
            Scenes.addAttributes(scene, 3, new Random(8));
            Scenes.addLights(scene, settings, new Random(9));
            Arrays.fill(scene.view, 0, 16, bad);
            try (RasterSession session =
                    rasterizer().open(mesh.faces(), mesh.vertexCount(), settings)) {
                RasterImages images = session.forward(scene);
                assertThat(Arrays.copyOf(images.faceIndex, 144)).containsOnly(-1);
                assertThat(Arrays.copyOf(images.softMask, 144)).containsOnly(0);
                assertThat(Arrays.stream(images.faceIndex, 144, 288).max().orElseThrow())
                        .isNotNegative();
                RasterGradients gradients = session.backward(upstream(images, new Random(10)));
                int numbers = mesh.positions().length;
                assertThat(Arrays.copyOf(gradients.positions, numbers)).containsOnly(0);
                assertAllFinite(gradients.positions, gradients.attributes, gradients.lights);
            }
        }
    }

    @Test
    void leavesOutWhatCannotBeSeen() {
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;
        float[] positions = {
            -0.5f,
            -0.5f,
            1,
            0.5f,
            -0.5f,
            1,
            0,
            -0.5f,
            1, // no area
            0.1f,
            0.1f,
            1,
            0.1f,
            0.1f,
            1,
            0.1f,
            0.1f,
            1, // a point
            nan,
            0,
            1,
            0.5f,
            0,
            1,
            0,
            0.5f,
            1,
            inf,
            0,
            1,
            0,
            0.5f,
            1,
            0,
            0,
            1,
            -0.5f,
            -0.5f,
            -1,
            0.5f,
            -0.5f,
            -1,
            0,
            0.5f,
            -1, // behind the camera
            3,
            3,
            1,
            4,
            3,
            1,
            3,
            4,
            1, // off screen
            -1e30f,
            0,
            1,
            1e30f,
            0,
            1,
            0,
            -1e38f,
            1 // beyond what squares of floats hold
        };
        int[] faces = new int[21];
        for (int i = 0; i < 18; i++) {
            faces[i] = i;
        }
        // The last face stands on its head: behind all, to see what remains.
        System.arraycopy(new int[] {18, 19, 20}, 0, faces, 18, 3);
        Scenes.Mesh mesh = new Scenes.Mesh(faces, positions);
        RasterSettings settings =
                RasterSettings.of(10)
                        .withSoftMask(100, 0.2f, 30)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        RasterScene scene = flatScene(positions);
        Scenes.addAttributes(scene, 3, new Random(3));
        Scenes.addLights(scene, settings, new Random(4));
        try (RasterSession session = rasterizer().open(faces, mesh.vertexCount(), settings)) {
            RasterImages images = session.forward(scene);
            for (int face : images.faceIndex) {
                assertThat(face).isIn(-1, 6);
            }
            assertAllFinite(images.softMask, images.barycentric, images.color);
            RasterGradients gradients = session.backward(upstream(images, new Random(5)));
            assertAllFinite(
                    gradients.positions,
                    gradients.view,
                    gradients.projection,
                    gradients.attributes,
                    gradients.lights);
            for (int i = 0; i < 3 * 15; i++) {
                assertThat(gradients.positions[i]).isZero();
            }
        }
    }

    // ---- Sessions.

    @Test
    void refusesWhatDoesNotFit() {
        DifferentiableRasterizer rasterizer = rasterizer();
        RasterSettings settings = RasterSettings.of(8);
        assertThatThrownBy(() -> rasterizer.open(new int[] {0, 1, 3}, 3, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3");
        try (RasterSession session = rasterizer.open(new int[] {0, 1, 2}, 3, settings)) {
            RasterScene scene = flatScene(new float[9]);
            scene.view = new float[15];
            assertThatThrownBy(() -> session.forward(scene))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("view");
            assertThatThrownBy(() -> session.backward(new RasterUpstream()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nothingFromNothing() {
        Scenes.Mesh mesh = twoSmallSpheres();
        RasterSettings settings = RasterSettings.of(12).withBatch(2);
        try (RasterSession session =
                rasterizer().open(mesh.faces(), mesh.vertexCount(), settings)) {
            session.forward(view(mesh, new Random(6)));
            RasterGradients gradients = session.backward(new RasterUpstream());
            assertThat(gradients.positions).containsOnly(0);
            assertThat(gradients.view).containsOnly(0);
            assertThat(gradients.texture).isNull();
            assertThat(gradients.lights).isNull();
        }
    }

    @Test
    void repeatsBitByBit() {
        Random random = new Random(31);
        Scenes.Mesh mesh = twoSpheres();
        RasterSettings settings = fullSettings();
        RasterScene scene = fullScene(mesh, settings, random);
        try (RasterSession session =
                rasterizer().open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterUpstream upstream = upstream(session.forward(scene), random);
            int[] first = bits(session.forward(scene), session.backward(upstream));
            for (int i = 0; i < 100; i++) {
                assertThat(bits(session.forward(scene), session.backward(upstream)))
                        .isEqualTo(first);
            }
        }
    }

    /** Settings that switch everything on. */
    protected static RasterSettings fullSettings() {
        return RasterSettings.of(48)
                .withSize(60, 48)
                .withBatch(2)
                .withSoftMask(900, 0.12f, 8)
                .withAntialias(true)
                .withShading(Shading.PHONG);
    }

    /** A scene that uses everything. */
    protected static RasterScene fullScene(
            Scenes.Mesh mesh, RasterSettings settings, Random random) {
        RasterScene scene = view(mesh, random);
        Scenes.addAttributes(scene, 2, random);
        Scenes.addTexture(scene, 2, 16, 16, random);
        scene.mipmaps = true;
        Scenes.addLights(scene, settings, random);
        return scene;
    }

    /** All images and gradients, to compare them bit by bit. */
    protected static int[] bits(RasterImages i, RasterGradients g) {
        float[][] arrays = {
            i.color,
            i.attributes,
            i.depth,
            i.softMask,
            i.barycentric,
            g.positions,
            g.view,
            g.projection,
            g.attributes,
            g.texture,
            g.normals,
            g.lights
        };
        IntStream all = Arrays.stream(i.faceIndex);
        for (float[] array : arrays) {
            if (array != null) {
                all =
                        IntStream.concat(
                                all,
                                IntStream.range(0, array.length)
                                        .map(k -> Float.floatToRawIntBits(array[k])));
            }
        }
        return all.toArray();
    }

    /** Random gradients of all images. */
    protected static RasterUpstream upstream(RasterImages images, Random random) {
        RasterUpstream upstream = new RasterUpstream();
        upstream.color = like(images.color, random);
        upstream.attributes = like(images.attributes, random);
        upstream.depth = like(images.depth, random);
        upstream.softMask = like(images.softMask, random);
        upstream.barycentric = like(images.barycentric, random);
        return upstream;
    }

    private static float[] like(float[] array, Random random) {
        if (array == null) {
            return null;
        }
        float[] result = Scenes.random(array.length, random);
        for (int i = 0; i < result.length; i++) {
            result[i] -= 0.5f;
        }
        return result;
    }

    protected static Scenes.Mesh twoSpheres() {
        Scenes.Mesh sphere = Scenes.icoSphere(2);
        return Scenes.join(
                Scenes.place(sphere, 0.6f, 0, 0, 0), Scenes.place(sphere, 0.3f, 0.5f, 0.2f, 0.3f));
    }

    private static Scenes.Mesh twoSmallSpheres() {
        Scenes.Mesh sphere = Scenes.icoSphere(1);
        return Scenes.join(
                Scenes.place(sphere, 0.6f, 0, 0, 0),
                Scenes.place(Scenes.icoSphere(0), 0.3f, 0.5f, 0.2f, 0.3f));
    }

    /** Three faces that lie aslant, so that they fill little of their boxes. */
    private static Scenes.Mesh longFaces() {
        return new Scenes.Mesh(
                new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
                new float[] {
                    -0.9f, -0.8f, 0, -0.7f, -0.9f, 0, 0.8f, 0.9f, 0, //
                    -0.8f, 0.7f, 0.1f, -0.9f, 0.6f, 0.1f, 0.1f, -0.7f, 0.1f, //
                    0.2f, -0.8f, -0.1f, 0.3f, -0.9f, -0.1f, 0.9f, 0.1f, -0.1f
                });
    }

    /** A face that reaches past a camera at (0.18, 0.09, 1), one before it and one behind it. */
    private static Scenes.Mesh nearMesh() {
        return new Scenes.Mesh(
                new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                new float[] {
                    -0.5f, -0.3f, -1, 0.6f, -0.2f, -1, 0.2f, -0.4f, 3, //
                    -0.7f, 0.5f, -1, 0.1f, 0.4f, -1, -0.3f, 0.9f, -1.5f, //
                    -0.5f, -0.3f, 2, 0.6f, -0.2f, 2, 0.2f, 0.4f, 3, //
                    0.9f, 0.5f, 3, 1.1f, 0.1f, -2, 0.8f, 0.3f, 2
                });
    }

    protected static RasterScene view(Scenes.Mesh mesh, Random random) {
        RasterScene scene =
                Scenes.scene(
                        mesh,
                        Scenes.camera(360 * random.nextFloat(), 40 * random.nextFloat(), 3, 2.2f),
                        Scenes.camera(360 * random.nextFloat(), -40 * random.nextFloat(), 2, 1.4f));
        Scenes.shake(scene, 0.03f, random);
        return scene;
    }

    /** Positions are clip x, y and depth; the rows of view and projection make w = 1. */
    private static RasterScene flatScene(float... positions) {
        RasterScene scene = new RasterScene();
        scene.positions = positions.clone();
        for (int i = 2; i < positions.length; i += 3) {
            scene.positions[i] = -positions[i];
        }
        scene.view = new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        // z_clip = depth / 4 - 1: the near plane is the camera's own.
        scene.projection = new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -0.25f, 0, 0, 0, -1, 1};
        return scene;
    }

    private RasterImages flat(boolean cull, int[] faces, float... positions) {
        RasterSettings settings = RasterSettings.of(10).withCullBackFaces(cull);
        RasterSession session = rasterizer().open(faces, positions.length / 3, settings);
        return session.forward(flatScene(positions));
    }

    private static void assertFaces(RasterImages images, String... rows) {
        StringBuilder actual = new StringBuilder();
        for (int i = 0; i < images.faceIndex.length; i++) {
            int face = images.faceIndex[i];
            actual.append(face < 0 ? "." : Integer.toString(face));
            if (i % 10 == 9) {
                actual.append('\n');
            }
        }
        assertThat(actual.toString()).isEqualTo(String.join("\n", rows) + "\n");
    }

    private static void assertAllFinite(float[]... arrays) {
        for (float[] array : arrays) {
            for (float value : array) {
                assertThat(Float.isFinite(value)).isTrue();
            }
        }
    }

    private RasterImages compare(Scenes.Mesh mesh, RasterScene scene, RasterSettings settings) {
        NaiveImages expected =
                NaiveRasterizer.render(new NaiveScene(mesh.faces(), scene), settings, null);
        RasterSession session = rasterizer().open(mesh.faces(), mesh.vertexCount(), settings);
        RasterImages images = session.forward(scene);
        assertThat(images.faceIndex).isEqualTo(expected.faceIndex);
        assertThat(images.faceIndex).contains(-1);
        assertThat(Arrays.stream(images.faceIndex).max().orElseThrow()).isPositive();
        assertClose("depth", images.depth, expected.depth, DEPTH);
        assertClose("barycentric", images.barycentric, expected.barycentric, BARYCENTRIC);
        assertClose("soft mask", images.softMask, expected.softMask, 1e-4);
        assertClose("attributes", images.attributes, expected.attributes, VALUE);
        assertClose("color", images.color, expected.color, VALUE);
        return images;
    }

    private static void assertClose(
            String name, float[] actual, double[] expected, double tolerance) {
        if (expected == null) {
            assertThat(actual).as(name).isNull();
            return;
        }
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            boolean same =
                    actual[i] == expected[i] || Math.abs(actual[i] - expected[i]) <= tolerance;
            assertThat(same).as("%s[%d] is %s, not %s", name, i, actual[i], expected[i]).isTrue();
        }
    }

    private void compareGradients(
            Scenes.Mesh mesh, RasterScene scene, RasterSettings settings, Random random) {
        compareGradient(
                "positions", mesh, scene, settings, random, s -> s.positions, g -> g.positions);
        compareGradient("view", mesh, scene, settings, random, s -> s.view, g -> g.view);
        compareGradient(
                "projection", mesh, scene, settings, random, s -> s.projection, g -> g.projection);
        compareGradient(
                "attributes", mesh, scene, settings, random, s -> s.attributes, g -> g.attributes);
        compareGradient("texture", mesh, scene, settings, random, s -> s.texture, g -> g.texture);
        compareGradient("normals", mesh, scene, settings, random, s -> s.normals, g -> g.normals);
        compareGradient("lights", mesh, scene, settings, random, s -> s.lights, g -> g.lights);
    }

    private void compareGradient(
            String name,
            Scenes.Mesh mesh,
            RasterScene scene,
            RasterSettings settings,
            Random random,
            Function<NaiveScene, double[]> input,
            Function<RasterGradients, float[]> output) {
        RasterUpstream upstream;
        float[] actual;
        try (RasterSession session =
                rasterizer().open(mesh.faces(), mesh.vertexCount(), settings)) {
            upstream = upstream(session.forward(scene), random);
            actual = output.apply(session.backward(upstream));
        }
        NaiveScene naive = new NaiveScene(mesh.faces(), scene);
        double[] values = input.apply(naive);
        if (values == null) {
            assertThat(actual).as(name).isNull();
            return;
        }
        int[] visible = NaiveRasterizer.visible(naive, settings);
        ToDoubleFunction<NaiveScene> loss =
                s -> loss(NaiveRasterizer.render(s, settings, visible), upstream);
        int[] chosen =
                values.length <= MOST_DERIVATIVES
                        ? IntStream.range(0, values.length).toArray()
                        : random.ints(MOST_DERIVATIVES, 0, values.length).toArray();
        double[] expected = new double[values.length];
        double largest = 0;
        for (int i : chosen) {
            double value = values[i];
            values[i] = value + STEP;
            double above = loss.applyAsDouble(naive);
            values[i] = value - STEP;
            double below = loss.applyAsDouble(naive);
            values[i] = value;
            expected[i] = (above - below) / (2 * STEP);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        assertThat(largest).as("largest gradient of %s", name).isGreaterThan(1e-3);
        double tolerance = gradientTolerance() * largest;
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i : chosen) {
            assertThat((double) actual[i])
                    .as("gradient of %s[%d]", name, i)
                    .isCloseTo(expected[i], offset(tolerance));
        }
    }

    private static double loss(NaiveImages images, RasterUpstream upstream) {
        return dot(images.color, upstream.color)
                + dot(images.attributes, upstream.attributes)
                + dot(images.depth, upstream.depth)
                + dot(images.softMask, upstream.softMask)
                + dot(images.barycentric, upstream.barycentric);
    }

    private static double dot(double[] image, float[] upstream) {
        double sum = 0;
        for (int i = 0; image != null && i < image.length; i++) {
            // Depth outside is infinite whatever the scene is.
            if (image[i] != Double.POSITIVE_INFINITY) {
                sum += image[i] * upstream[i];
            }
        }
        return sum;
    }
}
