/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.network.EqualizedConvolution;
import org.inverso.network.EqualizedDense;
import org.inverso.network.Layer;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gradients of the regularisers against differences of the penalties, on smooth networks. */
class PenaltiesTest {

    private static final double STEP = 2e-2;
    private static final double TOLERANCE = 0.05;
    private static final int DIRECTIONS = 4;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final SplittableRandom random = new SplittableRandom(3);
    private final Map<String, Double> metrics = new HashMap<>();
    private NDManager manager;
    private Parameters parameters;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        parameters = Parameters.random(manager, 1);
        JniUtils.setGradMode(true);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void r1HasTheGradientThatItsValueTells() {
        Layer discriminator =
                new EqualizedConvolution(parameters, "conv", 3, 5, 3, true)
                        .then(Activation::softPlus)
                        .then(x -> x.reshape(x.getShape().get(0), -1))
                        .then(new EqualizedDense(parameters, "score", 5 * 36, 1, 0, 1));
        NDArray pictures = LayerNoise.normal(manager, random, 4, 3, 6, 6);
        check(
                List.of("conv.weight", "conv.bias", "score.weight"),
                () -> new GradientPenalty(1).of(discriminator, pictures, this::require, metrics),
                value -> 1,
                "r1");
    }

    @Test
    void pathLengthHasTheGradientThatItsValueTells() {
        EqualizedDense mapping = new EqualizedDense(parameters, "mapping", 4, 6, 0, 1);
        Layer synthesis =
                new EqualizedDense(parameters, "first", 6, 7, 0, 1)
                        .then(Activation::tanh)
                        .then(new EqualizedDense(parameters, "second", 7, 3 * 16, 0, 1))
                        .then(x -> x.reshape(1, 2, 3, 4, 4).sum(new int[] {1}));
        NDArray z = LayerNoise.normal(manager, random, 1, 4);
        NDArray y = LayerNoise.normal(manager, random, 1, 3, 4, 4);
        check(
                List.of("first.weight", "second.weight", "mapping.weight"),
                () ->
                        new PathLengthPenalty(1, 0)
                                .of(
                                        w -> synthesis.forward(w.reshape(2, 6)),
                                        () ->
                                                Activation.tanh(mapping.forward(z))
                                                        .expandDims(1)
                                                        .broadcast(1, 2, 6),
                                        y,
                                        this::require,
                                        metrics),
                // Of (l - a)^2, with a fixed at the hundredth of l to which it has moved.
                length -> 2 * 0.99 * length,
                "pathLength");
    }

    private interface Penalty {
        NDArray surrogate();
    }

    /**
     * @param outer derivative of the penalty by the metric
     */
    private void check(
            List<String> names, Penalty penalty, DoubleUnaryOperator outer, String metric) {
        for (String name : names) {
            NDArray parameter = parameters.arrays().get(name);
            float[] start = parameter.toFloatArray();
            for (int d = 0; d < DIRECTIONS; d++) {
                float[] direction = new float[start.length];
                double norm = 0;
                parameter.set(start);
                require(true);
                NDArray surrogate = penalty.surrogate();
                JniUtils.backward(
                        (PtNDArray) surrogate,
                        (PtNDArray) manager.ones(surrogate.getShape()),
                        false,
                        false);
                float[] gradient = parameter.getGradient().toFloatArray();
                parameters.arrays().values().forEach(this::forget);
                // Along the gradient, and some way off it, there is something to see.
                for (int i = 0; i < direction.length; i++) {
                    direction[i] =
                            gradient[i] + (float) (d * 0.2 * random.nextGaussian() * rms(gradient));
                    norm += direction[i] * direction[i];
                }
                norm = Math.sqrt(norm);
                double analytic = 0;
                for (int i = 0; i < direction.length; i++) {
                    direction[i] /= (float) norm;
                    analytic += gradient[i] * direction[i];
                }
                double value = value(penalty, parameter, start, direction, 0, metric);
                double numeric =
                        (value(penalty, parameter, start, direction, STEP, metric)
                                        - value(
                                                penalty, parameter, start, direction, -STEP,
                                                metric))
                                / (2 * STEP);
                numeric *= outer.applyAsDouble(value);
                assertThat(analytic)
                        .as(name)
                        .isCloseTo(numeric, within(TOLERANCE * Math.abs(numeric)));
            }
            parameter.set(start);
        }
    }

    private double value(
            Penalty penalty,
            NDArray parameter,
            float[] start,
            float[] direction,
            double step,
            String metric) {
        float[] moved = start.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * direction[i]);
        }
        require(false);
        parameter.set(moved);
        penalty.surrogate();
        require(false);
        parameter.set(start);
        return metrics.get(metric);
    }

    private static double rms(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    private void forget(NDArray parameter) {
        NDArray gradient = parameter.hasGradient() ? parameter.getGradient() : null;
        if (gradient != null) {
            JniUtils.zeroGrad((PtNDArray) parameter);
        }
    }

    private void require(boolean gradients) {
        parameters.arrays().values().forEach(p -> p.setRequiresGradient(gradients));
    }
}
