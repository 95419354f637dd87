/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/**
 * One replaceable step of the way from a photo to an asset, or of training.
 *
 * <p>Implementations are registered as services under their stage interface with the property
 * {@link #ID_PROPERTY}. The pipeline chooses by configured id, else by service ranking; what ranks
 * below 0 is used only where the configuration names it. Implementations are safe for use by
 * several threads at once.
 */
public interface Stage {

    /** Service property that holds {@link #id()}. */
    String ID_PROPERTY = "inverso.stage.id";

    /**
     * Stable, short name, unique among the stages of one kind, for example {@code cnn} or {@code
     * gpu-opencl}.
     */
    String id();

    /**
     * What does the arithmetic, as people know it, for example {@code cpu} or an OpenCL device's
     * name.
     */
    default String device() {
        return "cpu";
    }

    /** One line on whether the stage can work now; {@code ok} when it can. */
    default String health() {
        return "ok";
    }
}
