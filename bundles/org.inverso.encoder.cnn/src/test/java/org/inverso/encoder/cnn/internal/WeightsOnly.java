/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;

/** A category that has nothing but weights. */
record WeightsOnly(String sha256, Map<String, byte[]> files, boolean symmetric)
        implements CategoryModel {

    WeightsOnly(String sha256, Map<String, byte[]> files) {
        this(sha256, files, false);
    }

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
                new float[3],
                new float[2],
                new int[0],
                new int[0],
                new int[0],
                List.of(),
                List.of(),
                List.of(),
                new float[0],
                symmetric ? new int[1] : new int[0]);
    }

    @Override
    public ShapePrior shapePrior() {
        throw new UnsupportedOperationException("an encoder needs no shapes");
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
