/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;

/** A category that has nothing but weights. */
record WeightsOnly(String sha256, Map<String, byte[]> files) implements CategoryModel {

    @Override
    public byte[] weights(String name) {
        if (!files.containsKey(name)) {
            throw new CategoryException("Category thing has no weights \"" + name + "\"");
        }
        return files.get(name);
    }

    @Override
    public Set<String> weightNames() {
        return files.keySet();
    }

    @Override
    public String id() {
        return "thing";
    }

    @Override
    public String device() {
        return "none";
    }

    @Override
    public String label() {
        return "Thing";
    }

    @Override
    public String version() {
        return "2.3.4";
    }

    @Override
    public TemplateMesh template() {
        throw new UnsupportedOperationException("a generator needs no template");
    }

    @Override
    public ShapePrior shapePrior() {
        throw new UnsupportedOperationException("a generator needs no shapes");
    }

    @Override
    public List<PoseParameter> poseParameters() {
        return List.of();
    }

    @Override
    public List<String> clips() {
        return List.of();
    }
}
