/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.inverso.api.scene.ShLighting;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class LightRigTest {

    /** How far the clamped cosine and its harmonics up to degree 2 are apart: at right angles. */
    private static final float CUT_OFF = 0.09375f;

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void skyAndGroundAreExactInHarmonics() {
        LightRig cloudy =
                new LightRig(
                        new Vector3f(0, 1, 0),
                        new Vector3f(),
                        new Vector3f(0.5f, 0.6f, 0.9f),
                        new Vector3f(0.3f, 0.2f, 0.1f));
        ShLighting harmonics = cloudy.harmonics();
        for (int i = 0; i < 200; i++) {
            Vector3f n = direction();
            for (int c = 0; c < 3; c++) {
                assertThat(harmonics.at(c, n.x, n.y, n.z))
                        .isCloseTo(cloudy.irradiance(c, n.x, n.y, n.z), within(1e-5f));
            }
        }
        assertThat(harmonics.at(2, 0, 1, 0)).isCloseTo(0.9f, within(1e-5f));
        assertThat(harmonics.at(0, 0, -1, 0)).isCloseTo(0.3f, within(1e-5f));
    }

    @Test
    void theSunLosesOnlyWhatHarmonicsOfDegreeTwoCannotSay() {
        for (int rig = 0; rig < 50; rig++) {
            LightRig light = LightRig.sample(random);
            ShLighting harmonics = light.harmonics();
            for (int i = 0; i < 100; i++) {
                Vector3f n = direction();
                for (int c = 0; c < 3; c++) {
                    assertThat(harmonics.at(c, n.x, n.y, n.z))
                            .isCloseTo(
                                    light.irradiance(c, n.x, n.y, n.z),
                                    within(CUT_OFF * light.sunColor().get(c) + 1e-5f));
                }
            }
        }
    }

    @Test
    void aSurfaceThatFacesTheSunGetsAllOfIt() {
        LightRig noon =
                new LightRig(
                        new Vector3f(0, 1, 0),
                        new Vector3f(1, 0.5f, 0.25f),
                        new Vector3f(),
                        new Vector3f());
        assertThat(noon.irradiance(0, 0, 1, 0)).isEqualTo(1);
        assertThat(noon.irradiance(1, 0, 1, 0)).isEqualTo(0.5f);
        assertThat(noon.irradiance(0, 1, 0, 0)).isZero();
        assertThat(noon.irradiance(0, 0, -1, 0)).isZero();
    }

    private Vector3f direction() {
        return new Vector3f(
                        (float) random.nextGaussian(),
                        (float) random.nextGaussian(),
                        (float) random.nextGaussian())
                .normalize();
    }
}
