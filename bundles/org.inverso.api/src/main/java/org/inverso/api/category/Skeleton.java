/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;
import org.joml.Vector3fc;

/**
 * Joints of a template in a tree. At rest the axes of all joints are those of the object, so that a
 * joint's rest position says all about it.
 *
 * @param joints the root first, parents before their children
 */
public record Skeleton(List<Joint> joints) {

    /**
     * @throws IllegalArgumentException when the first joint is not the only root, or a parent does
     *     not come before its child
     */
    public Skeleton {
        joints = List.copyOf(joints);
        for (int j = 0; j < joints.size(); j++) {
            int parent = joints.get(j).parent();
            if (j == 0 ? parent != Joint.ROOT : parent < 0 || parent >= j) {
                throw new IllegalArgumentException(
                        "joint " + joints.get(j).name() + " does not come after its parent");
            }
        }
    }

    /**
     * @param parent index of a joint, or {@link #ROOT}
     * @param rest position at rest, object frame, metres
     * @param shapeDeltas {@code float[K*3]}, how far the rest position moves by a unit of each
     *     shape target, object frame, metres
     */
    public record Joint(String name, int parent, Vector3fc rest, float[] shapeDeltas) {

        /** Parent of the root. */
        public static final int ROOT = -1;
    }

    /** J. */
    public int jointCount() {
        return joints.size();
    }

    /** Index of the joint of a name, or -1. */
    public int indexOf(String name) {
        for (int j = 0; j < joints.size(); j++) {
            if (joints.get(j).name().equals(name)) {
                return j;
            }
        }
        return -1;
    }
}
