/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;

/**
 * Squares around objects, cut out by bilinear interpolation so that a gradient passes: rows and
 * columns are multiplied by a matrix each.
 */
final class CropWindows {

    private final NDArray rows;
    private final NDArray columns;

    private CropWindows(NDArray rows, NDArray columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Around the objects of mattes, as {@link CropRegion#around} has it; all of the picture where
     * there is none.
     *
     * @param mattes {@code float[N * side * side]}
     * @param out side of the crops
     */
    static CropWindows around(NDManager manager, float[] mattes, int side, int out) {
        List<CropRegion> regions = new ArrayList<>();
        int size = side * side;
        for (int at = 0; at < mattes.length; at += size) {
            regions.add(region(Arrays.copyOfRange(mattes, at, at + size), side));
        }
        float[] rows = new float[regions.size() * out * side];
        float[] columns = new float[rows.length];
        for (int n = 0; n < regions.size(); n++) {
            CropRegion region = regions.get(n);
            float scale = region.size() / out;
            for (int i = 0; i < out; i++) {
                float v = region.y() + (i + 0.5f) * scale - 0.5f;
                float u = region.x() + (i + 0.5f) * scale - 0.5f;
                for (int p = 0; p < side; p++) {
                    rows[(n * out + i) * side + p] = Math.max(0, 1 - Math.abs(v - p));
                    columns[(n * side + p) * out + i] = Math.max(0, 1 - Math.abs(u - p));
                }
            }
        }
        return new CropWindows(
                manager.create(rows, new Shape(regions.size(), 1, out, side)),
                manager.create(columns, new Shape(regions.size(), 1, side, out)));
    }

    private static CropRegion region(float[] matte, int side) {
        Plane plane = MainComponents.keep(new Plane(side, side, matte), SegmentedCrops.KEEP);
        for (float value : plane.values()) {
            if (value >= Matte.THRESHOLD) {
                return CropRegion.around(plane);
            }
        }
        return new CropRegion(0, 0, side);
    }

    /**
     * @param pictures {@code float[N, C, side, side]}
     * @return {@code float[N, C, out, out]}; 0 outside of the picture
     */
    NDArray of(NDArray pictures) {
        return rows.matMul(pictures).matMul(columns);
    }
}
