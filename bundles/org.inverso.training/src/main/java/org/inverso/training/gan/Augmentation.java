/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.inverso.network.Layer;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * Augmentations of pictures, real and generated, before the discriminator sees them (Karras et al.
 * 2020, arXiv 2006.06676, appendix B): translation by whole pixels and by fractions, zoom, stretch;
 * brightness, contrast, hue, saturation. Each happens with the same probability. Pictures are not
 * mirrored, which would make left sides of right ones.
 *
 * <p>Both parts are linear, so gradients pass. A translation and a zoom act on rows and columns
 * apart: {@code A_y x A_x}, with matrices of bilinear weights and reflection at the borders.
 */
public final class Augmentation implements Layer {

    private static final double ZOOM = 0.2;
    private static final double FRACTION = 0.125;
    private static final double BRIGHTNESS = 0.2;
    private static final double CONTRAST = 0.5;
    private static final Vector3f LUMA = new Vector3f(1, 1, 1).normalize();

    private final NDArray rows;
    private final NDArray columns;
    private final NDArray colors;
    private final NDArray offsets;

    private Augmentation(NDArray rows, NDArray columns, NDArray colors, NDArray offsets) {
        this.rows = rows;
        this.columns = columns;
        this.colors = colors;
        this.offsets = offsets;
    }

    /** For each of some pictures another one. */
    public static Augmentation draw(
            NDManager manager,
            int samples,
            int resolution,
            double probability,
            SplittableRandom random) {
        float[] rows = new float[samples * resolution * resolution];
        float[] columns = new float[rows.length];
        float[] colors = new float[9 * samples];
        float[] offsets = new float[3 * samples];
        Chance chance = new Chance(random, probability);
        for (int n = 0; n < samples; n++) {
            double zoom = Math.exp(ZOOM * chance.normal());
            double stretch = Math.exp(ZOOM * chance.normal());
            boolean whole = chance.comes();
            double fraction = chance.comes() ? FRACTION * resolution : 0;
            for (int axis = 0; axis < 2; axis++) {
                double shift = fraction * random.nextGaussian();
                shift += whole ? Math.rint(random.nextDouble(-1, 1) * FRACTION * resolution) : 0;
                double scale = axis == 0 ? zoom * stretch : zoom / stretch;
                fill(axis == 0 ? rows : columns, n, resolution, scale, shift, axis == 1);
            }
            color(chance, random, n, colors, offsets);
        }
        return new Augmentation(
                manager.create(rows, new Shape(samples, 1, resolution, resolution)),
                manager.create(columns, new Shape(samples, 1, resolution, resolution)),
                manager.create(colors, new Shape(samples, 3, 3)),
                manager.create(offsets, new Shape(samples, 3, 1)));
    }

    private record Chance(SplittableRandom random, double probability) {

        boolean comes() {
            return random.nextDouble() < probability;
        }

        /** Mostly zero when the probability is low. */
        double normal() {
            double value = random.nextGaussian();
            return comes() ? value : 0;
        }
    }

    /**
     * One matrix by rows: output pixel i is read at {@code (i - centre) / scale + centre - shift}.
     *
     * @param transposed for the matrix that stands to the right
     */
    private static void fill(
            float[] matrices, int n, int size, double scale, double shift, boolean transposed) {
        double centre = (size - 1) / 2.0;
        for (int i = 0; i < size; i++) {
            double at = (i - centre) / scale + centre - shift;
            int low = (int) Math.floor(at);
            for (int tap = 0; tap < 2; tap++) {
                int j = reflected(low + tap, size);
                float weight = (float) (tap == 0 ? low + 1 - at : at - low);
                matrices[(n * size + (transposed ? j : i)) * size + (transposed ? i : j)] += weight;
            }
        }
    }

    private static int reflected(int i, int size) {
        int period = Math.floorMod(i, 2 * size);
        return period < size ? period : 2 * size - 1 - period;
    }

    private static void color(
            Chance chance, SplittableRandom random, int n, float[] colors, float[] offsets) {
        float brightness = (float) (BRIGHTNESS * chance.normal());
        float contrast = (float) Math.exp(CONTRAST * Math.log(2) * chance.normal());
        float hue = chance.comes() ? (float) random.nextDouble(-Math.PI, Math.PI) : 0;
        float saturation = (float) Math.exp(Math.log(2) * chance.normal());
        Matrix4f m =
                new Matrix4f()
                        .translateLocal(brightness, brightness, brightness)
                        .scaleLocal(contrast)
                        .rotateLocal(hue, LUMA.x, LUMA.y, LUMA.z);
        new Matrix4f(luma(saturation)).mul(m, m);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                colors[9 * n + 3 * row + column] = m.get(column, row);
            }
            offsets[3 * n + row] = m.get(3, row);
        }
    }

    /** Keeps the luma and scales what differs from it: {@code s I + (1 - s) v v^T}. */
    private static Matrix4f luma(float saturation) {
        float same = (1 - saturation) / 3;
        float own = saturation + same;
        return new Matrix4f(own, same, same, 0, same, own, same, 0, same, same, own, 0, 0, 0, 0, 1);
    }

    /** {@code float[N, 3, R, R]}, -1 to 1; results may lie outside of it. */
    @Override
    public NDArray forward(NDArray pictures) {
        Shape s = pictures.getShape();
        // The pictures come first, so that the result belongs to their manager.
        NDArray across = pictures.matMul(columns);
        NDArray moved =
                across.transpose(0, 1, 3, 2)
                        .matMul(rows.transpose(0, 1, 3, 2))
                        .transpose(0, 1, 3, 2);
        NDArray pixels = moved.reshape(s.get(0), 3, -1);
        return colors.matMul(pixels).add(offsets).reshape(s);
    }
}
