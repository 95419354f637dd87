/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.rasterizer.JvmRasterizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients with regard to predictions against central differences, under a random upstream. */
class PredictedViewTest {

    private static final int SIZE = 64;
    private static final float AZIMUTH = 35;
    private static final double SHARE = 0.04;

    private final CategoryModel car =
            new CategoryLoader()
                    .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
    private final JvmRasterizer rasterizer = new JvmRasterizer(1);
    private final PredictedView view = new PredictedView(car, rasterizer, SIZE, 100, true);
    private final float[] code = {0.4f, 0.2f, -0.3f, -0.1f, 0.2f, -0.3f};
    private final float[] shape = new float[car.template().shapeCount()];
    private final float[] pose = new float[car.poseParameters().size()];
    private final float[] albedo =
            new float[3 * SceneNetwork.TEXTURE_SIZE * SceneNetwork.TEXTURE_SIZE];
    private final float[] light = new float[27];
    private final RasterUpstream upstream = new RasterUpstream();
    private final ViewGradients gradients =
            new ViewGradients(shape.length, pose.length, car.template().vertexCount());

    PredictedViewTest() {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < shape.length; k++) {
            shape[k] = (float) (0.3 * random.nextGaussian());
        }
        for (int i = 0; i < albedo.length; i++) {
            albedo[i] = (float) random.nextDouble(0.2, 0.8);
        }
        for (int l = 0; l < 27; l++) {
            light[l] = (float) (l % 9 == 0 ? 3 : 0.2 * random.nextGaussian());
        }
        upstream.softMask = new float[SIZE * SIZE];
        for (int i = 0; i < upstream.softMask.length; i++) {
            // Smooth, so that neighbouring pixels do not cancel each other.
            upstream.softMask[i] = (float) Math.sin(0.11 * (i % SIZE) + 0.07 * (i / SIZE));
        }
    }

    @AfterEach
    void close() {
        view.close();
        rasterizer.close();
    }

    private RasterImages render(float azimuth) {
        return view.render(azimuth, code, shape, pose, albedo, light);
    }

    private double masked(float azimuth) {
        RasterImages images = render(azimuth);
        double sum = 0;
        for (int i = 0; i < upstream.softMask.length; i++) {
            sum += upstream.softMask[i] * (double) images.softMask[i];
        }
        return sum;
    }

    private static double slope(DoubleUnaryOperator loss, double at, double step) {
        return (loss.applyAsDouble(at + step) - loss.applyAsDouble(at - step)) / (2 * step);
    }

    private static void assertSame(double found, double wanted, String what) {
        assertThat(found).as(what).isCloseTo(wanted, within(0.3 + SHARE * Math.abs(wanted)));
    }

    @Test
    void theOutlineTellsAzimuthAndCamera() {
        render(AZIMUTH);
        view.backward(upstream, null, gradients);
        double azimuth = gradients.azimuthDeg;
        float[] camera = gradients.camera.clone();
        double byAzimuth = slope(a -> masked((float) a), AZIMUTH, 0.5);
        assertThat(azimuth).isCloseTo(byAzimuth, within(0.05 * Math.abs(byAzimuth) + 0.02));
        for (int i = 0; i < code.length; i++) {
            int number = i;
            float here = code[i];
            double wanted =
                    slope(
                            x -> {
                                code[number] = (float) x;
                                return masked(AZIMUTH);
                            },
                            here,
                            0.02);
            code[i] = here;
            assertSame(camera[i], wanted, "camera " + i);
        }
        assertThat(camera[3]).as("size").satisfies(g -> assertThat(Math.abs(g)).isGreaterThan(1));
    }

    @Test
    void theOutlineTellsTheShape() {
        render(AZIMUTH);
        view.backward(upstream, null, gradients);
        float[] found = gradients.shape.clone();
        double largest = 0;
        for (int k = 0; k < shape.length; k++) {
            int number = k;
            float here = shape[k];
            double wanted =
                    slope(
                            x -> {
                                shape[number] = (float) x;
                                return masked(AZIMUTH);
                            },
                            here,
                            0.1);
            shape[k] = here;
            assertSame(found[k], wanted, car.template().shapeTargets().get(k));
            largest = Math.max(largest, Math.abs(wanted));
        }
        assertThat(largest).isGreaterThan(3);
    }

    @Test
    void coloursTellTextureAndLight() {
        SplittableRandom random = new SplittableRandom(2);
        RasterImages images = render(AZIMUTH);
        float[] weights = new float[images.color.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble();
        }
        RasterUpstream colour = new RasterUpstream();
        colour.color = weights;
        view.backward(colour, null, gradients);
        float[] texture = gradients.texture.clone();
        float[] lights = gradients.light.clone();
        int strongest = 0;
        for (int i = 0; i < texture.length; i++) {
            strongest = texture[i] > texture[strongest] ? i : strongest;
        }
        int texel = strongest;
        double byTexel =
                slope(x -> coloured(albedo, texel, (float) x, weights), albedo[texel], 0.1);
        assertThat((double) texture[texel]).isCloseTo(byTexel, within(0.01 * byTexel)).isPositive();
        double byLight = slope(x -> coloured(light, 9, (float) x, weights), light[9], 0.1);
        assertThat((double) lights[9]).isCloseTo(byLight, within(0.01 * byLight)).isPositive();
    }

    private double coloured(float[] numbers, int at, float value, float[] weights) {
        float here = numbers[at];
        numbers[at] = value;
        RasterImages images = render(AZIMUTH);
        numbers[at] = here;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (double) images.color[i];
        }
        return sum;
    }
}
