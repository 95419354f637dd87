/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.ImplicitSmoothing;
import org.inverso.geometry.Laplacian;
import org.inverso.geometry.TemplateScale;
import org.inverso.geometry.WeldedTopology;

/**
 * Vertex offsets that bend the surface smoothly: gradients are smoothed by (I + lambda L)^-1 before
 * they act (Nicolet et al. 2021, "Large Steps in Inverse Rendering of Geometry"), and both sides of
 * a symmetric object move alike. Parts that turn, such as wheels, keep their form.
 */
final class SmoothOffsets {

    private static final float LAMBDA = 15;

    /** Metres, for objects as large as cars. */
    private static final float LARGEST = 0.12f;

    /**
     * Cost of one squared metre of mean squared offset, on the scale of the IoU, for objects as
     * large as cars.
     */
    private static final double COST = 3;

    /**
     * What is the same for all objects of a category.
     *
     * @param topology vertices without seams
     * @param laplacian with uniform weights
     */
    record Surface(WeldedTopology topology, Laplacian laplacian) {

        static Surface of(TemplateMesh template) {
            WeldedTopology topology = WeldedTopology.of(template);
            return new Surface(topology, Laplacian.uniform(topology));
        }
    }

    private final WeldedTopology topology;
    private final ImplicitSmoothing smoothing;
    private final int[] mirror;
    private final boolean[] rigid;
    private final float[] welded;
    private final float[] gradient;
    private final float[] smooth;
    private final float[] values;
    private final float rate;
    private final float largest;
    private final double cost;

    /**
     * @param surface of the template
     * @param rate metres that the most wanted vertex of an object as large as a car moves in one
     *     step; smaller ones move in proportion
     */
    SmoothOffsets(TemplateMesh template, Surface surface, float rate) {
        float scale = TemplateScale.of(template);
        this.rate = scale * rate;
        this.largest = scale * LARGEST;
        this.cost = COST / (scale * scale);
        topology = surface.topology();
        smoothing = new ImplicitSmoothing(surface.laplacian(), LAMBDA, 1e-2f, 10);
        mirror =
                template.mirrorVertex().length == 0
                        ? new int[0]
                        : topology.mirror(template.mirrorVertex());
        rigid = new boolean[topology.weldedCount()];
        for (Part part : template.parts()) {
            if (part.pivot().isPresent()) {
                for (int v = 0; v < part.vertexCount(); v++) {
                    rigid[topology.weldedIndex(part.firstVertex() + v)] = true;
                }
            }
        }
        welded = new float[3 * topology.weldedCount()];
        gradient = new float[welded.length];
        smooth = new float[welded.length];
        values = new float[3 * topology.vertexCount()];
    }

    /** {@code float[V*3]}, metres. */
    float[] values() {
        return values;
    }

    /** What the present offsets cost. */
    double cost() {
        double sum = 0;
        for (float v : welded) {
            sum += v * (double) v;
        }
        return cost * sum / topology.weldedCount();
    }

    /** One step against the gradient of the loss with regard to the offsets, {@code float[V*3]}. */
    void step(float[] vertexGradient) {
        topology.sum(vertexGradient, gradient);
        float decay = (float) (2 * cost / topology.weldedCount());
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = rigid[i / 3] ? 0 : gradient[i] + decay * welded[i];
        }
        symmetric(gradient);
        smoothing.solve(gradient, smooth);
        float most = 1e-12f;
        for (float s : smooth) {
            most = Math.max(most, Math.abs(s));
        }
        for (int i = 0; i < welded.length; i++) {
            if (!rigid[i / 3]) {
                float moved = welded[i] - rate * smooth[i] / most;
                welded[i] = Math.max(-largest, Math.min(largest, moved));
            }
        }
        // Solving leaves a rounding error that differs from side to side.
        symmetric(welded);
        topology.expand(welded, values);
    }

    private void symmetric(float[] vectors) {
        for (int w = 0; w < mirror.length; w++) {
            int m = mirror[w];
            if (m < w) {
                continue;
            }
            float x = (vectors[3 * w] - vectors[3 * m]) / 2;
            float y = (vectors[3 * w + 1] + vectors[3 * m + 1]) / 2;
            float z = (vectors[3 * w + 2] + vectors[3 * m + 2]) / 2;
            vectors[3 * w] = x;
            vectors[3 * m] = -x;
            vectors[3 * w + 1] = y;
            vectors[3 * m + 1] = y;
            vectors[3 * w + 2] = z;
            vectors[3 * m + 2] = z;
        }
    }
}
