/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured together.
 *
 * @param size side of the square images, pixels
 * @param faces of the sphere
 * @param batch views in one pass
 */
record Load(int size, int faces, int batch) {
    private static final int[] SIZES = {64, 128, 256, 512, 1024};
    private static final int[] FACES = {320, 1280, 5120, 20480, 81920};
    private static final int[] BATCHES = {2, 4, 8, 16};

    /** The two that are known of PyTorch3D. */
    static List<Load> quick() {
        return List.of(new Load(256, 1280, 1), new Load(128, 1280, 1));
    }

    /** All sizes with all numbers of faces, and both quick ones in batches. */
    static List<Load> all() {
        List<Load> loads = new ArrayList<>();
        for (int size : SIZES) {
            for (int faces : FACES) {
                loads.add(new Load(size, faces, 1));
            }
        }
        for (Load quick : quick()) {
            for (int batch : BATCHES) {
                loads.add(new Load(quick.size, quick.faces, batch));
            }
        }
        return loads;
    }
}
