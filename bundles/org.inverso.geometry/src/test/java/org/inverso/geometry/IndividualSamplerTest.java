/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class IndividualSamplerTest {

    private static final int DRAWS = 6000;

    /** Small ones sit and are red or white; large ones are as they like. */
    private final CategoryModel category = new TwoBuilds();

    @Test
    void poseAndCoatsSuitTheBuild() {
        IndividualSampler sampler = new IndividualSampler(category, 0);
        SplittableRandom random = new SplittableRandom(1);
        int sitting = 0;
        int large = 0;
        for (int i = 0; i < DRAWS; i++) {
            Individual one = sampler.sample(random);
            if (one.shape()[0] < 0) {
                assertThat(one.pose()[0]).isCloseTo(-0.5f, within(1e-6f));
                assertThat(one.coats()).containsExactly("red", "white");
            } else {
                large++;
                sitting += one.pose()[0] < 0 ? 1 : 0;
                assertThat(one.coats()).isEmpty();
            }
        }
        assertThat(large / (double) DRAWS).isCloseTo(0.6, within(0.03));
        assertThat(sitting / (double) large).as("any pose, by weight").isCloseTo(0.1, within(0.02));
    }

    @Test
    void someAreFreeEachForItself() {
        IndividualSampler sampler = new IndividualSampler(category, 0.25);
        SplittableRandom random = new SplittableRandom(2);
        int freePose = 0;
        int freeCoat = 0;
        int both = 0;
        for (int i = 0; i < DRAWS; i++) {
            Individual one = sampler.sample(0, random);
            assertThat(one.shape()[0]).isLessThan(0);
            boolean standing = one.pose()[0] > 0;
            freePose += standing ? 1 : 0;
            freeCoat += one.coats().isEmpty() ? 1 : 0;
            both += standing && one.coats().isEmpty() ? 1 : 0;
        }
        // One in ten of the free ones sits as well.
        assertThat(freePose / (double) DRAWS).isCloseTo(0.25 * 0.9, within(0.02));
        assertThat(freeCoat / (double) DRAWS).isCloseTo(0.25, within(0.02));
        assertThat(both / (double) DRAWS).isCloseTo(0.25 * 0.25 * 0.9, within(0.015));
    }

    @Test
    void theSameSeedGivesTheSameIndividual() {
        IndividualSampler sampler = new IndividualSampler(category, 0.25);
        Individual once = sampler.sample(new SplittableRandom(3));
        Individual again = sampler.sample(new SplittableRandom(3));
        assertThat(again.shape()).containsExactly(once.shape());
        assertThat(again.pose()).containsExactly(once.pose());
        assertThat(again.coats()).isEqualTo(once.coats());
    }

    private static final class TwoBuilds implements CategoryModel {

        @Override
        public ShapePrior shapePrior() {
            float[] none = {0};
            return new ShapePrior(
                    List.of(
                            new ShapePrior.Component(
                                    "small",
                                    0.4,
                                    new float[] {-4},
                                    none,
                                    List.of(),
                                    List.of("sitting"),
                                    List.of("red", "white")),
                            new ShapePrior.Component(
                                    "large", 0.6, new float[] {4}, none, List.of())),
                    new float[] {-5},
                    new float[] {5});
        }

        @Override
        public List<PoseParameter> poseParameters() {
            return List.of(
                    new PoseParameter(
                            "bend",
                            -1,
                            1,
                            0,
                            0,
                            new Vector3f(0, 1, 0),
                            List.of(new PoseParameter.JointShare("joint", 1))));
        }

        @Override
        public List<NamedPose> poses() {
            return List.of(
                    new NamedPose("sitting", 0.1, new float[] {-0.5f}),
                    new NamedPose("standing", 0.9, new float[] {0.5f}));
        }

        @Override
        public String id() {
            return "two";
        }

        @Override
        public String label() {
            return "Two";
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public String sha256() {
            return "";
        }

        @Override
        public TemplateMesh template() {
            throw new UnsupportedOperationException("samples are drawn from the priors alone");
        }

        @Override
        public List<String> clips() {
            return List.of();
        }

        @Override
        public Set<String> weightNames() {
            return Set.of();
        }

        @Override
        public byte[] weights(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
