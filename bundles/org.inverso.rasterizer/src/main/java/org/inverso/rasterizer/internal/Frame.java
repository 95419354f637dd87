/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings;

/**
 * What a forward pass finds out and the backward pass needs: projected vertices, faces' states and
 * boxes, bins, and the samples. One session's, allocated once; only bins grow.
 */
final class Frame {
    /** Not drawn: degenerate, not finite, behind the near plane, or culled. */
    static final byte HIDDEN = 0;

    /** Wholly in front of the near plane. */
    static final byte WHOLE = 1;

    /** Cut by the near plane. */
    static final byte CUT = 2;

    /** Beyond this, a face's share exp(-d^2 sigmaInv) is below 2.1e-9 and lost in a float. */
    private static final double NEGLIGIBLE = 20;

    /** Samples by which boxes are widened, so that rounding loses no sample on a border. */
    private static final double HAIR = 1e-3;

    final Topology topology;
    final RasterSettings settings;
    final SampleGrid grid;

    /** How far around its box a face counts for the soft mask, screen frame; 0 when off. */
    final float margin;

    RasterScene scene;

    /** {@code double[B*V*4]}, clip coordinates. */
    final double[] clip;

    /** {@code double[B*V]}, distance in front of the camera plane. */
    final double[] vertexDepth;

    /** {@code float[B*V]}, screen frame; defined for vertices of WHOLE faces only. */
    final float[] screenX;

    final float[] screenY;

    /** {@code float[B*V*3]}, unit; the scene's or area-weighted. Null without shading. */
    float[] normals;

    /** {@code byte[B*F]}. */
    final byte[] faceState;

    /** {@code boolean[B*F]}, whether a face that is not hidden is seen from its front. */
    final boolean[] front;

    /** {@code float[B*F*4]}, min x, min y, max x, max y of the visible part, screen frame. */
    final float[] faceBox;

    /** {@code int[B*tiles+1]}, where a tile's faces begin in {@link #binFaces}. */
    final int[] binStart;

    /** Faces whose box with margin meets the tile, ascending. */
    int[] binFaces = new int[0];

    /** {@code float[B*samples]}. */
    final float[] depth;

    /** {@code int[B*samples]}. */
    final int[] faceIndex;

    /** {@code float[B*samples*3]}. */
    final float[] barycentric;

    /** {@code float[B*samples]}. */
    final float[] softMask;

    /** {@code float[B*samples]}, product of 1 - A over the nearest faces; null when off. */
    final float[] miss;

    /** {@code float[B*samples]}, squared distance of the farthest face that counts. */
    final float[] farthest;

    /** {@code int[B*samples]}, that face: among equally far ones, higher indices do not count. */
    final int[] farthestFace;

    /** {@code float[B*samples*C]}, null without attributes. */
    float[] attributes;

    /** {@code float[B*samples*3]}, before antialiasing; null without albedo. */
    float[] shaded;

    /** {@code float[B*samples]}, mip level with fraction; null without mip levels. */
    float[] level;

    /** Number of mip levels. */
    int levels;

    /** {@code double[B*3]}, where the camera is, object frame; with PHONG only. */
    final double[] eye;

    Frame(Topology topology, RasterSettings settings) {
        this.topology = topology;
        this.settings = settings;
        grid = new SampleGrid(settings);
        int vertices = Math.multiplyExact(grid.views, topology.vertexCount);
        int faces = Math.multiplyExact(grid.views, topology.faceCount);
        int samples = Math.multiplyExact(grid.views, grid.samples);
        double sigma = settings.sigmaInv();
        margin =
                sigma == 0 ? 0 : (float) Math.min(settings.boxLen(), Math.sqrt(NEGLIGIBLE / sigma));
        clip = new double[4 * vertices];
        vertexDepth = new double[vertices];
        eye = new double[3 * grid.views];
        screenX = new float[vertices];
        screenY = new float[vertices];
        faceState = new byte[faces];
        front = new boolean[faces];
        faceBox = new float[4 * faces];
        binStart = new int[grid.views * grid.tiles + 1];
        depth = new float[samples];
        faceIndex = new int[samples];
        barycentric = new float[3 * samples];
        softMask = new float[samples];
        boolean soft = sigma > 0;
        miss = soft ? new float[samples] : null;
        farthest = soft ? new float[samples] : null;
        farthestFace = soft ? new int[samples] : null;
    }

    boolean soft() {
        return miss != null;
    }

    /** First column that a face's box, widened by a margin, can touch; i among all views' faces. */
    int firstColumn(int i, float by) {
        return Math.max(0, (int) (grid.column(faceBox[4 * i] - by) - HAIR));
    }

    int lastColumn(int i, float by) {
        return Math.min(grid.width - 1, (int) (grid.column(faceBox[4 * i + 2] + by) + HAIR));
    }

    int firstRow(int i, float by) {
        return Math.max(0, (int) (grid.row(faceBox[4 * i + 3] + by) - HAIR));
    }

    int lastRow(int i, float by) {
        return Math.min(grid.height - 1, (int) (grid.row(faceBox[4 * i + 1] - by) + HAIR));
    }

    /** Whether a face's box with margin holds a point of the screen; i among all views' faces. */
    boolean inReach(int i, float x, float y) {
        float dx = Math.max(faceBox[4 * i] - x, x - faceBox[4 * i + 2]);
        float dy = Math.max(faceBox[4 * i + 1] - y, y - faceBox[4 * i + 3]);
        return Math.max(dx, dy) <= margin;
    }
}
