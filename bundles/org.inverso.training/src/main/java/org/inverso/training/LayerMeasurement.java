/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.training.CameraProbe.Seen;

/**
 * Which style layers carry the camera (GANverse3D, arXiv 2010.09125, section 3.1): pictures get the
 * styles of others, layer by layer, and one looks where the camera has gone.
 *
 * @param layers one a style layer
 * @param cameraLayers how many of the first layers carry the camera
 */
record LayerMeasurement(List<Effect> layers, int cameraLayers) {

    private static final int PAIRS = 64;

    /** Part of the way to the other picture's camera that is most of what can be had. */
    private static final double MOST = 0.8;

    /**
     * What styles of another picture do; angles are means over pairs of pictures.
     *
     * @param layer counted from 0
     * @param aloneDeg how far the camera moves when this layer alone has the other's style
     * @param leftDeg how far it is from the other's camera when the layers up to this one have it
     * @param shapeAlone how far the shape moves when this layer alone has the other's style, where
     *     all layers together move it by 1
     */
    record Effect(int layer, double aloneDeg, double leftDeg, double shapeAlone) {}

    /** Takes some seconds a layer. */
    static LayerMeasurement of(
            StyleStudio studio, CameraProbe probe, long seed, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] own = studio.draw(PAIRS, 1, random);
        float[][] other = studio.draw(PAIRS, 1, random);
        int count = studio.layers();
        List<Seen> start = look(studio, probe, (n, l) -> own[n]);
        List<Seen> end = look(studio, probe, (n, l) -> other[n]);
        double whole = shapeDistance(start, end);
        List<Effect> effects = new ArrayList<>();
        for (int layer = 0; layer < count; layer++) {
            progress.checkCancelled();
            progress.report(layer / (double) count, "layer " + layer + " of " + count);
            int k = layer;
            List<Seen> alone = look(studio, probe, (n, l) -> l == k ? other[n] : own[n]);
            List<Seen> upTo = look(studio, probe, (n, l) -> l <= k ? other[n] : own[n]);
            effects.add(
                    new Effect(
                            layer,
                            distance(start, alone),
                            distance(end, upTo),
                            shapeDistance(start, alone) / whole));
        }
        return new LayerMeasurement(effects, cameraLayers(effects, distance(start, end)));
    }

    /**
     * The fewest layers that bring the camera nearly as near to the other's as half of all layers
     * do, which leave the content its own.
     *
     * @param apart how far the cameras of the pairs are from each other
     */
    static int cameraLayers(List<Effect> effects, double apart) {
        int most = Math.max(1, effects.size() / 2);
        double best = 0;
        for (int k = 0; k < most; k++) {
            best = Math.max(best, apart - effects.get(k).leftDeg());
        }
        for (int k = 0; k < most; k++) {
            if (apart - effects.get(k).leftDeg() >= MOST * best) {
                return k + 1;
            }
        }
        return most;
    }

    private static List<Seen> look(
            StyleStudio studio, CameraProbe probe, StyleStudio.Choice choice) {
        return probe.look(studio.pictures(PAIRS, choice), studio.resolution());
    }

    private static double distance(List<Seen> a, List<Seen> b) {
        double sum = 0;
        int count = 0;
        for (int n = 0; n < a.size(); n++) {
            if (a.get(n).found() && b.get(n).found()) {
                sum += Azimuths.distance(a.get(n).azimuthDeg(), b.get(n).azimuthDeg());
                count++;
            }
        }
        return sum / Math.max(1, count);
    }

    private static double shapeDistance(List<Seen> a, List<Seen> b) {
        double sum = 0;
        for (int n = 0; n < a.size(); n++) {
            double square = 0;
            for (int i = 0; i < a.get(n).shape().length; i++) {
                square += Math.pow(a.get(n).shape()[i] - b.get(n).shape()[i], 2);
            }
            sum += Math.sqrt(square);
        }
        return Math.max(sum / a.size(), 1e-9);
    }
}
