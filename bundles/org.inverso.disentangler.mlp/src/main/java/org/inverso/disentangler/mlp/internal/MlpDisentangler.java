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
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs {@link SceneNetwork} with the weights that the category carries under the name {@link
 * Config#weights}.
 */
@Component(
        service = Disentangler.class,
        configurationPid = "org.inverso.disentangler.mlp",
        property = Stage.ID_PROPERTY + "=" + MlpDisentangler.ID)
@Designate(ocd = MlpDisentangler.Config.class)
public final class MlpDisentangler implements Disentangler {

    static final String ID = "mlp";

    /** Name of the weights in the category, unless the configuration says otherwise. */
    static final String WEIGHTS = "disentangler";

    /** The encoder whose codes the network was trained on. */
    private static final String ENCODER = "cnn";

    /** Settings of the disentangler. */
    @ObjectClassDefinition(name = "Inverso disentangler (MLP)")
    public @interface Config {
        /** Name of the weights. */
        @AttributeDefinition(
                name = "Weights",
                description =
                        "Name of the weights in the category: disentangler, or inverse-disentangler"
                                + " for those that learned from generated pictures alone")
        String weights() default WEIGHTS;
    }

    private final DjlRuntime runtime;
    private final String weights;
    private final NetworkCache<SceneNetwork> networks;

    @Activate
    public MlpDisentangler(@Reference DjlRuntime runtime, Config config) {
        this(runtime, config.weights());
    }

    /** With the usual weights. */
    MlpDisentangler(DjlRuntime runtime) {
        this(runtime, WEIGHTS);
    }

    /**
     * @param weights name of them in the category
     */
    MlpDisentangler(DjlRuntime runtime, String weights) {
        this.runtime = runtime;
        this.weights = weights;
        this.networks = new NetworkCache<>(runtime, SceneNetwork::read);
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
        try (NetworkCache.Lease<SceneNetwork> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            checkSizes(lease.network(), category, code.values().length);
            NDArray latent = manager.create(code.values(), new Shape(1, code.values().length));
            SceneNetwork.Heads heads = lease.network().forward(latent);
            return new Hypotheses(category).of(heads);
        }
    }

    private NetworkCache.Lease<SceneNetwork> lease(CategoryModel category) {
        try {
            return networks.lease(
                    category.sha256() + "/" + weights, () -> category.weights(weights));
        } catch (IllegalArgumentException e) {
            throw unreadable(category, e.getMessage());
        }
    }

    private void checkSizes(SceneNetwork network, CategoryModel category, int latent) {
        if (network.latent() != latent) {
            throw unreadable(
                    category,
                    "it reads codes of " + network.latent() + " numbers, this one has " + latent);
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
                        + ID
                        + " cannot read: "
                        + why);
    }
}
