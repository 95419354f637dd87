/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.image.Image;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;

/** Makes hypotheses of what a {@link SceneNetwork} says, within the limits of a category. */
final class Hypotheses {

    /** Cameras nearer to the best one than this are not another hypothesis. */
    private static final double SEPARATION_DEG = 60;

    /** Azimuths less probable than this are no hypothesis. */
    private static final double WORTH_TRYING = 0.02;

    private static final int MOST_HYPOTHESES = 3;

    /** Bins on either side that belong to the same hypothesis: half the way to the next one. */
    private static final int NEIGHBOURS = (int) (SEPARATION_DEG / 2 / (360.0 / SceneNetwork.BINS));

    private final CategoryModel category;

    Hypotheses(CategoryModel category) {
        this.category = category;
    }

    /**
     * The most probable one first.
     *
     * @param heads of one code, or of one and of its mirror image's, which has a say in the camera
     */
    List<SceneEstimate> of(SceneNetwork.Heads heads) {
        CameraReading seen = CameraReading.of(heads);
        float[] shape = limited(first(heads.shape()), category.shapePrior());
        float[] pose =
                heads.pose() == null
                        ? new float[0]
                        : radians(first(heads.pose()), category.poseParameters());
        ShLighting light = light(first(heads.light()));
        Optional<Image> texture = Optional.of(image(heads.texture()));
        CameraCode cameras = CameraCode.of(category.template());
        List<SceneEstimate> hypotheses = new ArrayList<>();
        for (Azimuth azimuth : azimuths(seen.probabilities(), seen.offsets())) {
            hypotheses.add(
                    new SceneEstimate(
                            cameras.decode((float) azimuth.degrees, seen.camera()),
                            shape,
                            pose,
                            new float[0],
                            texture,
                            light,
                            Optional.empty(),
                            azimuth.probability));
        }
        return hypotheses;
    }

    private static float[] first(NDArray rows) {
        return Arrays.copyOf(rows.toFloatArray(), (int) rows.getShape().get(1));
    }

    private record Azimuth(double degrees, double probability) {}

    private static List<Azimuth> azimuths(float[] probabilities, float[] offsets) {
        List<Integer> likeliestFirst =
                IntStream.range(0, SceneNetwork.BINS)
                        .boxed()
                        .sorted(Comparator.comparingDouble(bin -> -probabilities[bin]))
                        .toList();
        double width = 360.0 / SceneNetwork.BINS;
        List<Azimuth> chosen = new ArrayList<>();
        for (int bin : likeliestFirst) {
            if (!chosen.isEmpty() && probabilities[bin] < WORTH_TRYING) {
                break;
            }
            double degrees = Math.IEEEremainder(around(bin, probabilities, offsets) * width, 360);
            boolean apart =
                    chosen.stream()
                            .allMatch(
                                    other ->
                                            Math.abs(
                                                            Math.IEEEremainder(
                                                                    other.degrees - degrees, 360))
                                                    >= SEPARATION_DEG);
            if (apart) {
                chosen.add(new Azimuth(degrees, probabilities[bin]));
            }
            if (chosen.size() == MOST_HYPOTHESES) {
                break;
            }
        }
        return chosen;
    }

    /**
     * The mean of what the bins about one say, weighted by their probabilities, in bins: where
     * several are nearly as probable, the likeliest alone is farther from the truth.
     */
    private static double around(int bin, float[] probabilities, float[] offsets) {
        double sum = 0;
        double weight = 0;
        for (int apart = -NEIGHBOURS; apart <= NEIGHBOURS; apart++) {
            int neighbour = Math.floorMod(bin + apart, SceneNetwork.BINS);
            sum += probabilities[neighbour] * (apart + (double) offsets[neighbour]);
            weight += probabilities[neighbour];
        }
        return bin + sum / weight;
    }

    private static float[] limited(float[] shape, ShapePrior prior) {
        for (int k = 0; k < shape.length; k++) {
            shape[k] = Math.max(prior.min()[k], Math.min(prior.max()[k], shape[k]));
        }
        return shape;
    }

    private static float[] radians(float[] unit, List<PoseParameter> parameters) {
        for (int p = 0; p < unit.length; p++) {
            PoseParameter parameter = parameters.get(p);
            float middle = (parameter.maxRadians() + parameter.minRadians()) / 2;
            unit[p] = middle + unit[p] * (parameter.maxRadians() - parameter.minRadians()) / 2;
        }
        return unit;
    }

    private static ShLighting light(float[] difference) {
        float[] coefficients = ShLighting.uniform().coefficients();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] += difference[i];
        }
        return new ShLighting(coefficients);
    }

    private static Image image(NDArray logits) {
        int size = SceneNetwork.TEXTURE_SIZE;
        float[] planes = ai.djl.nn.Activation.sigmoid(logits).toFloatArray();
        byte[] rgba = new byte[4 * size * size];
        for (int i = 0; i < size * size; i++) {
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] = (byte) Math.round(255 * planes[c * size * size + i]);
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        return new Image(size, size, rgba);
    }
}
