/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.disentangler.mlp.SceneReader;
import org.inverso.network.NetworkCache;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;

/** Runs a {@link SceneReader} with the weights that the category carries under a name. */
final class CategoryReader implements AutoCloseable {

    private final DjlRuntime runtime;
    private final String id;
    private final String encoder;
    private final String weights;
    private final String stage;
    private final NetworkCache<? extends SceneReader> networks;

    /**
     * @param id of the disentangler
     * @param encoder the one whose codes the network was trained on
     * @param weights name of them in the category
     * @param stage of the training that makes such weights
     */
    CategoryReader(
            DjlRuntime runtime,
            String id,
            String encoder,
            String weights,
            String stage,
            Function<Parameters, ? extends SceneReader> constructor) {
        this.runtime = runtime;
        this.id = id;
        this.encoder = encoder;
        this.weights = weights;
        this.stage = stage;
        this.networks = new NetworkCache<>(runtime, constructor);
    }

    @Override
    public void close() {
        networks.close();
    }

    List<SceneEstimate> disentangle(LatentCode code, CategoryModel category) {
        if (!code.encoderId().equals(encoder)) {
            throw new CategoryException(
                    "Disentangler "
                            + id
                            + " reads codes of encoder "
                            + encoder
                            + ", not of "
                            + code.encoderId()
                            + "; configure both: encoder = "
                            + encoder
                            + ", disentangler = "
                            + id);
        }
        try (NetworkCache.Lease<? extends SceneReader> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            checkSizes(lease.network(), category, code.values().length);
            int length = lease.network().codeLength();
            NDArray codes =
                    manager.create(code.values(), new Shape(code.values().length / length, length));
            return new Hypotheses(category).of(lease.network().forward(codes, 1));
        }
    }

    private NetworkCache.Lease<? extends SceneReader> lease(CategoryModel category) {
        if (!category.weightNames().contains(weights)) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has no weights \""
                            + weights
                            + "\" for disentangler "
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
            throw unreadable(category, e.getMessage());
        }
    }

    private void checkSizes(SceneReader network, CategoryModel category, int length) {
        boolean mirrored =
                category.template().mirrorVertex().length > 0 && length == 2 * network.codeLength();
        if (network.codeLength() != length && !mirrored) {
            throw unreadable(
                    category,
                    "it reads codes of "
                            + network.codeLength()
                            + " numbers, this one has "
                            + length);
        }
        if (network.shapeCount() != category.template().shapeCount()) {
            throw unreadable(
                    category,
                    "it knows "
                            + network.shapeCount()
                            + " shape targets, the template has "
                            + category.template().shapeCount());
        }
        if (network.poseCount() != category.poseParameters().size()) {
            throw unreadable(
                    category,
                    "it knows "
                            + network.poseCount()
                            + " pose parameters, the category has "
                            + category.poseParameters().size());
        }
    }

    private CategoryException unreadable(CategoryModel category, String why) {
        return new CategoryException(
                "Category "
                        + category.id()
                        + " "
                        + category.version()
                        + " has weights \""
                        + weights
                        + "\" that disentangler "
                        + id
                        + " cannot read: "
                        + why);
    }
}
