/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.category.CategoryLoader;

/**
 * The car category, with other clips.
 *
 * @param category as it ships
 */
record TestCar(CategoryModel category, List<String> clips) implements CategoryModel {

    private static final Path FOLDER = Path.of("../org.inverso.category.car/src/main/resources");

    static TestCar load() {
        return new TestCar(new CategoryLoader().load(FOLDER), List.of(Clips.DRIVE, Clips.STEER));
    }

    TestCar withClips(String... names) {
        return new TestCar(category, List.of(names));
    }

    @Override
    public String id() {
        return category.id();
    }

    @Override
    public String label() {
        return category.label();
    }

    @Override
    public String version() {
        return category.version();
    }

    @Override
    public String sha256() {
        return category.sha256();
    }

    @Override
    public TemplateMesh template() {
        return category.template();
    }

    @Override
    public ShapePrior shapePrior() {
        return category.shapePrior();
    }

    @Override
    public List<PoseParameter> poseParameters() {
        return category.poseParameters();
    }

    @Override
    public Set<String> weightNames() {
        return category.weightNames();
    }

    @Override
    public byte[] weights(String name) {
        return category.weights(name);
    }
}
