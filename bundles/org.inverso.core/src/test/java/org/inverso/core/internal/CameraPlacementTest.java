/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraPlacementTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 10", "-120, 25", "179, -5", "90, 60"})
    void anglesAreThoseOfTheOrbit(float azimuth, float elevation) {
        Vector3f target = new Vector3f(0.3f, 0.7f, -0.2f);
        OrbitCamera camera = new OrbitCamera(azimuth, elevation, 12, 6, 3, 0.1f, -0.2f, target);

        CameraPlacement placement =
                CameraPlacement.of(
                        camera.view(new Matrix4f()), camera.projection(new Matrix4f()), target);

        assertThat(placement.azimuthDeg()).isCloseTo(azimuth, within(1e-3));
        assertThat(placement.elevationDeg()).isCloseTo(elevation, within(1e-3));
        assertThat(placement.fovYDeg())
                .isCloseTo(Math.toDegrees(2 * Math.atan(1 / 3.0)), within(1e-4));
    }
}
