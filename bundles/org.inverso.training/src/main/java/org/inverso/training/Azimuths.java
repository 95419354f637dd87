/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;

/** Statistics of angles, degrees (Mardia and Jupp 2000, Directional Statistics, section 2.3). */
final class Azimuths {

    /** Bins of the circle; bin b is centred on {@code b * 360 / BINS}. */
    static final int BINS = 12;

    private Azimuths() {}

    /** Difference, 0 to 180. */
    static double distance(double a, double b) {
        return Math.abs(Math.IEEEremainder(a - b, 360));
    }

    /** Direction of the mean vector, -180 to 180. */
    static double mean(List<Double> angles) {
        double[] sum = sum(angles);
        return Math.toDegrees(Math.atan2(sum[1], sum[0]));
    }

    /** Circular standard deviation {@code sqrt(-2 ln R)}, R the length of the mean vector. */
    static double deviation(List<Double> angles) {
        double[] sum = sum(angles);
        double r = Math.min(1, Math.hypot(sum[0], sum[1]) / angles.size());
        return Math.toDegrees(Math.sqrt(-2 * Math.log(Math.max(r, 1e-12))));
    }

    private static double[] sum(List<Double> angles) {
        double x = 0;
        double y = 0;
        for (double angle : angles) {
            x += Math.cos(Math.toRadians(angle));
            y += Math.sin(Math.toRadians(angle));
        }
        return new double[] {x, y};
    }

    static int bin(double angle) {
        return Math.floorMod((int) Math.rint(angle * BINS / 360), BINS);
    }
}
