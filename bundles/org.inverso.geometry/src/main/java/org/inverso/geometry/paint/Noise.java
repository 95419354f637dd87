/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.paint;

import java.util.SplittableRandom;

/** Smooth random functions of a place in space, with a unit lattice. */
final class Noise {

    private static final int OCTAVES = 3;

    private final int seed;

    Noise(SplittableRandom random) {
        this.seed = random.nextInt();
    }

    /** About -1 to 1, mostly near 0; details down to an eighth of the lattice. */
    float fractal(float x, float y, float z) {
        float sum = 0;
        float scale = 1;
        float weight = 1;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += weight * value(scale * x, scale * y, scale * z, octave);
            scale *= 2;
            weight /= 2;
        }
        return sum;
    }

    private float value(float x, float y, float z, int octave) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        int iz = (int) Math.floor(z);
        float fx = fade(x - ix);
        float fy = fade(y - iy);
        float fz = fade(z - iz);
        float sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int dx = corner & 1;
            int dy = corner >> 1 & 1;
            int dz = corner >> 2;
            float weight =
                    (dx == 0 ? 1 - fx : fx) * (dy == 0 ? 1 - fy : fy) * (dz == 0 ? 1 - fz : fz);
            sum += weight * (2 * unit(ix + dx, iy + dy, iz + dz, octave) - 1);
        }
        return sum;
    }

    private static float fade(float t) {
        return t * t * (3 - 2 * t);
    }

    /** Distance to the nearest of random points, one in each cell of the lattice (Worley 1996). */
    float cells(float x, float y, float z) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        int iz = (int) Math.floor(z);
        float nearest = Float.MAX_VALUE;
        for (int cell = 0; cell < 27; cell++) {
            int cx = ix + cell % 3 - 1;
            int cy = iy + cell / 3 % 3 - 1;
            int cz = iz + cell / 9 - 1;
            float dx = cx + unit(cx, cy, cz, 5) - x;
            float dy = cy + unit(cx, cy, cz, 6) - y;
            float dz = cz + unit(cx, cy, cz, 7) - z;
            nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz);
        }
        return (float) Math.sqrt(nearest);
    }

    /** 0 to 1, the same for the same place. */
    private float unit(int x, int y, int z, int channel) {
        int h = seed ^ x * 0x8da6b343 ^ y * 0xd8163841 ^ z * 0xcb1ab31f ^ channel * 0x9e3779b9;
        h = (h ^ h >>> 16) * 0x7feb352d;
        h = (h ^ h >>> 15) * 0x846ca68b;
        return ((h ^ h >>> 16) >>> 8) / (float) (1 << 24);
    }
}
