/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.PoseSampler;
import org.inverso.geometry.ShapeModel;
import org.inverso.training.synthesis.Cutout;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector4f;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReflectionTest {

    private static CategoryModel category(String id) {
        return new CategoryLoader()
                .load(Path.of("..", "org.inverso.category." + id, "src/main/resources"));
    }

    /** Every vertex is seen where the picture's reflection has the one on the other side. */
    @ParameterizedTest
    @ValueSource(strings = {"car", "horse", "bird"})
    void theReflectedSceneIsSeenInTheReflectedPicture(String id) {
        CategoryModel category = category(id);
        Reflection reflection = Reflection.of(category).orElseThrow();
        SplittableRandom random = new SplittableRandom(6);
        float[] pose = new PoseSampler(category).sample(random);
        float[] shape = new float[category.template().shapeCount()];
        for (int k = 0; k < shape.length; k++) {
            shape[k] = (float) random.nextDouble(-0.5, 0.5);
        }
        OrbitCamera camera =
                new OrbitCamera(37, 14, 6, 9, 20, 0.1f, -0.05f, new Vector3f(0, 0.5f, 0));
        Cutout cutout =
                new Cutout(null, null, camera, shape, pose, ShLighting.uniform(), new byte[0]);

        Cutout reflected = reflection.labels(cutout);

        float[] here = seen(category, cutout);
        float[] there = seen(category, reflected);
        int[] mirror = category.template().mirrorVertex();
        double worst = 0;
        for (int v = 0; v < mirror.length; v++) {
            int w = mirror[v];
            worst = Math.max(worst, Math.abs(here[2 * v] + there[2 * w]));
            worst = Math.max(worst, Math.abs(here[2 * v + 1] - there[2 * w + 1]));
        }
        // In units of half the picture; the two halves of a template differ by less.
        assertThat(worst).isLessThan(0.02);
    }

    /** Clip coordinates. */
    private static float[] seen(CategoryModel category, Cutout cutout) {
        ShapeModel model = new ShapeModel(category);
        float[] vertices =
                model.vertices(
                        cutout.shape(), cutout.pose(), null, new float[3 * model.vertexCount()]);
        Matrix4f matrix =
                cutout.camera()
                        .projection(new Matrix4f())
                        .mul(cutout.camera().view(new Matrix4f()));
        float[] seen = new float[2 * model.vertexCount()];
        for (int v = 0; v < model.vertexCount(); v++) {
            Vector4f clip =
                    matrix.transform(
                            new Vector4f(
                                    vertices[3 * v], vertices[3 * v + 1], vertices[3 * v + 2], 1));
            seen[2 * v] = clip.x / clip.w;
            seen[2 * v + 1] = clip.y / clip.w;
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(strings = "horse")
    void lightComesFromTheOtherSide(String id) {
        float[] coefficients = new float[27];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = (float) random.nextGaussian();
        }
        ShLighting light = new ShLighting(coefficients);
        CategoryModel category = category(id);
        float[] pose = new float[category.poseParameters().size()];
        OrbitCamera camera = new OrbitCamera(0, 0, 0, 9, 20, 0, 0, new Vector3f());
        Cutout cutout = new Cutout(null, null, camera, new float[0], pose, light, new byte[0]);

        ShLighting reflected = Reflection.of(category).orElseThrow().labels(cutout).light();

        assertThat(reflected.at(1, -0.48f, 0.6f, 0.64f))
                .isCloseTo(light.at(1, 0.48f, 0.6f, 0.64f), within(1e-5f));
        assertThat(reflected.at(2, 0.48f, 0.6f, 0.64f))
                .isNotCloseTo(light.at(2, 0.48f, 0.6f, 0.64f), within(0.01f));
    }

    @ParameterizedTest
    @ValueSource(strings = "bird")
    void picturesAreReflectedByRow(String id) {
        byte[] rgba = new byte[4 * 3 * 2];
        for (int i = 0; i < rgba.length; i++) {
            rgba[i] = (byte) i;
        }
        OrbitCamera camera = new OrbitCamera(20, 0, 0, 9, 20, 0, 0, new Vector3f());

        CropDegrader.Degraded reflected =
                Reflection.of(category(id))
                        .orElseThrow()
                        .crop(new CropDegrader.Degraded(new Image(3, 2, rgba), camera));

        assertThat(reflected.pixels().rgba())
                .startsWith(8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3)
                .endsWith(20, 21, 22, 23, 16, 17, 18, 19, 12, 13, 14, 15);
        assertThat(reflected.camera().azimuthDeg()).isEqualTo(-20);
    }
}
