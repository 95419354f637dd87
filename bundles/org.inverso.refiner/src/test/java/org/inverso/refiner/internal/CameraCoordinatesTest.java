/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class CameraCoordinatesTest {

    private final OrbitCamera start =
            new OrbitCamera(30, 12, 1, 8, 3, 0.1f, -0.05f, new Vector3f(0, 0.7f, 0));

    @Test
    void startsWhereItIsTold() {
        OrbitCamera same = new CameraCoordinates(start).camera(new float[CameraCoordinates.COUNT]);
        assertThat(same.azimuthDeg()).isEqualTo(start.azimuthDeg());
        assertThat(same.focal()).isCloseTo(start.focal(), within(1e-5f));
    }

    @Test
    void keepsTheSizeWhenTheDistanceChanges() {
        float[] theta = new float[CameraCoordinates.COUNT];
        theta[3] = 2;
        OrbitCamera far = new CameraCoordinates(start).camera(theta);
        assertThat(far.distance()).isGreaterThan(1.5f * start.distance());
        assertThat(far.focal() / far.distance())
                .isCloseTo(start.focal() / start.distance(), within(1e-5f));
    }

    @Test
    void gradientIsThatOfALinearLoss() {
        SplittableRandom random = new SplittableRandom(3);
        float[] view = randoms(random);
        float[] projection = randoms(random);
        CameraCoordinates coordinates = new CameraCoordinates(start);
        float[] theta = new float[CameraCoordinates.COUNT];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) random.nextDouble(-1, 1);
        }
        float[] gradient = new float[CameraCoordinates.COUNT];
        coordinates.backward(theta, view, projection, gradient);
        for (int i = 0; i < theta.length; i++) {
            float[] moved = theta.clone();
            float step = 0.02f;
            moved[i] += step;
            double plus = loss(coordinates.camera(moved), view, projection);
            moved[i] -= 2 * step;
            double minus = loss(coordinates.camera(moved), view, projection);
            assertThat((double) gradient[i])
                    .as("coordinate %d", i)
                    .isCloseTo((plus - minus) / (2 * step), within(2e-2));
        }
    }

    private static float[] randoms(SplittableRandom random) {
        float[] values = new float[16];
        for (int i = 0; i < 16; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static double loss(OrbitCamera camera, float[] view, float[] projection) {
        float[] v = camera.view(new Matrix4f()).get(new float[16]);
        float[] p = camera.projection(new Matrix4f()).get(new float[16]);
        double sum = 0;
        for (int i = 0; i < 16; i++) {
            sum += v[i] * (double) view[i] + p[i] * (double) projection[i];
        }
        return sum;
    }
}
