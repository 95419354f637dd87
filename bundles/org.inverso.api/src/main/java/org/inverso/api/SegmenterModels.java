/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.nio.file.Path;
import java.util.List;

/** Registers matting model files for the segmenter that runs them. */
public interface SegmenterModels {

    /**
     * Copies a model into the installation, checks that it can be run, and makes it the one in use.
     *
     * @throws InversoException when the file is no model that can be run
     */
    InstalledModel install(Path file);

    List<InstalledModel> installed();

    record InstalledModel(String name, String sha256, long bytes, String format) {}
}
