/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

/**
 * Faces' boxes side by side, as centres and half sizes, for distances without branches that the
 * compiler turns into vector code. Distances are rounded: exact comparisons with the margin are
 * {@link Frame#inReach}'s.
 */
final class BoxList {
    int count;
    int[] face = new int[0];

    /** Where the face's outline is, see {@link Outline}. */
    int[] outline = new int[0];

    private float[] centreX = new float[0];
    private float[] centreY = new float[0];
    private float[] halfX = new float[0];
    private float[] halfY = new float[0];

    /** Result of {@link #measure}: squared distances. */
    float[] distance = new float[0];

    void clear(int capacity) {
        count = 0;
        if (face.length >= capacity) {
            return;
        }
        int n = capacity + capacity / 4;
        face = new int[n];
        outline = new int[n];
        centreX = new float[n];
        centreY = new float[n];
        halfX = new float[n];
        halfY = new float[n];
        distance = new float[n];
    }

    void add(int f, int outlineAt, float[] box, int at) {
        face[count] = f;
        outline[count] = outlineAt;
        centreX[count] = 0.5f * (box[at] + box[at + 2]);
        centreY[count] = 0.5f * (box[at + 1] + box[at + 3]);
        halfX[count] = 0.5f * (box[at + 2] - box[at]);
        halfY[count++] = 0.5f * (box[at + 3] - box[at + 1]);
    }

    void add(BoxList from, int i) {
        face[count] = from.face[i];
        outline[count] = from.outline[i];
        centreX[count] = from.centreX[i];
        centreY[count] = from.centreY[i];
        halfX[count] = from.halfX[i];
        halfY[count++] = from.halfY[i];
    }

    /** Squared distances of all boxes from the box of this centre and these half sizes. */
    void measure(float x, float y, float wide, float high) {
        float[] cx = centreX;
        float[] cy = centreY;
        float[] hx = halfX;
        float[] hy = halfY;
        float[] dest = distance;
        int n = count;
        for (int i = 0; i < n; i++) {
            float dx = Math.abs(cx[i] - x) - hx[i] - wide;
            float dy = Math.abs(cy[i] - y) - hy[i] - high;
            // Twice what is positive of dx and dy.
            dx += Math.abs(dx);
            dy += Math.abs(dy);
            dest[i] = 0.25f * (dx * dx + dy * dy);
        }
    }
}
