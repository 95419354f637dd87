/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.ShapePrior;

/**
 * Draws whole objects of a category: a build, and a pose and coats that suit it where the build
 * names some, so that penguins stand upright and zebras are striped.
 */
public final class IndividualSampler {

    private final List<ShapePrior.Component> builds;
    private final ShapeSampler shapes;
    private final PoseSampler poses;
    private final double freeShare;

    /**
     * @param freeShare of the objects whose pose is any of the category's, whatever their build
     *     names, and of those whose coat is; networks that learn from some of these do not take one
     *     thing for the sign of another
     */
    public IndividualSampler(CategoryModel category, double freeShare) {
        this.builds = category.shapePrior().components();
        this.shapes = new ShapeSampler(category.shapePrior());
        this.poses = new PoseSampler(category);
        this.freeShare = freeShare;
    }

    public Individual sample(SplittableRandom random) {
        return sample(shapes.component(random), random);
    }

    /**
     * @param build index of the prior's component that the object is of
     */
    public Individual sample(int build, SplittableRandom random) {
        float[] shape = shapes.sample(build, random);
        List<String> suitable = suitable(builds.get(build).poses(), random);
        float[] pose = suitable.isEmpty() ? poses.sample(random) : poses.sample(suitable, random);
        return new Individual(shape, pose, suitable(builds.get(build).coats(), random));
    }

    private List<String> suitable(List<String> named, SplittableRandom random) {
        return named.isEmpty() || random.nextDouble() < freeShare ? List.of() : named;
    }
}
