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
import org.inverso.disentangler.mlp.WPlusSceneNetwork;
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
    private final CategoryReader reader;

    @Activate
    public WPlusDisentangler(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.reader =
                new CategoryReader(
                        runtime, ID, ENCODER, WEIGHTS, "latent", WPlusSceneNetwork::read);
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
