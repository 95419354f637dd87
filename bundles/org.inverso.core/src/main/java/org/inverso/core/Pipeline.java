/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

import java.util.Objects;
import java.util.function.Consumer;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.category.CategoryModel;
import org.inverso.core.internal.PhotoRun;

/** The way of one photo to an asset. Safe for use by several threads at once. */
public final class Pipeline {

    private final PipelineSettings settings;

    public Pipeline(PipelineSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Reconstructs one photo in the calling thread.
     *
     * @throws InversoException when it fails; the message says what to do
     */
    public Reconstruction run(ReconstructionRequest request, StageSet stages, Progress progress) {
        return run(request, stages, progress, category -> {});
    }

    /**
     * Reconstructs one photo in the calling thread.
     *
     * @param onCategory is told the category as soon as it is known; the others are not used again
     * @throws InversoException when it fails; the message says what to do
     */
    public Reconstruction run(
            ReconstructionRequest request,
            StageSet stages,
            Progress progress,
            Consumer<CategoryModel> onCategory) {
        return new PhotoRun(settings, request, stages, progress, onCategory).run();
    }
}
