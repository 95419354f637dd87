/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.authoring;

import java.util.Optional;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;

/** Measures what a category's generator of pictures can do. */
public interface GeneratorEvaluation {

    /**
     * Measures in the calling thread, which takes some minutes.
     *
     * @param seed the same one gives the same numbers
     * @throws org.inverso.api.CategoryException when the category has no generator, or lacks the
     *     networks to look at its pictures with
     * @throws org.inverso.api.CancelledException when {@code progress} says so
     */
    Scores evaluate(CategoryModel category, long seed, Progress progress);

    /**
     * What was measured.
     *
     * @param views empty when the generator has no view codes
     * @param neural empty when the category has no neural renderer
     * @param distribution empty when the weights do not tell what the generator learned from
     * @param inverse empty when the category has no networks that learned from the generator alone
     */
    record Scores(
            Optional<Views> views,
            Optional<Neural> neural,
            Optional<Distribution> distribution,
            Optional<InverseGraphics> inverse) {}

    /**
     * How well view codes control the camera and leave the content alone, as the category's
     * supervised networks see it.
     *
     * @param codes view codes that there are
     * @param azimuthStdDeg circular standard deviation of the azimuth over contents, mean over
     *     codes
     * @param binsCovered of twelve azimuth bins, those in which a code's mean azimuth lies
     * @param shapeVarianceRatio variance of the shape over the views of a content, divided by that
     *     over contents
     * @param found share of the pictures in which an object was found
     */
    record Views(
            int codes,
            double azimuthStdDeg,
            int binsCovered,
            double shapeVarianceRatio,
            double found) {}

    /**
     * How well the neural renderer draws what it is asked for, as the category's supervised
     * networks see it.
     *
     * @param azimuthErrorDeg median difference between the azimuth that was asked for and the one
     *     seen
     * @param swapLeak how far the exchange of one factor (camera, shape, texture, background) moves
     *     another, divided by how far it moves its own, the mean over all pairs; each movement in
     *     units of how far the exchange of all factors moves that factor
     * @param found share of the pictures in which an object was found
     */
    record Neural(double azimuthErrorDeg, double swapLeak, double found) {}

    /**
     * Generated pictures beside those that the generator learned from, as the recognizer sees them.
     *
     * @param samples pictures of each kind
     * @param frechetDistance between generated and training pictures
     * @param frechetRatio this distance, divided by that between two halves of the training
     *     pictures
     * @param precision share of the generated pictures that lie among the training pictures
     * @param recall share of the training pictures that lie among the generated ones
     */
    record Distribution(
            int samples,
            double frechetDistance,
            double frechetRatio,
            double precision,
            double recall) {}

    /**
     * What networks see in generated pictures that none of them learned from, against the
     * segmenter's mattes, without refinement.
     *
     * @param pictures whose matte was plausible
     * @param maskIou mean, of the networks that learned from generated pictures alone
     * @param supervisedMaskIou mean, of the category's supervised networks
     */
    record InverseGraphics(int pictures, double maskIou, double supervisedMaskIou) {}
}
