/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.util.List;
import org.inverso.api.CategoryException;
import org.inverso.category.CategoryLoader;
import org.inverso.category.CategorySource;

/** Checks a category's container and loads what is in it. */
public final class PackageLoader {

    private final CategoryLoader loader = new CategoryLoader();

    /**
     * Loads from a container without a manifest.
     *
     * @throws CategoryException when something is wrong; the message is one line
     */
    public LoadedCategory load(CategoryContainer container) {
        ContainerCheck.check(container);
        return load(container.source(CategorySource.DESCRIPTOR));
    }

    /**
     * @param capabilities the manifest's header {@code Provide-Capability}
     * @param name of the bundle
     * @throws CategoryException when something is wrong; the message is one line
     */
    public LoadedCategory load(CategoryContainer container, String capabilities, String name) {
        return load(container, CategoryHeader.parse(capabilities, name));
    }

    /**
     * @param headers what the manifest declares
     * @throws CategoryException when something is wrong; the message is one line
     */
    LoadedCategory load(CategoryContainer container, List<CategoryHeader> headers) {
        CategoryHeader header = CategoryHeader.single(headers);
        ContainerCheck.check(container);
        LoadedCategory category = load(container.source(header.descriptor()));
        header.require(category.id());
        return category;
    }

    /**
     * Loads files that were in a container that was checked.
     *
     * @throws CategoryException when something is wrong; the message is one line
     */
    LoadedCategory load(CategorySource source) {
        try {
            return (LoadedCategory) loader.load(source);
        } catch (OutOfMemoryError e) {
            throw new CategoryException("it needs more memory than there is", e);
        }
    }
}
