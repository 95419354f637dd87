/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;

/** What an object of the category usually does that does about what the estimate says. */
final class Habit {

    private Habit() {}

    /**
     * The named pose of the category with the least sum of turns from the given one, or the mean of
     * all parameters when that is nearer. A bird's legs hang when it stands, and are drawn in when
     * it flies: deviations are small about either, and large about their mean.
     *
     * @param pose {@code float[P]}, radians
     * @return {@code float[P]}, radians
     */
    static float[] nextTo(float[] pose, CategoryModel category) {
        List<PoseParameter> parameters = category.poseParameters();
        float[] nearest = new float[pose.length];
        for (int p = 0; p < pose.length; p++) {
            nearest[p] = parameters.get(p).mean();
        }
        double least = distance(pose, nearest);
        for (NamedPose named : category.poses()) {
            double distance = distance(pose, named.values());
            if (distance < least) {
                least = distance;
                nearest = named.values().clone();
            }
        }
        return nearest;
    }

    private static double distance(float[] pose, float[] other) {
        double sum = 0;
        for (int p = 0; p < pose.length; p++) {
            sum += Math.abs(pose[p] - other[p]);
        }
        return sum;
    }
}
