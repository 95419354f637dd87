/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;

/** The passes by sample and by face in plain Java, tile by tile on a pool of threads. */
public final class JvmRasterSession extends RasterPasses {
    private final TilePass tiles;
    private final Antialias antialias;
    private final SampleGradients sampleGradients;
    private final SurfaceBackward surfaceBackward;
    private final FaceBackward faceBackward;
    private final Together sampleBackward;

    public JvmRasterSession(
            WorkerPool pool, int[] faces, int vertexCount, RasterSettings settings) {
        super(pool, faces, vertexCount, settings, TilePass.TILE);
        int threads = pool.threads();
        tiles = new TilePass(frame, texture, threads);
        antialias = settings.antialias() ? new Antialias(frame, threads) : null;
        sampleGradients = new SampleGradients(frame, resolve);
        surfaceBackward = new SurfaceBackward(frame, sampleGradients, texture, threads);
        sampleBackward =
                new Together(
                        surfaceBackward,
                        surfaceBackward.count(),
                        sampleGradients.collecting,
                        frame.soft() ? sampleGradients.rows() : 0);
        faceBackward = new FaceBackward(frame, sampleGradients, surfaceBackward, corners, threads);
    }

    @Override
    protected float[] draw() {
        tiles.reserve(largestBin());
        run(tiles, tiles.count());
        if (antialias == null || frame.shaded == null) {
            return frame.shaded;
        }
        run(antialias.analysing, antialias.count());
        run(antialias.blending(), antialias.count());
        return antialias.blended;
    }

    @Override
    protected float[] gather(RasterUpstream upstream) {
        sampleGradients.bind(upstream);
        if (antialias != null && sampleGradients.color != null) {
            run(antialias.backward(sampleGradients.color), antialias.count());
            sampleGradients.blendedColor = sampleGradients.color;
            sampleGradients.color = antialias.gradient;
        }
        surfaceBackward.bind();
        faceBackward.bind();
        // Also without gradients to take, so that the lights' are those of this pass.
        run(sampleBackward, sampleBackward.count());
        run(faceBackward, faceBackward.count());
        return sampleGradients.color == null ? null : surfaceBackward.albedo;
    }

    @Override
    protected LightGradients lightGradients() {
        return surfaceBackward.lightGradients();
    }
}
