/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.inverso.api.authoring.GeneratorEvaluation.Distribution;
import org.inverso.api.authoring.GeneratorEvaluation.InverseGraphics;
import org.inverso.api.authoring.GeneratorEvaluation.Neural;
import org.inverso.api.authoring.GeneratorEvaluation.Scores;
import org.inverso.api.authoring.GeneratorEvaluation.Views;
import org.junit.jupiter.api.Test;

class EvalCommandTest {

    @Test
    void theNumbersHaveTheirNames() {
        Scores scores =
                new Scores(
                        Optional.of(new Views(24, 10.5, 11, 0.25, 0.99)),
                        Optional.of(new Neural(12.5, 0.25, 0.98)),
                        Optional.of(new Distribution(1000, 3.5, 1.75, 0.5, 0.375)),
                        Optional.of(new InverseGraphics(92, 0.9125, 0.75)));
        assertThat(EvalCommand.json(EvalCommand.numbers(scores)))
                .isEqualTo(
                        """
                        {
                          "viewCodes" : 24,
                          "azimuthStdDeg" : 10.5000,
                          "binsCovered" : 11,
                          "shapeVarianceRatio" : 0.2500,
                          "objectsFound" : 0.9900,
                          "neuralAzimuthErrorDeg" : 12.5000,
                          "swapLeak" : 0.2500,
                          "neuralObjectsFound" : 0.9800,
                          "samples" : 1000,
                          "frechetDistance" : 3.5000,
                          "frechetRatio" : 1.7500,
                          "precision" : 0.5000,
                          "recall" : 0.3750,
                          "ganImages" : 92,
                          "ganImageIou" : 0.9125,
                          "ganImageIouSupervised" : 0.7500
                        }
                        """);
    }

    @Test
    void whatWasNotMeasuredIsNotThere() {
        Scores scores =
                new Scores(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Distribution(1000, 3.5, 1.75, 0.5, 0.4)),
                        Optional.empty());
        assertThat(EvalCommand.numbers(scores))
                .containsKey("frechetRatio")
                .doesNotContainKeys(
                        "azimuthStdDeg",
                        "binsCovered",
                        "shapeVarianceRatio",
                        "swapLeak",
                        "ganImageIou");
    }
}
