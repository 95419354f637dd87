/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.training.CameraProbe.Seen;

/**
 * Chooses view codes: styles of the first layers with which a generator draws any content from the
 * same azimuth, some for each of {@link Azimuths#BINS} bins.
 */
final class ViewFinder {

    private static final int CANDIDATES = 720;
    private static final int TRIED = 6;
    private static final int CONTENTS = 16;
    private static final double CONTENT_PSI = 0.7;

    /** View codes a bin at most. */
    static final int CHOSEN = 2;

    /** Styles of a bin whose mean is tried, too, and how far it is taken from the mean of all. */
    private static final int LEAST_FOR_MEAN = 8;

    private static final float[] GAINS = {1, 1.5f, 2};

    /** A bin has more than one view code only if the others are as steady as this. */
    private static final double STEADY_DEG = 12;

    /** Share of the contents in which an object has to be found. */
    private static final double MOST = 0.75;

    private final StyleStudio studio;
    private final CameraProbe probe;
    private final int layers;
    private final SplittableRandom random;

    /**
     * A view code.
     *
     * @param w style of the first layers
     * @param azimuthDeg mean over contents
     * @param deviationDeg circular standard deviation over contents
     * @param elevationDeg mean over contents
     */
    record View(float[] w, double azimuthDeg, double deviationDeg, double elevationDeg) {}

    /**
     * @param layers that carry the camera, the first ones
     */
    ViewFinder(StyleStudio studio, CameraProbe probe, int layers, long seed) {
        this.studio = studio;
        this.probe = probe;
        this.layers = layers;
        this.random = new SplittableRandom(seed);
    }

    /** In order of azimuth; bins of which the generator has no view are left out. */
    List<View> find(Progress progress) {
        float[][] candidates = studio.draw(CANDIDATES, 1, random);
        float[][] contents = studio.draw(CONTENTS, CONTENT_PSI, random);
        progress.report(0, "looking for views");
        List<Seen> seen =
                probe.look(
                        studio.pictures(
                                CANDIDATES,
                                (n, l) -> l < layers ? candidates[n] : contents[n % CONTENTS]),
                        studio.resolution());
        List<View> views = new ArrayList<>();
        for (int bin = 0; bin < Azimuths.BINS; bin++) {
            progress.checkCancelled();
            progress.report(
                    bin / (double) Azimuths.BINS,
                    "views, bin " + (bin + 1) + " of " + Azimuths.BINS);
            views.addAll(ofBin(bin, seen, candidates, contents));
        }
        views.sort(Comparator.comparingDouble(View::azimuthDeg));
        return views;
    }

    private List<View> ofBin(int bin, List<Seen> seen, float[][] candidates, float[][] contents) {
        List<Integer> inBin = new ArrayList<>();
        for (int n = 0; n < seen.size(); n++) {
            if (seen.get(n).found() && Azimuths.bin(seen.get(n).azimuthDeg()) == bin) {
                inBin.add(n);
            }
        }
        inBin.sort(Comparator.comparingDouble(n -> -seen.get(n).sure()));
        List<float[]> styles = new ArrayList<>();
        for (int n : inBin.subList(0, Math.min(TRIED, inBin.size()))) {
            styles.add(candidates[n]);
        }
        if (inBin.size() >= LEAST_FOR_MEAN) {
            for (float gain : GAINS) {
                styles.add(typical(inBin, seen, candidates, gain));
            }
        }
        List<View> views = new ArrayList<>();
        for (float[] style : styles) {
            tried(style, contents)
                    .filter(v -> Azimuths.bin(v.azimuthDeg()) == bin)
                    .ifPresent(views::add);
        }
        views.sort(Comparator.comparingDouble(View::deviationDeg));
        List<View> chosen = new ArrayList<>();
        for (View view : views) {
            if (chosen.isEmpty() || chosen.size() < CHOSEN && view.deviationDeg() <= STEADY_DEG) {
                chosen.add(view);
            }
        }
        return chosen;
    }

    /**
     * Mean of the styles that show a view, in which what they show beside it cancels out. It lies
     * closer to the mean of all styles than they do, and the gain takes it away again.
     */
    private static float[] typical(
            List<Integer> inBin, List<Seen> seen, float[][] candidates, float gain) {
        int size = candidates[0].length;
        double[] ofBin = new double[size];
        double[] ofAll = new double[size];
        double sure = 0;
        for (int n : inBin) {
            sure += seen.get(n).sure();
        }
        for (int i = 0; i < size; i++) {
            for (int n : inBin) {
                ofBin[i] += seen.get(n).sure() / sure * candidates[n][i];
            }
            for (float[] candidate : candidates) {
                ofAll[i] += candidate[i] / candidates.length;
            }
        }
        float[] style = new float[size];
        for (int i = 0; i < size; i++) {
            style[i] = (float) (ofAll[i] + gain * (ofBin[i] - ofAll[i]));
        }
        return style;
    }

    /** What a style shows of all contents; nothing when there is no object in too many of them. */
    private Optional<View> tried(float[] style, float[][] contents) {
        List<Seen> found =
                probe
                        .look(
                                studio.pictures(
                                        CONTENTS, (i, l) -> l < layers ? style : contents[i]),
                                studio.resolution())
                        .stream()
                        .filter(Seen::found)
                        .toList();
        if (found.size() < MOST * CONTENTS) {
            return Optional.empty();
        }
        List<Double> azimuths = found.stream().map(Seen::azimuthDeg).toList();
        return Optional.of(
                new View(
                        style,
                        Azimuths.mean(azimuths),
                        Azimuths.deviation(azimuths),
                        found.stream().mapToDouble(Seen::elevationDeg).average().orElseThrow()));
    }
}
