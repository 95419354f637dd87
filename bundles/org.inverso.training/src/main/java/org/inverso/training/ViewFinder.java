/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /** View codes a bin. */
    static final int CHOSEN = 2;

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
        List<Integer> surest = new ArrayList<>();
        for (int n = 0; n < seen.size(); n++) {
            if (seen.get(n).found() && Azimuths.bin(seen.get(n).azimuthDeg()) == bin) {
                surest.add(n);
            }
        }
        surest.sort(Comparator.comparingDouble(n -> -seen.get(n).sure()));
        List<View> views = new ArrayList<>();
        for (int n : surest.subList(0, Math.min(TRIED, surest.size()))) {
            List<Seen> tried =
                    probe
                            .look(
                                    studio.pictures(
                                            CONTENTS,
                                            (i, l) -> l < layers ? candidates[n] : contents[i]),
                                    studio.resolution())
                            .stream()
                            .filter(Seen::found)
                            .toList();
            if (tried.size() < MOST * CONTENTS) {
                continue;
            }
            List<Double> azimuths = tried.stream().map(Seen::azimuthDeg).toList();
            double mean = Azimuths.mean(azimuths);
            if (Azimuths.bin(mean) == bin) {
                views.add(
                        new View(
                                candidates[n],
                                mean,
                                Azimuths.deviation(azimuths),
                                tried.stream()
                                        .mapToDouble(Seen::elevationDeg)
                                        .average()
                                        .orElseThrow()));
            }
        }
        views.sort(Comparator.comparingDouble(View::deviationDeg));
        return views.subList(0, Math.min(CHOSEN, views.size()));
    }
}
