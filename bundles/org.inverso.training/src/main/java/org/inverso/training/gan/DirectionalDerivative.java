/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;
import org.inverso.network.Scaled;

/**
 * What both regularisers of StyleGAN2 need: how a function's gradient by its input changes with the
 * function's parameters.
 *
 * <p>For {@code g = df/dx} and a fixed v, {@code d(v g)/dparameters} is the derivative, along v, of
 * the gradient by the parameters. It is taken as a central difference, {@code (f(x + h v) - f(x - h
 * v)) / 2h}, which an ordinary backward pass differentiates. Backward passes that build a graph of
 * their own would do, too, but they leave the gradient in the input with a graph that refers to the
 * input. DJL cannot take a gradient away again, so each such pass would lose its native memory. The
 * networks are piecewise linear nearly everywhere, so the difference is as good.
 */
final class DirectionalDerivative {

    private DirectionalDerivative() {}

    /**
     * Gradient of a scalar function by its input. The parameters must not ask for gradients.
     *
     * @param x values only; belongs to the manager of the result
     */
    static NDArray gradient(UnaryOperator<NDArray> function, NDArray x) {
        NDArray leaf = x.duplicate();
        leaf.setRequiresGradient(true);
        NDArray y = function.apply(leaf);
        JniUtils.backward(
                (PtNDArray) y, (PtNDArray) x.getManager().ones(y.getShape()), false, false);
        NDArray gradient = leaf.getGradient();
        gradient.attach(x.getManager());
        return gradient;
    }

    /**
     * The derivative along {@code v}, which can be differentiated by the function's parameters.
     *
     * @param h step, in units of v
     */
    static NDArray along(UnaryOperator<NDArray> function, NDArray x, NDArray v, double h) {
        NDManager manager = x.getManager();
        NDArray step = v.mul((float) h);
        step.attach(manager);
        return Scaled.by(function.apply(x.add(step)).sub(function.apply(x.sub(step))), 1 / (2 * h));
    }
}
