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
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs {@link EncoderNetwork} with the weights that the category carries under the name {@link
 * Config#weights}.
 */
@Component(
        service = Encoder.class,
        configurationPid = "org.inverso.encoder.cnn",
        property = Stage.ID_PROPERTY + "=" + CnnEncoder.ID)
@Designate(ocd = CnnEncoder.Config.class)
public final class CnnEncoder implements Encoder {

    static final String ID = "cnn";

    /** Name of the weights in the category, unless the configuration says otherwise. */
    static final String WEIGHTS = "encoder";

    /** Settings of the encoder. */
    @ObjectClassDefinition(name = "Inverso encoder (CNN)")
    public @interface Config {
        /** Name of the weights. */
        @AttributeDefinition(
                name = "Weights",
                description =
                        "Name of the weights in the category: encoder, or inverse-encoder"
                                + " for those that learned from generated pictures alone")
        String weights() default WEIGHTS;
    }

    private final DjlRuntime runtime;
    private final CropEncoder crops;

    @Activate
    public CnnEncoder(@Reference DjlRuntime runtime, Config config) {
        this(runtime, config.weights());
    }

    /** With the usual weights. */
    CnnEncoder(DjlRuntime runtime) {
        this(runtime, WEIGHTS);
    }

    /**
     * @param weights name of them in the category
     */
    CnnEncoder(DjlRuntime runtime, String weights) {
        this.runtime = runtime;
        this.crops =
                new CropEncoder(
                        runtime,
                        ID,
                        weights,
                        weights.equals(WEIGHTS) ? "scene" : "inverse",
                        EncoderNetwork::new);
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
