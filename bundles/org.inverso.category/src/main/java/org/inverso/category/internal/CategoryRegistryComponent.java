/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryVerifier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Runs the extender for as long as its bundle is active. */
@Component(service = CategoryRegistry.class, immediate = true)
public final class CategoryRegistryComponent implements CategoryRegistry {

    private final CategoryExtender extender;

    /** Called by the framework. */
    @Activate
    public CategoryRegistryComponent(BundleContext context) {
        File folder = context.getDataFile("previous");
        if (folder == null) {
            throw new IllegalStateException("the framework has no place for files");
        }
        extender = new CategoryExtender(context, new PreviousCategories(folder.toPath()));
        extender.open();
    }

    @Deactivate
    void deactivate() {
        extender.close();
    }

    @Override
    public List<CategoryStatus> categories() {
        return extender.categories();
    }

    @Override
    public Optional<CategoryModel> find(String id) {
        return extender.find(id);
    }

    @Override
    public CategoryModel verify(Path jarOrFolder) {
        return new CategoryVerifier().verify(jarOrFolder);
    }
}
