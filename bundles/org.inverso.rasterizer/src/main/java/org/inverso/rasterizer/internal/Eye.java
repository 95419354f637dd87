/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.joml.Matrix3d;
import org.joml.Vector3d;

/** Where the camera of a view matrix [R t] is in the object frame: e = -R^-1 t. */
public final class Eye {
    private final Matrix3d inverse = new Matrix3d();
    private final Vector3d eye = new Vector3d();
    private final Vector3d gradient = new Vector3d();

    private void load(float[] view, int at) {
        inverse.set(
                        view[at],
                        view[at + 1],
                        view[at + 2],
                        view[at + 4],
                        view[at + 5],
                        view[at + 6],
                        view[at + 8],
                        view[at + 9],
                        view[at + 10])
                .invert();
        inverse.transform(eye.set(-view[at + 12], -view[at + 13], -view[at + 14]));
    }

    public void forward(float[] view, int index, double[] dest) {
        load(view, 16 * index);
        dest[3 * index] = eye.x;
        dest[3 * index + 1] = eye.y;
        dest[3 * index + 2] = eye.z;
    }

    /**
     * Adds the eye's gradient to the view's: de = -R^-1 (dt + dR e).
     *
     * @param dest {@code float[B*16]}
     */
    public void backward(float[] view, int index, double gx, double gy, double gz, float[] dest) {
        int at = 16 * index;
        load(view, at);
        inverse.transformTranspose(gradient.set(-gx, -gy, -gz));
        for (int r = 0; r < 3; r++) {
            double g = gradient.get(r);
            dest[at + r] += (float) (g * eye.x);
            dest[at + 4 + r] += (float) (g * eye.y);
            dest[at + 8 + r] += (float) (g * eye.z);
            dest[at + 12 + r] += (float) g;
        }
    }
}
