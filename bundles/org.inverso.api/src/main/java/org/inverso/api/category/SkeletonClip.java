/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;

/**
 * An animation of a template's skeleton; the values between the keys are interpolated linearly,
 * rotations spherically.
 *
 * @param name for example {@code walk}
 */
public record SkeletonClip(String name, List<Track> tracks) {

    public SkeletonClip {
        tracks = List.copyOf(tracks);
    }

    /** What a track moves. */
    public enum Motion {
        /** Unit quaternions x, y, z, w: the joint's rotation against its parent. */
        ROTATION(4),

        /** Metres by which the joint leaves its rest position, in the frame of its parent. */
        TRANSLATION(3);

        private final int components;

        Motion(int components) {
            this.components = components;
        }

        /** Numbers of one key. */
        public int components() {
            return components;
        }
    }

    /**
     * Keys of one joint. Arrays are shared and not to be modified.
     *
     * @param joint index of the joint
     * @param times seconds from 0 on, increasing, {@code float[N]}
     * @param values {@code float[N*components]}
     */
    public record Track(int joint, Motion motion, float[] times, float[] values) {}
}
