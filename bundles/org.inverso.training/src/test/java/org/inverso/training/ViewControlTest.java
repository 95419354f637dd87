/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.inverso.training.CameraProbe.Seen;
import org.inverso.training.LayerMeasurement.Effect;
import org.junit.jupiter.api.Test;

class ViewControlTest {

    private static final int CONTENTS = 4;

    @Test
    void perfectControlHasNoDeviationAndKeepsTheShape() {
        List<List<Seen>> seen = new ArrayList<>();
        for (int bin = 0; bin < Azimuths.BINS; bin++) {
            List<Seen> view = new ArrayList<>();
            for (int content = 0; content < CONTENTS; content++) {
                view.add(seen(30 * bin, content));
            }
            seen.add(view);
        }
        ViewControl control = ViewControl.of(seen);
        assertThat(control.azimuthStdDeg()).isCloseTo(0, within(1e-5));
        assertThat(control.binsCovered()).isEqualTo(12);
        assertThat(control.shapeVarianceRatio()).isZero();
        assertThat(control.found()).isEqualTo(1);
    }

    @Test
    void shapesThatFollowTheCameraAreSeen() {
        List<List<Seen>> seen = new ArrayList<>();
        for (int view = 0; view < 3; view++) {
            List<Seen> ofView = new ArrayList<>();
            for (int content = 0; content < 3; content++) {
                // Twice as far along the shape for a step of view as for a step of content.
                ofView.add(seen(30 * view, 2 * view + content));
            }
            seen.add(ofView);
        }
        assertThat(ViewControl.of(seen).shapeVarianceRatio()).isCloseTo(4, within(1e-6));
    }

    @Test
    void azimuthsThatFollowTheContentAreSeen() {
        List<Seen> view = List.of(seen(-20, 0), seen(0, 1), seen(20, 2));
        ViewControl control = ViewControl.of(List.of(view, view));
        assertThat(control.azimuthStdDeg()).isBetween(16.0, 17.0);
        assertThat(control.binsCovered()).isEqualTo(1);
    }

    @Test
    void picturesWithoutAnObjectCountAsNotFound() {
        Seen nothing = new Seen(false, 90, 0, 0, new float[] {100});
        ViewControl control =
                ViewControl.of(List.of(List.of(seen(0, 0), seen(0, 1), seen(0, 2), nothing)));
        assertThat(control.found()).isCloseTo(0.75, within(1e-9));
        assertThat(control.azimuthStdDeg()).isCloseTo(0, within(1e-5));
    }

    @Test
    void theCameraLayersAreThoseAfterWhichItHasArrived() {
        assertThat(LayerMeasurement.cameraLayers(left(80, 30, 12, 10, 10, 9, 5, 0), 90))
                .isEqualTo(3);
        assertThat(LayerMeasurement.cameraLayers(left(15, 14, 13, 12, 10, 9, 5, 0), 90))
                .isEqualTo(1);
    }

    @Test
    void halfOfTheLayersAreLeftForTheContent() {
        assertThat(LayerMeasurement.cameraLayers(left(90, 85, 80, 70, 0, 0, 0, 0), 90))
                .isEqualTo(4);
    }

    private static List<Effect> left(double... degrees) {
        List<Effect> effects = new ArrayList<>();
        for (double d : degrees) {
            effects.add(new Effect(effects.size(), 0, d, 0));
        }
        return effects;
    }

    private static Seen seen(double azimuth, double shape) {
        return new Seen(true, azimuth, 10, 1, new float[] {(float) shape, 1});
    }
}
