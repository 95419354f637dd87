/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import java.util.List;
import org.inverso.api.Disentangler;
import org.inverso.api.LatentCode;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.disentangler.mlp.SceneNetwork;
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
    private final CategoryReader reader;

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
        this.reader =
                new CategoryReader(
                        runtime,
                        ID,
                        ENCODER,
                        weights,
                        weights.equals(WEIGHTS) ? "scene" : "inverse",
                        SceneNetwork::read);
    }

    @Deactivate
    public void close() {
        reader.close();
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
        return reader.disentangle(code, category);
    }
}
