/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.training.ViewFinder.View;
import org.inverso.training.internal.FeatureCloud;

/**
 * What a generator's weights hold beside the network: its view codes, and as {@value #REFERENCE}
 * what the recognizer sees in pictures that the generator learned from, by which it can be judged
 * where those pictures are not at hand.
 */
final class GeneratorFile {

    static final String REFERENCE = "reference.features";
    static final String FINGERPRINT = "reference.fingerprint";

    /** Features are about 1, and lie in the file in half precision. */
    private static final float SAME = 0.02f;

    private GeneratorFile() {}

    /**
     * Weights of a category's generator.
     *
     * @throws CategoryException when it has none
     */
    static byte[] of(CategoryModel category) {
        if (!category.weightNames().contains(GanTrainer.WEIGHTS)) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has no generator to learn from; train one with ./inverso train "
                            + category.id()
                            + " --stage gan");
        }
        return category.weights(GanTrainer.WEIGHTS);
    }

    /**
     * The same weights with these view codes and features instead of those that were there.
     *
     * @param layers that the view codes are for
     */
    static byte[] with(
            NDManager manager,
            byte[] weights,
            List<View> views,
            int layers,
            FeatureCloud reference,
            float[] fingerprint) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList list = new NDList();
            for (NDArray array : NDList.decode(scratch, weights)) {
                String name = array.getName();
                if (!name.startsWith("views.") && !name.startsWith("reference.")) {
                    list.add(array);
                }
            }
            if (!views.isEmpty()) {
                int width = views.get(0).w().length;
                float[] styles = new float[views.size() * layers * width];
                float[] azimuths = new float[views.size()];
                for (int v = 0; v < views.size(); v++) {
                    azimuths[v] = (float) views.get(v).azimuthDeg();
                    for (int l = 0; l < layers; l++) {
                        System.arraycopy(
                                views.get(v).w(), 0, styles, (v * layers + l) * width, width);
                    }
                }
                add(list, scratch, ViewCodes.STYLES, styles, views.size(), layers, width);
                add(list, scratch, ViewCodes.AZIMUTHS, azimuths, views.size());
            }
            float[][] features = reference.features();
            float[] flat = new float[features.length * fingerprint.length];
            for (int n = 0; n < features.length; n++) {
                System.arraycopy(features[n], 0, flat, n * fingerprint.length, fingerprint.length);
            }
            add(list, scratch, REFERENCE, flat, features.length, fingerprint.length);
            add(list, scratch, FINGERPRINT, fingerprint, fingerprint.length);
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    private static void add(
            NDList list, NDManager manager, String name, float[] values, long... shape) {
        NDArray half = manager.create(values, new Shape(shape)).toType(DataType.FLOAT16, false);
        half.setName(name);
        list.add(half);
    }

    /** View codes, {@code float[V][K][W]}: by view, then by layer. */
    static float[][][] viewCodes(Parameters weights) {
        int views = (int) weights.dimension(ViewCodes.STYLES, 0);
        int layers = (int) weights.dimension(ViewCodes.STYLES, 1);
        int width = (int) weights.dimension(ViewCodes.STYLES, 2);
        float[] all = weights.arrays().get(ViewCodes.STYLES).toFloatArray();
        float[][][] codes = new float[views][layers][width];
        for (int i = 0; i < views * layers; i++) {
            System.arraycopy(all, i * width, codes[i / layers][i % layers], 0, width);
        }
        return codes;
    }

    /**
     * What the recognizer saw in pictures that the generator learned from; empty when it is not
     * known, or when it was another recognizer.
     *
     * @param fingerprint of the recognizer
     */
    static Optional<FeatureCloud> reference(Parameters weights, float[] fingerprint) {
        NDArray known = weights.arrays().get(FINGERPRINT);
        NDArray features = weights.arrays().get(REFERENCE);
        if (known == null || features == null || known.size() != fingerprint.length) {
            return Optional.empty();
        }
        float[] print = known.toFloatArray();
        for (int i = 0; i < print.length; i++) {
            if (!(Math.abs(print[i] - fingerprint[i]) < SAME * (1 + Math.abs(fingerprint[i])))) {
                return Optional.empty();
            }
        }
        float[] flat = features.toFloatArray();
        float[][] cloud = new float[flat.length / print.length][print.length];
        for (int n = 0; n < cloud.length; n++) {
            System.arraycopy(flat, n * print.length, cloud[n], 0, print.length);
        }
        return Optional.of(new FeatureCloud(cloud));
    }
}
