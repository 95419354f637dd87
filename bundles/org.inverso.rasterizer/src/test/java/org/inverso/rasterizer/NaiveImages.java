/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

/** Images in double precision; shapes as in {@code RasterImages}. */
final class NaiveImages {
    double[] color;
    double[] attributes;
    double[] depth;
    double[] softMask;
    int[] faceIndex;
    double[] barycentric;

    NaiveImages(int pixels, int attributeCount, boolean colored) {
        color = colored ? new double[3 * pixels] : null;
        attributes = attributeCount > 0 ? new double[attributeCount * pixels] : null;
        depth = new double[pixels];
        softMask = new double[pixels];
        faceIndex = new int[pixels];
        barycentric = new double[3 * pixels];
    }
}
