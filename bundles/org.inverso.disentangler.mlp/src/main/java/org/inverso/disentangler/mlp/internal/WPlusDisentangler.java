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
import org.inverso.api.CategoryException;
import org.inverso.api.Disentangler;
import org.inverso.api.LatentCode;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * w+ to scene: runs {@link WPlusSceneNetwork} with the weights that the category carries under the
 * name {@value #WEIGHTS}. Used where the configuration asks for it, after the encoder of the same
 * id.
 */
@Component(
        service = Disentangler.class,
        property = {Stage.ID_PROPERTY + "=" + WPlusDisentangler.ID, "service.ranking:Integer=-10"})
public final class WPlusDisentangler implements Disentangler {

    static final String ID = "wplus";

    /** Name of the weights in the category. */
    static final String WEIGHTS = "latent-disentangler";

    /** The encoder whose codes are w+. */
    private static final String ENCODER = "wplus";

    private final DjlRuntime runtime;
    private final NetworkCache<WPlusSceneNetwork> networks;

    @Activate
    public WPlusDisentangler(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks = new NetworkCache<>(runtime, WPlusSceneNetwork::read);
    }

    @Deactivate
    public void close() {
        networks.close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String device() {
        return runtime.device();
    }

    @Override
    public List<SceneEstimate> disentangle(LatentCode code, CategoryModel category) {
        if (!code.encoderId().equals(ENCODER)) {
            throw new CategoryException(
                    "Disentangler "
                            + ID
                            + " reads codes of encoder "
                            + ENCODER
                            + ", not of "
                            + code.encoderId()
                            + "; configure both: encoder = "
                            + ENCODER
                            + ", disentangler = "
                            + ID);
        }
        try (NetworkCache.Lease<WPlusSceneNetwork> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            checkSizes(lease.network(), category, code.values().length);
            NDArray wPlus = manager.create(code.values(), new Shape(1, code.values().length));
            SceneNetwork.Heads heads = lease.network().forward(wPlus);
            return new Hypotheses(category).of(heads);
        }
    }

    private NetworkCache.Lease<WPlusSceneNetwork> lease(CategoryModel category) {
        if (!category.weightNames().contains(WEIGHTS)) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has no weights \""
                            + WEIGHTS
                            + "\" for disentangler "
                            + ID
                            + "; train them with ./inverso train "
                            + category.id()
                            + " --stage latent");
        }
        try {
            return networks.lease(category.sha256(), () -> category.weights(WEIGHTS));
        } catch (IllegalArgumentException e) {
            throw unreadable(category, e.getMessage());
        }
    }

    private void checkSizes(WPlusSceneNetwork network, CategoryModel category, int length) {
        if (network.length() != length) {
            throw unreadable(
                    category,
                    "it reads codes of " + network.length() + " numbers, this one has " + length);
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
                        + WEIGHTS
                        + "\" that disentangler "
                        + ID
                        + " cannot read: "
                        + why);
    }
}
