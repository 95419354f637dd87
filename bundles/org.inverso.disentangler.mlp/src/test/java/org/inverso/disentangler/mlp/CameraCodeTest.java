/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class CameraCodeTest {

    private static final Vector3f TARGET = new Vector3f(0, 0.7f, 0);
    private static final CameraCode CODE = new CameraCode(TARGET, 1);

    @Test
    void aCameraComesBackFromItsCode() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            OrbitCamera camera =
                    new OrbitCamera(
                            (float) random.nextDouble(-180, 180),
                            (float) random.nextDouble(-20, 80),
                            (float) random.nextDouble(-8, 8),
                            (float) random.nextDouble(3, 40),
                            (float) random.nextDouble(0.8, 20),
                            (float) random.nextDouble(-0.5, 0.5),
                            (float) random.nextDouble(-0.5, 0.5),
                            TARGET);
            OrbitCamera back = CODE.decode(camera.azimuthDeg(), CODE.encode(camera));
            assertThat(back.azimuthDeg()).isEqualTo(camera.azimuthDeg());
            assertThat(back.elevationDeg()).isCloseTo(camera.elevationDeg(), within(1e-4f));
            assertThat(back.rollDeg()).isCloseTo(camera.rollDeg(), within(1e-4f));
            assertThat(back.distance()).isCloseTo(camera.distance(), within(1e-3f));
            assertThat(back.focal()).isCloseTo(camera.focal(), within(1e-3f));
            assertThat(back.shiftX()).isCloseTo(camera.shiftX(), within(1e-5f));
            assertThat(back.shiftY()).isCloseTo(camera.shiftY(), within(1e-5f));
        }
    }

    @Test
    void theCodeOfZerosIsTheMeanCamera() {
        OrbitCamera camera = CODE.decode(0, new float[SceneNetwork.CAMERA]);
        assertThat(camera.distance()).isCloseTo(9, within(1e-4f));
        assertThat(camera.focal()).isCloseTo(0.4f * 9, within(1e-4f));
        assertThat(camera.elevationDeg()).isZero();
    }

    @Test
    void smallObjectsAreSeenFromNearerAndAsLarge() {
        CameraCode small = new CameraCode(TARGET, 0.1f);
        OrbitCamera camera = small.decode(0, new float[SceneNetwork.CAMERA]);

        assertThat(camera.distance()).isCloseTo(0.9f, within(1e-5f));
        assertThat(camera.focal()).isCloseTo(0.4f * 9, within(1e-4f));
        assertThat(small.encode(camera)).containsExactly(new float[6], within(1e-5f));
    }

    @Test
    void camerasNeverStandOnTheirHead() {
        assertThat(CODE.decode(0, new float[] {9, 0, 0, 0, 0, 0}).elevationDeg()).isEqualTo(85);
        assertThat(CODE.decode(0, new float[] {-9, 0, 0, 0, 0, 0}).elevationDeg()).isEqualTo(-85);
    }
}
