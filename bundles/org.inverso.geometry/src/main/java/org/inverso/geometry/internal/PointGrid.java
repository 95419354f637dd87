/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Points in space that are the same when they are closer than a tolerance. Each distinct point has
 * the number of its first appearance.
 */
public final class PointGrid {

    private final double tolerance;
    private final double cell;
    private final Map<Cell, int[]> cells = new HashMap<>();
    private double[] points = new double[3 * 64];
    private int count;

    private record Cell(long x, long y, long z) {}

    public PointGrid(double tolerance) {
        this.tolerance = tolerance;
        this.cell = 4 * tolerance;
    }

    public int count() {
        return count;
    }

    public double coordinate(int point, int axis) {
        return points[3 * point + axis];
    }

    /** Number of the point at this place, a new one when there is none yet. */
    public int add(double x, double y, double z) {
        int found = find(x, y, z);
        if (found >= 0) {
            return found;
        }
        if (3 * count == points.length) {
            points = Arrays.copyOf(points, 2 * points.length);
        }
        points[3 * count] = x;
        points[3 * count + 1] = y;
        points[3 * count + 2] = z;
        cells.merge(
                cellOf(x, y, z),
                new int[] {count},
                (a, b) -> {
                    int[] both = Arrays.copyOf(a, a.length + 1);
                    both[a.length] = b[0];
                    return both;
                });
        return count++;
    }

    /** Number of the nearest point within the tolerance, or -1. */
    public int find(double x, double y, double z) {
        Cell low = cellOf(x - tolerance, y - tolerance, z - tolerance);
        Cell high = cellOf(x + tolerance, y + tolerance, z + tolerance);
        int best = -1;
        double bestDistance = tolerance * tolerance;
        for (long i = low.x; i <= high.x; i++) {
            for (long j = low.y; j <= high.y; j++) {
                for (long k = low.z; k <= high.z; k++) {
                    for (int p : cells.getOrDefault(new Cell(i, j, k), new int[0])) {
                        double dx = points[3 * p] - x;
                        double dy = points[3 * p + 1] - y;
                        double dz = points[3 * p + 2] - z;
                        double distance = dx * dx + dy * dy + dz * dz;
                        if (distance <= bestDistance) {
                            best = p;
                            bestDistance = distance;
                        }
                    }
                }
            }
        }
        return best;
    }

    private Cell cellOf(double x, double y, double z) {
        return new Cell(
                (long) Math.floor(x / cell),
                (long) Math.floor(y / cell),
                (long) Math.floor(z / cell));
    }
}
