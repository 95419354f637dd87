/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.inverso.api.Progress;
import org.inverso.training.RendererBatch.Mixture;

/**
 * How well a neural renderer draws what it is asked for, as the supervised networks see it.
 *
 * @param azimuthErrorDeg median difference between the azimuth that was asked for and the one seen
 * @param swapLeak how far the exchange of one factor moves another, divided by how far it moves its
 *     own, the mean over all pairs; each movement in units of how far the exchange of all factors
 *     moves that factor
 * @param found share of the pictures in which an object was found
 */
record NeuralControl(double azimuthErrorDeg, double swapLeak, double found) {

    private static final int AZIMUTHS_EACH = 3;

    /** A factor: how to exchange it, and how far two pictures are apart in it. */
    private enum Factor {
        CAMERA((a, b) -> Azimuths.distance(a.azimuthDeg(), b.azimuthDeg())) {
            @Override
            Mixture exchanged(Mixture m, Mixture other) {
                return new Mixture(
                        other.azimuthDeg(), other.camera(), m.shape(), m.texture(), m.background());
            }
        },
        SHAPE((a, b) -> distance(a.shape(), b.shape())) {
            @Override
            Mixture exchanged(Mixture m, Mixture other) {
                return new Mixture(
                        m.azimuthDeg(), m.camera(), other.shape(), m.texture(), m.background());
            }
        },
        TEXTURE((a, b) -> distance(a.texture(), b.texture())) {
            @Override
            Mixture exchanged(Mixture m, Mixture other) {
                return new Mixture(
                        m.azimuthDeg(), m.camera(), m.shape(), other.texture(), m.background());
            }
        },
        BACKGROUND((a, b) -> distance(a.background(), b.background())) {
            @Override
            Mixture exchanged(Mixture m, Mixture other) {
                return new Mixture(
                        m.azimuthDeg(), m.camera(), m.shape(), m.texture(), other.background());
            }
        };

        private final ToDoubleBiFunction<RendererExample, RendererExample> distance;

        Factor(ToDoubleBiFunction<RendererExample, RendererExample> distance) {
            this.distance = distance;
        }

        abstract Mixture exchanged(Mixture m, Mixture other);
    }

    /** Renders objects, and tells what is seen in the pictures. */
    @FunctionalInterface
    interface Mirror {
        List<RendererExample> seen(List<Mixture> objects);
    }

    /**
     * @param contents objects as they were seen; each is exchanged with the next one
     */
    static NeuralControl of(
            Mirror mirror, List<RendererExample> contents, long seed, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Mixture> base = new ArrayList<>();
        List<Mixture> turned = new ArrayList<>();
        for (int i = 0; i < contents.size() * AZIMUTHS_EACH; i++) {
            RendererExample e = contents.get(i / AZIMUTHS_EACH);
            Mixture any = new Mixture(random.nextDouble(360), e, e, e, e);
            turned.add(any);
            if (i % AZIMUTHS_EACH == 0) {
                base.add(any);
            }
        }
        progress.report(0, "looking from all around");
        List<RendererExample> seenTurned = mirror.seen(turned);
        List<RendererExample> before = new ArrayList<>();
        for (int i = 0; i < seenTurned.size(); i += AZIMUTHS_EACH) {
            before.add(seenTurned.get(i));
        }
        List<List<RendererExample>> after = new ArrayList<>();
        for (Factor factor : Factor.values()) {
            progress.checkCancelled();
            progress.report(0.4 + 0.15 * after.size(), "exchanging one factor");
            List<Mixture> exchanged = new ArrayList<>();
            for (int i = 0; i < base.size(); i++) {
                exchanged.add(factor.exchanged(base.get(i), base.get((i + 1) % base.size())));
            }
            after.add(mirror.seen(exchanged));
        }
        double found = seenTurned.stream().filter(RendererExample::found).count();
        return new NeuralControl(
                azimuthError(turned, seenTurned), leak(before, after), found / turned.size());
    }

    private static double azimuthError(List<Mixture> asked, List<RendererExample> seen) {
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (seen.get(i).found()) {
                errors.add(Azimuths.distance(asked.get(i).azimuthDeg(), seen.get(i).azimuthDeg()));
            }
        }
        errors.sort(null);
        return errors.isEmpty() ? 180 : errors.get(errors.size() / 2);
    }

    /**
     * @param after by the factor that was exchanged
     */
    private static double leak(List<RendererExample> before, List<List<RendererExample>> after) {
        List<RendererExample> next = new ArrayList<>(before.subList(1, before.size()));
        next.add(before.get(0));
        double[] all = new double[Factor.values().length];
        for (Factor measured : Factor.values()) {
            all[measured.ordinal()] = Math.max(1e-9, movement(measured, before, next));
        }
        double sum = 0;
        int pairs = 0;
        for (Factor exchanged : Factor.values()) {
            List<RendererExample> now = after.get(exchanged.ordinal());
            double own = movement(exchanged, before, now) / all[exchanged.ordinal()];
            for (Factor other : Factor.values()) {
                if (other != exchanged) {
                    double moved = movement(other, before, now) / all[other.ordinal()];
                    sum += moved / Math.max(1e-9, own);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    /** Mean over the pairs in both of which an object was found. */
    private static double movement(
            Factor factor, List<RendererExample> before, List<RendererExample> after) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).found() && after.get(i).found()) {
                sum += factor.distance.applyAsDouble(before.get(i), after.get(i));
                count++;
            }
        }
        return sum / Math.max(1, count);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
