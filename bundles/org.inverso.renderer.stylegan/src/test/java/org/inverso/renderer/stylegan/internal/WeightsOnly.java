/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;

/** A category that has weights and an upright square for a template. */
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
        return new TemplateMesh(
                new float[] {0, 0, 0, 4, 0, 0, 4, 2, 0, 0, 2, 0},
                new float[] {0, 1, 1, 1, 1, 0, 0, 0},
                new int[] {0, 1, 2, 0, 2, 3},
                new int[2],
                new int[2],
                List.of(),
                List.of(),
                List.of(),
                new float[0],
                new int[0]);
    }

    @Override
    public ShapePrior shapePrior() {
        throw new UnsupportedOperationException("a renderer samples no shapes");
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
