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
public final class Frame {
    /** Not drawn: degenerate, not finite, behind the near plane, or culled. */
    public static final byte HIDDEN = 0;

    /** Wholly in front of the near plane. */
    public static final byte WHOLE = 1;

    /** Cut by the near plane. */
    public static final byte CUT = 2;

    /** Of a face that is hidden or out of the picture. */
    static final long NO_TILES = -1;

    /** Beyond this, a face's share exp(-d^2 sigmaInv) is below 2.1e-9 and lost in a float. */
    private static final double NEGLIGIBLE = 20;

    /** Samples by which boxes are widened, so that rounding loses no sample on a border. */
    private static final double HAIR = 1e-3;

    public final Topology topology;
    public final RasterSettings settings;
    public final SampleGrid grid;

    /** How far around its box a face counts for the soft mask, screen frame; 0 when off. */
    public final float margin;

    public RasterScene scene;

    /** {@code double[B*V*4]}, clip coordinates. */
    public final double[] clip;

    /** {@code double[B*V]}, distance in front of the camera plane. */
    public final double[] vertexDepth;

    /** {@code float[B*V]}, screen frame; defined for vertices of WHOLE faces only. */
    public final float[] screenX;

    public final float[] screenY;

    /** {@code float[B*V*3]}, unit; the scene's or area-weighted. Null without shading. */
    public float[] normals;

    /** {@code byte[B*F]}. */
    public final byte[] faceState;

    /** {@code boolean[B*F]}, whether a face that is not hidden is seen from its front. */
    public final boolean[] front;

    /** {@code boolean[B*F]}, whether the face is the nearest one of some sample. */
    final boolean[] visible;

    /** {@code float[B*F*4]}, min x, min y, max x, max y of the visible part, screen frame. */
    public final float[] faceBox;

    /**
     * {@code long[B*F]}, tiles that a face's box with margin meets: first and last column, first
     * and last row, 16 bits each; or {@link #NO_TILES}.
     */
    final long[] faceTiles;

    /** {@code int[B*tiles+1]}, where a tile's faces begin in {@link #binFaces}. */
    public final int[] binStart;

    /** Faces whose box with margin meets the tile, ascending. */
    public int[] binFaces = new int[0];

    /** {@code float[B*samples]}. */
    public final float[] depth;

    /** {@code int[B*samples]}. */
    public final int[] faceIndex;

    /** {@code float[B*samples*3]}. */
    public final float[] barycentric;

    /** {@code float[B*samples]}. */
    public final float[] softMask;

    /** {@code float[B*samples]}, product of 1 - A over the nearest faces; null when off. */
    public final float[] miss;

    /** {@code float[B*samples]}, squared distance of the farthest face that counts. */
    public final float[] farthest;

    /** {@code int[B*samples]}, that face: among equally far ones, higher indices do not count. */
    public final int[] farthestFace;

    /** {@code float[B*samples*C]}, null without attributes. */
    public float[] attributes;

    /** {@code float[B*samples*3]}, before antialiasing; null without albedo. */
    public float[] shaded;

    /** {@code float[B*samples]}, mip level with fraction; null without mip levels. */
    public float[] level;

    /** Number of mip levels. */
    public int levels;

    /** {@code double[B*3]}, where the camera is, object frame; with PHONG only. */
    public final double[] eye;

    /**
     * @param tile side of the square tiles that faces are sorted into, samples
     */
    public Frame(Topology topology, RasterSettings settings, int tile) {
        this.topology = topology;
        this.settings = settings;
        grid = new SampleGrid(settings, tile);
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
        visible = new boolean[faces];
        faceBox = new float[4 * faces];
        faceTiles = new long[faces];
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

    /** The value of {@link #faceTiles}; i among all views' faces, not a hidden one. */
    long tilesOf(int i) {
        int left = firstColumn(i, margin);
        int right = lastColumn(i, margin);
        int top = firstRow(i, margin);
        int bottom = lastRow(i, margin);
        if (left > right || top > bottom) {
            return NO_TILES;
        }
        long columns = (long) (left / grid.tile) << 16 | right / grid.tile;
        return columns << 32 | (long) (top / grid.tile) << 16 | bottom / grid.tile;
    }

    /** The upper left one of a face's tiles, of which there must be some; i among all views'. */
    int firstTile(int i) {
        long tiles = faceTiles[i];
        return ((int) (tiles >>> 16) & 0xffff) * grid.tilesX + (int) (tiles >>> 48);
    }

    public boolean soft() {
        return miss != null;
    }

    /** First column that a face's box, widened by a margin, can touch; i among all views' faces. */
    public int firstColumn(int i, float by) {
        return Math.max(0, (int) (grid.column(faceBox[4 * i] - by) - HAIR));
    }

    public int lastColumn(int i, float by) {
        return Math.min(grid.width - 1, (int) (grid.column(faceBox[4 * i + 2] + by) + HAIR));
    }

    public int firstRow(int i, float by) {
        return Math.max(0, (int) (grid.row(faceBox[4 * i + 3] + by) - HAIR));
    }

    public int lastRow(int i, float by) {
        return Math.min(grid.height - 1, (int) (grid.row(faceBox[4 * i + 1] - by) + HAIR));
    }
}
