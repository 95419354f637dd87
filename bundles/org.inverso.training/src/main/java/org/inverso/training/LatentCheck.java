/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.training.gan.SampleSheet;

/** Looks now and then at what a latent encoder makes of examples that nothing learned from. */
final class LatentCheck {

    private static final int EVERY = 100;
    private static final int MOST = 64;
    private static final int SHOWN = 20;
    private static final int COLUMNS = 10;

    private final NDManager manager;
    private final GeneratedCrops crops;
    private final StyleStudio studio;
    private final List<RendererExample> heldOut;
    private Map<String, Double> last = Map.of();

    LatentCheck(
            NDManager manager,
            GeneratedCrops crops,
            StyleStudio studio,
            List<RendererExample> heldOut) {
        this.manager = manager;
        this.crops = crops;
        this.studio = studio;
        this.heldOut = List.copyOf(heldOut.subList(0, Math.min(MOST, heldOut.size())));
    }

    /**
     * What was seen last: {@code heldOutWError}, the squared distance to the true w+, which is
     * about 1 for the mean of w, and {@code heldOutAzimuthDeg}, the median difference to what the
     * supervised networks see.
     *
     * @param steps that were done
     */
    Map<String, Double> after(long steps, LatentNetworks networks) {
        if (steps % EVERY == 0) {
            last = look(networks);
        }
        return last;
    }

    /** In pairs, a picture and what the generator draws from the w+ that is seen in it. */
    void write(LatentNetworks networks, Path png) throws IOException {
        List<RendererExample> shown = heldOut.subList(0, Math.min(SHOWN, heldOut.size()));
        float[] wPlus;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray seen = crops.of(scratch, shown).forEncoder();
            wPlus = networks.encoder().forward(seen).toFloatArray();
        }
        int wSize = wPlus.length / shown.size() / studio.layers();
        float[] drawn =
                studio.pictures(
                        shown.size(),
                        (n, l) -> {
                            int at = (n * studio.layers() + l) * wSize;
                            return Arrays.copyOfRange(wPlus, at, at + wSize);
                        });
        int size = drawn.length / shown.size();
        float[] sheet = new float[2 * drawn.length];
        for (int n = 0; n < shown.size(); n++) {
            System.arraycopy(shown.get(n).picture(), 0, sheet, 2 * n * size, size);
            System.arraycopy(drawn, n * size, sheet, (2 * n + 1) * size, size);
        }
        SampleSheet.write(png, sheet, studio.resolution(), COLUMNS);
    }

    private Map<String, Double> look(LatentNetworks networks) {
        try (NDManager scratch = manager.newSubManager()) {
            GeneratedCrops.Crops seen = crops.of(scratch, heldOut);
            NDArray standard =
                    networks.encoder().standard(networks.encoder().features(seen.forEncoder()));
            double apart =
                    standard.sub(networks.units().standard(seen.wPlus()))
                            .square()
                            .mean()
                            .getFloat();
            SceneNetwork.Heads heads =
                    networks.scene().forward(networks.units().wPlus(standard), 1);
            return Map.of("heldOutWError", apart, "heldOutAzimuthDeg", azimuthError(heads));
        }
    }

    private double azimuthError(SceneNetwork.Heads heads) {
        int bins = SceneNetwork.BINS;
        float[] offsets = heads.azimuthOffset().toFloatArray();
        long[] best = heads.azimuth().argMax(1).toLongArray();
        double[] errors = new double[best.length];
        for (int n = 0; n < errors.length; n++) {
            double bin = best[n] + (double) offsets[n * bins + (int) best[n]];
            double azimuth = bin * 360 / bins;
            errors[n] = Math.abs(Math.IEEEremainder(azimuth - heldOut.get(n).azimuthDeg(), 360));
        }
        Arrays.sort(errors);
        return errors[errors.length / 2];
    }
}
