/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Function;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Layer;
import org.inverso.network.NetworkCache;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;

/**
 * Runs a network that reads crops as {@link EncoderNetwork} does, with the weights that the
 * category carries under a name.
 */
final class CropEncoder implements AutoCloseable {

    private final DjlRuntime runtime;
    private final String id;
    private final String weights;
    private final String stage;
    private final NetworkCache<? extends Layer> networks;

    /**
     * @param id of the encoder
     * @param weights name of them in the category
     * @param stage of the training that makes such weights
     */
    CropEncoder(
            DjlRuntime runtime,
            String id,
            String weights,
            String stage,
            Function<Parameters, ? extends Layer> constructor) {
        this.runtime = runtime;
        this.id = id;
        this.weights = weights;
        this.stage = stage;
        this.networks = new NetworkCache<>(runtime, constructor);
    }

    @Override
    public void close() {
        networks.close();
    }

    /**
     * The code of the crop, and after it, where the category's objects are symmetric, that of its
     * mirror image: a network errs in other ways there, and the disentangler may take the mean.
     */
    LatentCode encode(Crop crop, CategoryModel category) {
        int side = EncoderNetwork.SIZE;
        int count = category.template().mirrorVertex().length > 0 ? 2 : 1;
        float[] pixels = new float[count * 4 * side * side];
        EncoderNetwork.fill(crop.pixels(), pixels, 0);
        if (count > 1) {
            mirror(pixels, 4 * side * side, side);
        }
        try (NetworkCache.Lease<? extends Layer> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            NDArray input = manager.create(pixels, new Shape(count, 4, side, side));
            return new LatentCode(lease.network().forward(input).toFloatArray(), id);
        }
    }

    /**
     * Puts the mirror image of the first {@code length} numbers, rows of {@code side}, after them.
     */
    private static void mirror(float[] pixels, int length, int side) {
        for (int i = 0; i < length; i++) {
            int column = i % side;
            pixels[length + i - column + side - 1 - column] = pixels[i];
        }
    }

    private NetworkCache.Lease<? extends Layer> lease(CategoryModel category) {
        if (!category.weightNames().contains(weights)) {
            throw new CategoryException(
                    named(category, "has no weights")
                            + " for encoder "
                            + id
                            + "; train them with ./inverso train "
                            + category.id()
                            + " --stage "
                            + stage);
        }
        try {
            return networks.lease(
                    category.sha256() + "/" + weights, () -> category.weights(weights));
        } catch (IllegalArgumentException e) {
            throw new CategoryException(
                    named(category, "has weights")
                            + " that encoder "
                            + id
                            + " cannot read: "
                            + e.getMessage(),
                    e);
        }
    }

    private String named(CategoryModel category, String what) {
        return "Category %s %s %s \"%s\""
                .formatted(category.id(), category.version(), what, weights);
    }
}
