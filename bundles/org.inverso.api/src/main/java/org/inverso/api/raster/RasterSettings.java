/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

import java.util.function.Consumer;

/**
 * How to render. Names and defaults as in Kaolin's DIB-R where they mean the same.
 *
 * @param width of the images, pixels
 * @param height of the images, pixels
 * @param batch number of views rendered in one pass, B
 * @param sigmaInv sharpness of the soft mask: a pixel at distance d (NDC, where the image is 2
 *     wide; for non-square images, in units of half the height) from a face gets exp(-d^2 *
 *     sigmaInv) from it; 0 switches the soft mask off (it is then the hard coverage)
 * @param boxLen how far from a face's bounding box, NDC, the face still counts for the soft mask.
 *     The contribution that is cut off is below exp(-boxLen^2 * sigmaInv).
 * @param knum largest number of faces, the nearest ones, that count for a pixel's soft mask
 * @param cullBackFaces whether faces that are clockwise on screen are invisible, for the soft mask
 *     too
 * @param antialias whether colour is blended where one face's silhouette crosses between two
 *     pixels, which gives gradients at occlusions within the object too (Laine et al. 2020, arXiv
 *     2011.03277)
 * @param supersampling 1 for one sample a pixel, n for n x n samples that are averaged
 */
public record RasterSettings(
        int width,
        int height,
        int batch,
        float sigmaInv,
        float boxLen,
        int knum,
        boolean cullBackFaces,
        boolean antialias,
        int supersampling,
        Shading shading) {

    /** How light enters colour. */
    public enum Shading {
        /** Albedo as it is. */
        NONE,
        /** One directional light and ambient light. */
        LAMBERT,
        /** Lambert and a highlight about the mirror direction. */
        PHONG,
        /** Nine spherical harmonics a channel, see {@link org.inverso.api.scene.ShLighting}. */
        SPHERICAL_HARMONICS
    }

    public RasterSettings {
        if (width < 1 || height < 1 || batch < 1 || knum < 1 || supersampling < 1) {
            throw new IllegalArgumentException(
                    "width, height, batch, knum and supersampling must be positive");
        }
        if (!(sigmaInv >= 0) || !(boxLen >= 0)) {
            throw new IllegalArgumentException("sigmaInv and boxLen must not be negative");
        }
    }

    /** One square view without shading, with DIB-R's soft mask. */
    public static RasterSettings of(int size) {
        return new RasterSettings(size, size, 1, 7000, 0.05f, 30, false, false, 1, Shading.NONE);
    }

    /** Images of another size, pixels. */
    public RasterSettings withSize(int w, int h) {
        return with(
                draft -> {
                    draft.width = w;
                    draft.height = h;
                });
    }

    /** Another number of views. */
    public RasterSettings withBatch(int views) {
        return with(draft -> draft.batch = views);
    }

    /** Another soft mask; a sharpness of 0 switches it off. */
    public RasterSettings withSoftMask(float newSigmaInv, float newBoxLen, int newKnum) {
        return with(
                draft -> {
                    draft.sigmaInv = newSigmaInv;
                    draft.boxLen = newBoxLen;
                    draft.knum = newKnum;
                });
    }

    /** With clockwise faces invisible, or not. */
    public RasterSettings withCullBackFaces(boolean cull) {
        return with(draft -> draft.cullBackFaces = cull);
    }

    /** With colour blended across silhouettes, or not. */
    public RasterSettings withAntialias(boolean on) {
        return with(draft -> draft.antialias = on);
    }

    /** Another number of samples a pixel, n x n. */
    public RasterSettings withSupersampling(int n) {
        return with(draft -> draft.supersampling = n);
    }

    /** Another kind of light. */
    public RasterSettings withShading(Shading newShading) {
        return with(draft -> draft.shading = newShading);
    }

    private RasterSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings that can be changed one at a time. */
    private static final class Draft {
        private int width;
        private int height;
        private int batch;
        private float sigmaInv;
        private float boxLen;
        private int knum;
        private boolean cullBackFaces;
        private boolean antialias;
        private int supersampling;
        private Shading shading;

        Draft(RasterSettings from) {
            width = from.width;
            height = from.height;
            batch = from.batch;
            sigmaInv = from.sigmaInv;
            boxLen = from.boxLen;
            knum = from.knum;
            cullBackFaces = from.cullBackFaces;
            antialias = from.antialias;
            supersampling = from.supersampling;
            shading = from.shading;
        }

        RasterSettings settings() {
            return new RasterSettings(
                    width,
                    height,
                    batch,
                    sigmaInv,
                    boxLen,
                    knum,
                    cullBackFaces,
                    antialias,
                    supersampling,
                    shading);
        }
    }
}
