/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

/**
 * How a generator is trained. The names are those of Karras et al. 2020 (arXiv 1912.04958 and
 * 2006.06676).
 *
 * @param batch real pictures a step, and as many generated ones for each network
 * @param learningRate of Adam for both networks
 * @param gamma weight of R1
 * @param gradientInterval steps between two uses of R1
 * @param pathWeight weight of path length regularisation
 * @param pathInterval steps between two uses of it
 * @param mixing how often a picture gets the styles of two w
 * @param averageDecay of the generator's moving average, a step
 * @param augmentationPictures until the probability of augmentations has gone from 0 to 1
 */
record GanSettings(
        int batch,
        double learningRate,
        double gamma,
        int gradientInterval,
        double pathWeight,
        int pathInterval,
        double mixing,
        double averageDecay,
        int augmentationPictures) {

    static final GanSettings DEFAULT =
            new GanSettings(8, 0.002, 0.1, 16, 2, 16, 0.9, 0.998, 100_000);
}
