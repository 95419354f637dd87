/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.NamedPose;
import org.inverso.api.scene.SceneEstimate;

/**
 * What may be seen on the photo.
 *
 * @param estimate where the descent starts
 * @param evidence for it before any rendering, a log-likelihood in nats
 * @param colours the hypothesis whose colours count, by its place among all. Of two poses under the
 *     same camera, the outline tells more.
 */
record Hypothesis(SceneEstimate estimate, double evidence, int colours) {

    /** Share of the objects from which on a pose is tried, whatever the network says. */
    private static final double COMMON = 0.1;

    /** Radians; a joint that turns by less finds its way in the descent. */
    private static final float ELSEWHERE = 0.7f;

    /**
     * By how much a common pose is likelier than the one that the network sees, in nats: so that it
     * wins where both fit.
     */
    private static final double PREFERENCE = 0.25;

    /**
     * Those of the network, and the likeliest of them in the common poses that differ from its own.
     * A perched bird whose thin legs are missing in the matte looks like one that flies by.
     */
    static List<Hypothesis> of(List<SceneEstimate> estimates, CategoryModel category) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (SceneEstimate estimate : estimates) {
            hypotheses.add(
                    new Hypothesis(
                            estimate,
                            Math.log(Math.max(1e-4, estimate.score())),
                            hypotheses.size()));
        }
        Hypothesis likeliest =
                hypotheses.stream()
                        .max(Comparator.comparingDouble(Hypothesis::evidence))
                        .orElseThrow();
        for (NamedPose pose : category.poses()) {
            if (pose.weight() >= COMMON && differs(pose.values(), likeliest.estimate.pose())) {
                hypotheses.add(
                        new Hypothesis(
                                posed(likeliest.estimate, pose.values().clone()),
                                likeliest.evidence + PREFERENCE,
                                likeliest.colours));
            }
        }
        return hypotheses;
    }

    Hypothesis from(SceneEstimate other) {
        return new Hypothesis(other, evidence, colours);
    }

    private static boolean differs(float[] pose, float[] other) {
        for (int p = 0; p < pose.length; p++) {
            if (Math.abs(pose[p] - other[p]) >= ELSEWHERE) {
                return true;
            }
        }
        return false;
    }

    private static SceneEstimate posed(SceneEstimate estimate, float[] pose) {
        return new SceneEstimate(
                estimate.camera(),
                estimate.shape(),
                pose,
                estimate.vertexOffsets(),
                estimate.texture(),
                estimate.lighting(),
                estimate.background(),
                estimate.score());
    }
}
