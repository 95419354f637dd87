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
 * How well view codes control the camera and leave the content alone, as the supervised networks
 * see it.
 *
 * @param azimuthStdDeg circular standard deviation of the azimuth over contents, the mean over view
 *     codes
 * @param binsCovered of the {@link Azimuths#BINS} azimuth bins, those in which a view code's mean
 *     azimuth lies
 * @param shapeVarianceRatio variance of the shape over the views of a content, divided by that over
 *     contents
 * @param found share of the pictures in which an object was found
 */
record ViewControl(double azimuthStdDeg, int binsCovered, double shapeVarianceRatio, double found) {

    private static final int CODES = 20;
    private static final int CONTENTS = 50;
    private static final double PSI = 0.7;

    /**
     * @param codes styles of the first {@code layers} layers, {@code float[V][K][W]}
     */
    static ViewControl of(
            StyleStudio studio,
            CameraProbe probe,
            float[][][] codes,
            long seed,
            Progress progress) {
        float[][] contents = studio.draw(CONTENTS, PSI, new SplittableRandom(seed));
        int views = Math.min(CODES, codes.length);
        List<List<Seen>> seen = new ArrayList<>();
        for (int view = 0; view < views; view++) {
            progress.checkCancelled();
            progress.report(view / (double) views, "view " + (view + 1) + " of " + views);
            // Spread over all of them, since they are in order of azimuth.
            float[][] code = codes[view * codes.length / views];
            seen.add(
                    probe.look(
                            studio.pictures(
                                    CONTENTS, (n, l) -> l < code.length ? code[l] : contents[n]),
                            studio.resolution()));
        }
        return of(seen);
    }

    /**
     * @param seen by view, then by content
     */
    static ViewControl of(List<List<Seen>> seen) {
        double deviation = 0;
        int measured = 0;
        int found = 0;
        int all = 0;
        boolean[] covered = new boolean[Azimuths.BINS];
        for (List<Seen> ofView : seen) {
            List<Double> azimuths =
                    ofView.stream().filter(Seen::found).map(Seen::azimuthDeg).toList();
            all += ofView.size();
            found += azimuths.size();
            if (azimuths.size() > 1) {
                deviation += Azimuths.deviation(azimuths);
                measured++;
                covered[Azimuths.bin(Azimuths.mean(azimuths))] = true;
            }
        }
        int bins = 0;
        for (boolean one : covered) {
            bins += one ? 1 : 0;
        }
        return new ViewControl(
                measured == 0 ? 180 : deviation / measured,
                bins,
                shapeVarianceRatio(seen),
                found / Math.max(1.0, all));
    }

    private static double shapeVarianceRatio(List<List<Seen>> seen) {
        if (seen.isEmpty()) {
            return 1;
        }
        int contents = seen.get(0).size();
        double within = 0;
        for (int content = 0; content < contents; content++) {
            int c = content;
            within += variance(seen.stream().map(view -> view.get(c)).toList()) / contents;
        }
        double across = 0;
        for (List<Seen> ofView : seen) {
            across += variance(ofView) / seen.size();
        }
        return within / Math.max(across, 1e-12);
    }

    /** Sum over the shape's numbers, of those that were found. */
    private static double variance(List<Seen> seen) {
        List<float[]> shapes = seen.stream().filter(Seen::found).map(Seen::shape).toList();
        if (shapes.size() < 2) {
            return 0;
        }
        double[] mean = new double[shapes.get(0).length];
        for (float[] shape : shapes) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += shape[i] / (double) shapes.size();
            }
        }
        double sum = 0;
        for (float[] shape : shapes) {
            for (int i = 0; i < mean.length; i++) {
                sum += Math.pow(shape[i] - mean[i], 2);
            }
        }
        return sum / (shapes.size() - 1);
    }
}
