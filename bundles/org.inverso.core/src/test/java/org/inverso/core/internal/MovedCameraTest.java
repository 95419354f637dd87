/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class MovedCameraTest {

    private static final Vector3f MIDDLE = new Vector3f(0.1f, 0.7f, -0.2f);
    private static final Vector3f FEET = new Vector3f(0.1f, 0, -0.2f);

    /** Looks beside the object, a little tilted. */
    private final Matrix4f view =
            new OrbitCamera(35, 12, 4, 6, 2.5f, 0.3f, -0.1f, MIDDLE).view(new Matrix4f());

    private final CameraPlacement placement =
            CameraPlacement.of(view, new Matrix4f().perspective(0.7f, 1, 0.1f, 10), MIDDLE);

    private final MovedCamera camera = new MovedCamera(report(), FEET);

    private ReconstructionReport report() {
        return new ReconstructionReport(
                "car",
                1,
                view,
                new Matrix4f(),
                placement.azimuthDeg(),
                placement.elevationDeg(),
                40,
                1,
                0,
                List.of(),
                List.of(),
                List.of(),
                "",
                1,
                1,
                "1",
                "",
                0,
                List.of());
    }

    @Test
    void thePhotosAnglesGiveThePhotosCamera() {
        Matrix4f same = camera.view(placement.azimuthDeg(), placement.elevationDeg(), FEET);

        assertThat(same.equals(view, 1e-5f)).isTrue();
    }

    @Test
    void theObjectStaysWhereItStandsAndTurns() {
        Matrix4f moved = camera.view(placement.azimuthDeg() + 90, placement.elevationDeg(), FEET);

        Vector3f before = view.transformPosition(new Vector3f(FEET));
        assertThat(moved.transformPosition(new Vector3f(FEET)).distance(before))
                .isCloseTo(0, within(1e-5f));
        CameraPlacement now =
                CameraPlacement.of(moved, new Matrix4f().perspective(0.7f, 1, 0.1f, 10), MIDDLE);
        assertThat(now.azimuthDeg()).isCloseTo(placement.azimuthDeg() + 90, within(1.0));
        assertThat(now.elevationDeg()).isCloseTo(placement.elevationDeg(), within(1.0));
    }

    @Test
    void anotherObjectStandsOnTheSameSpot() {
        Vector3f otherFeet = new Vector3f(0, -0.3f, 0);
        Matrix4f moved = camera.view(placement.azimuthDeg(), placement.elevationDeg(), otherFeet);

        assertThat(
                        moved.transformPosition(new Vector3f(otherFeet))
                                .distance(view.transformPosition(new Vector3f(FEET))))
                .isCloseTo(0, within(1e-5f));
    }
}
