/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.nio.file.Path;
import org.inverso.api.authoring.CategoryWorkshop;
import org.inverso.category.CategoryBundleWriter;
import org.inverso.category.CategoryDrafter;
import org.osgi.service.component.annotations.Component;

/** The workshop as a service. */
@Component(service = CategoryWorkshop.class)
public final class CategoryWorkshopComponent implements CategoryWorkshop {

    private final CategoryDrafter drafter = new CategoryDrafter();
    private final CategoryBundleWriter bundles = new CategoryBundleWriter();

    @Override
    public Draft create(Order order) {
        return drafter.create(order);
    }

    @Override
    public Packaged pack(Path folder, Path jar) {
        return bundles.write(folder, jar);
    }
}
