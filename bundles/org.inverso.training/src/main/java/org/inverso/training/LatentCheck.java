/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.network.StyleUnits;

/** Looks now and then at what a latent encoder makes of examples that nothing learned from. */
final class LatentCheck {

    private static final int EVERY = 100;
    private static final int MOST = 64;

    private final NDManager manager;
    private final StyleUnits units;
    private final WPlusEncoderNetwork encoder;
    private final WPlusSceneNetwork scene;
    private final GeneratedCrops crops;
    private final List<RendererExample> heldOut;
    private Map<String, Double> last = Map.of();

    LatentCheck(
            NDManager manager,
            StyleUnits units,
            WPlusEncoderNetwork encoder,
            WPlusSceneNetwork scene,
            GeneratedCrops crops,
            List<RendererExample> heldOut) {
        this.manager = manager;
        this.units = units;
        this.encoder = encoder;
        this.scene = scene;
        this.crops = crops;
        this.heldOut = List.copyOf(heldOut.subList(0, Math.min(MOST, heldOut.size())));
    }

    /**
     * What was seen last: {@code heldOutWError}, the squared distance to the true w+, which is
     * about 1 for the mean of w, and {@code heldOutAzimuthDeg}, the median difference to what the
     * supervised networks see.
     *
     * @param steps that were done
     */
    Map<String, Double> after(long steps) {
        if (steps % EVERY == 0) {
            last = look();
        }
        return last;
    }

    private Map<String, Double> look() {
        try (NDManager scratch = manager.newSubManager()) {
            GeneratedCrops.Crops seen = crops.of(scratch, heldOut);
            NDArray standard = encoder.standard(encoder.features(seen.forEncoder()));
            double apart = standard.sub(units.standard(seen.wPlus())).square().mean().getFloat();
            SceneNetwork.Heads heads = scene.forward(units.wPlus(standard), 1);
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
