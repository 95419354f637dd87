/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class PoseSamplerTest {

    private static final int DRAWS = 4000;

    private static PoseParameter parameter(float mean, float std) {
        return new PoseParameter(
                "p" + mean,
                -1,
                1,
                mean,
                std,
                new Vector3f(0, 1, 0),
                List.of(new PoseParameter.JointShare("joint", 1)));
    }

    @Test
    void staysWithinTheLimitsAndHasTheMeansAndDeviations() {
        PoseSampler sampler =
                new PoseSampler(List.of(parameter(0.2f, 0.1f), parameter(0.9f, 0.5f)), List.of());
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        double squares = 0;
        int atLimit = 0;
        for (int i = 0; i < DRAWS; i++) {
            float[] pose = sampler.sample(random);
            assertThat(pose[1]).isBetween(-1f, 1f);
            atLimit += pose[1] == 1 ? 1 : 0;
            sum += pose[0];
            squares += pose[0] * pose[0];
        }
        double mean = sum / DRAWS;
        assertThat(mean).isCloseTo(0.2, within(0.01));
        assertThat(Math.sqrt(squares / DRAWS - mean * mean)).isCloseTo(0.1, within(0.01));
        // A normal variable is above its mean plus a fifth of its deviation in 42 % of cases.
        assertThat(atLimit / (double) DRAWS).isCloseTo(0.42, within(0.03));
    }

    @Test
    void namedPosesComeByTheirWeights() {
        List<NamedPose> poses =
                List.of(
                        new NamedPose("left", 0.5, new float[] {-0.8f}),
                        new NamedPose("right", 0.2, new float[] {0.8f}));
        PoseSampler sampler = new PoseSampler(List.of(parameter(0, 0.01f)), poses);
        SplittableRandom random = new SplittableRandom(2);
        int left = 0;
        int right = 0;
        for (int i = 0; i < DRAWS; i++) {
            float value = sampler.sample(random)[0];
            left += value < -0.6f ? 1 : 0;
            right += value > 0.6f ? 1 : 0;
        }
        assertThat(left / (double) DRAWS).isCloseTo(0.5, within(0.03));
        assertThat(right / (double) DRAWS).isCloseTo(0.2, within(0.03));
        assertThat(poses.get(0).values()).as("not modified").containsExactly(-0.8f);
    }

    @Test
    void posesThatSuitComeByTheirWeightsAmongEachOther() {
        List<NamedPose> poses =
                List.of(
                        new NamedPose("left", 0.1, new float[] {-0.8f}),
                        new NamedPose("up", 0.6, new float[] {0}),
                        new NamedPose("right", 0.3, new float[] {0.8f}),
                        new NamedPose("rare", 0, new float[] {0.4f}));
        PoseSampler sampler = new PoseSampler(List.of(parameter(0, 0.01f)), poses);
        SplittableRandom random = new SplittableRandom(4);
        int left = 0;
        for (int i = 0; i < DRAWS; i++) {
            float value = sampler.sample(List.of("left", "right"), random)[0];
            assertThat(Math.abs(value)).isBetween(0.7f, 0.9f);
            left += value < 0 ? 1 : 0;
            assertThat(sampler.sample(List.of("rare"), random)[0]).isBetween(0.3f, 0.5f);
        }
        assertThat(left / (double) DRAWS).isCloseTo(0.25, within(0.03));
        assertThat(poses.get(3).values()).as("not modified").containsExactly(0.4f);
    }

    @Test
    void theSameSeedGivesTheSamePose() {
        PoseSampler sampler = new PoseSampler(List.of(parameter(0, 0.3f)), List.of());
        assertThat(sampler.sample(new SplittableRandom(7)))
                .containsExactly(sampler.sample(new SplittableRandom(7)));
    }

    @Test
    void wheelsAreStraightInHalfOfTheCases() {
        PoseSampler sampler =
                new PoseSampler(List.of(new PoseParameter("steering", -0.6f, 0.6f)), List.of());
        SplittableRandom random = new SplittableRandom(3);
        int straight = 0;
        for (int i = 0; i < DRAWS; i++) {
            float angle = sampler.sample(random)[0];
            assertThat(angle).isBetween(-0.6f, 0.6f);
            straight += angle == 0 ? 1 : 0;
        }
        assertThat(straight / (double) DRAWS).isCloseTo(0.5, within(0.03));
    }
}
