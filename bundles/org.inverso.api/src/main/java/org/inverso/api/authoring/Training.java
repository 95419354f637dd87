/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.authoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;

/** Trains networks. */
public interface Training {

    /** What is done with which data; see {@code docs/training.md}. */
    enum Stage {
        /** Cutouts, the networks of the category, and these into the category's folder. */
        ALL,
        /** Renderings of a category. */
        CUTOUTS,
        /** Encoder and disentangler of a category. */
        SCENE,
        /** The generator of a category's pictures. */
        GAN,
        /** The view codes of a generator that was trained. */
        VIEWS,
        /** Encoder and disentangler of a category from its generator's pictures alone. */
        INVERSE,
        /** The same with a sphere instead of the category's template. */
        SPHERE,
        /** The neural renderer of a category, which draws with its generator. */
        RENDERER,
        /** Encoder to w+ and disentangler of w+, from the generator's pictures. */
        LATENT,
        /** Masks of photos as a matting model sees them. */
        LABEL,
        /** The built-in segmenter. */
        SEGMENTER,
        /** The built-in recognizer's network for how objects look. */
        RECOGNIZER,
        /** The built-in recognizer's network for outlines. */
        OUTLINE,
        /** The networks of a training that still runs, each into a file of its own. */
        SPLIT,
        /** Trained networks into the category's folder. */
        WEIGHTS;

        /**
         * @throws InversoException when there is no such stage
         */
        public static Stage of(String name) {
            try {
                return valueOf(name.strip().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new InversoException("there is no stage " + name + "; see --help", e);
            }
        }
    }

    /** What a training of encoder and disentangler can do without, to see what it is good for. */
    enum Ingredient {
        /** The part of the loss that is measured in the picture. */
        RENDER_LOSS,
        /** Faults of masks and cameras, the segmenter's own crops, and reflections. */
        VARIETY;

        /**
         * Those that a list with commas names, for example {@code render-loss,variety}.
         *
         * @throws InversoException when there is no such thing
         */
        public static Set<Ingredient> listed(String names) {
            return Arrays.stream(names.split(","))
                    .filter(name -> !name.isBlank())
                    .map(Ingredient::of)
                    .collect(Collectors.toSet());
        }

        private static Ingredient of(String name) {
            try {
                return valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new InversoException(
                        "a training cannot go without " + name + "; see --help", e);
            }
        }
    }

    /**
     * Trains in the calling thread. What was finished or saved by an earlier run with the same
     * {@code out} is not done again.
     *
     * @return what came of it, a sentence
     * @throws InversoException when something that is needed is missing
     * @throws org.inverso.api.CancelledException when {@code progress} says so; what was done until
     *     then is saved
     */
    String train(Order order, Progress progress);

    /**
     * @param categories folders with {@code category.json}
     * @param backgrounds folder of photos that do not show the objects; made-up pictures when empty
     * @param data folder with the other things that a stage learns from
     * @param out folder for renderings, checkpoints, metrics and weights
     * @param time that the networks' training may take
     * @param cutouts how many renderings there are to be, or, for {@link Stage#RENDERER} and {@link
     *     Stage#LATENT}, examples
     * @param seed of all that is random
     * @param threads inside one operator, 0 for one per core
     * @param teacher matting model, for {@link Stage#LABEL}
     * @param initial weights of another category's encoder, to begin with what it sees in pictures;
     *     for {@link Stage#GAN} those of a generator
     * @param images folder of photos for {@link Stage#GAN}; the category's cutouts when empty
     * @param without what {@link Stage#SCENE} leaves out
     */
    record Order(
            Stage stage,
            List<Path> categories,
            Optional<Path> backgrounds,
            Optional<Path> data,
            Path out,
            Duration time,
            int cutouts,
            long seed,
            int threads,
            Optional<Path> teacher,
            Optional<byte[]> initial,
            Optional<Path> images,
            Set<Ingredient> without) {

        public Order {
            categories = List.copyOf(categories);
            without = Set.copyOf(without);
            if (time.isNegative() || time.isZero()) {
                throw new InversoException("training needs some time; give --minutes above 0");
            }
            if (cutouts < 1) {
                throw new InversoException("training needs pictures; give --count above 0");
            }
        }
    }
}
