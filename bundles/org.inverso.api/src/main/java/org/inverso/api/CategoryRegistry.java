/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inverso.api.category.CategoryModel;

/** All category bundles, the refused ones too. */
public interface CategoryRegistry {

    List<CategoryStatus> categories();

    /**
     * The model that requests for a category get now. To look at, not to keep: its data may go at
     * any time.
     *
     * @param id of the category
     */
    Optional<CategoryModel> find(String id);

    /**
     * Checks a category that is not installed as it would be checked on installation.
     *
     * @param jarOrFolder a category bundle, or a folder with {@code category.json}
     * @return what is in it
     * @throws CategoryException when it would be refused; the message is one line
     */
    CategoryModel verify(Path jarOrFolder);

    /**
     * @param state {@code active}, {@code superseded} or {@code refused}
     * @param source where the bundle came from
     * @param memoryBytes that the model keeps in memory
     * @param problem why it was refused, in one line; empty when it was not
     */
    record CategoryStatus(
            String id,
            String label,
            String version,
            String state,
            String source,
            long memoryBytes,
            String problem) {}
}
