/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.inverso.api.CategoryException;
import org.inverso.api.Encoder;
import org.inverso.api.LatentCode;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Photo to w+: runs {@link WPlusEncoderNetwork} with the weights that the category carries under
 * the name {@value #WEIGHTS}. The code's values are the generator's styles, {@code float[L * W]}.
 * Used where the configuration asks for it; its codes are for the disentangler of the same id.
 */
@Component(
        service = Encoder.class,
        property = {Stage.ID_PROPERTY + "=" + WPlusEncoder.ID, "service.ranking:Integer=-10"})
public final class WPlusEncoder implements Encoder {

    static final String ID = "wplus";

    /** Name of the weights in the category. */
    static final String WEIGHTS = "latent-encoder";

    private final DjlRuntime runtime;
    private final NetworkCache<WPlusEncoderNetwork> networks;

    @Activate
    public WPlusEncoder(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks = new NetworkCache<>(runtime, WPlusEncoderNetwork::read);
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
    public LatentCode encode(Crop crop, CategoryModel category) {
        float[] pixels = new float[4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE];
        EncoderNetwork.fill(crop.pixels(), pixels, 0);
        try (NetworkCache.Lease<WPlusEncoderNetwork> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            NDArray input =
                    manager.create(
                            pixels, new Shape(1, 4, EncoderNetwork.SIZE, EncoderNetwork.SIZE));
            return new LatentCode(lease.network().forward(input).toFloatArray(), ID);
        }
    }

    private NetworkCache.Lease<WPlusEncoderNetwork> lease(CategoryModel category) {
        if (!category.weightNames().contains(WEIGHTS)) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has no weights \""
                            + WEIGHTS
                            + "\" for encoder "
                            + ID
                            + "; train them with ./inverso train "
                            + category.id()
                            + " --stage latent");
        }
        try {
            return networks.lease(category.sha256(), () -> category.weights(WEIGHTS));
        } catch (IllegalArgumentException e) {
            throw new CategoryException(
                    "Category "
                            + category.id()
                            + " "
                            + category.version()
                            + " has weights \""
                            + WEIGHTS
                            + "\" that encoder "
                            + ID
                            + " cannot read: "
                            + e.getMessage(),
                    e);
        }
    }
}
