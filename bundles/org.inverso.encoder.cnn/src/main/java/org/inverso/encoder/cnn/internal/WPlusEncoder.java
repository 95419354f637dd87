/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import org.inverso.api.Encoder;
import org.inverso.api.LatentCode;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
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
    private final CropEncoder crops;

    @Activate
    public WPlusEncoder(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.crops = new CropEncoder(runtime, ID, WEIGHTS, "latent", WPlusEncoderNetwork::read);
    }

    @Deactivate
    public void close() {
        crops.close();
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
        return crops.encode(crop, category);
    }
}
