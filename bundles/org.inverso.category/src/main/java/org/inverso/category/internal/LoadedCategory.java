/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.category.internal.CategoryDescriptor.WeightFile;

/** A category whose data was checked. Its weights stay where they are until somebody reads them. */
public final class LoadedCategory implements CategoryModel {

    private final CategoryDescriptor descriptor;
    private final TemplateMesh template;
    private final String sha256;
    private final CategoryFiles files;
    private final Map<String, WeightFile> weights;

    public LoadedCategory(
            CategoryDescriptor descriptor,
            TemplateMesh template,
            String sha256,
            CategoryFiles files) {
        this.descriptor = descriptor;
        this.template = template;
        this.sha256 = sha256;
        this.files = files;
        Map<String, WeightFile> byName = new LinkedHashMap<>();
        descriptor.weights().forEach(w -> byName.put(w.name(), w));
        weights = Collections.unmodifiableMap(byName);
    }

    @Override
    public String id() {
        return descriptor.id();
    }

    @Override
    public String label() {
        return descriptor.label();
    }

    @Override
    public String version() {
        return descriptor.version();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public TemplateMesh template() {
        return template;
    }

    @Override
    public ShapePrior shapePrior() {
        return descriptor.prior();
    }

    @Override
    public List<PoseParameter> poseParameters() {
        return descriptor.pose();
    }

    @Override
    public List<NamedPose> poses() {
        return descriptor.poses();
    }

    @Override
    public List<Coat> coats() {
        return descriptor.coats();
    }

    @Override
    public Map<String, Map<String, float[]>> colors() {
        return descriptor.colors();
    }

    @Override
    public String licence() {
        return descriptor.licence();
    }

    @Override
    public String provenance() {
        return descriptor.provenance();
    }

    @Override
    public List<String> clips() {
        return descriptor.clips();
    }

    @Override
    public Set<String> weightNames() {
        return weights.keySet();
    }

    @Override
    public byte[] weights(String name) {
        WeightFile file = weights.get(name);
        if (file == null) {
            throw new CategoryException(
                    "category " + id() + " " + version() + " has no weights '" + name + "'");
        }
        byte[] bytes = files.read(file.file(), (int) file.bytes());
        if (!CategoryFiles.sha256(bytes).equals(file.sha256())) {
            throw new CategoryException(
                    "category "
                            + id()
                            + ": weights '"
                            + name
                            + "' have changed since it was loaded");
        }
        return bytes;
    }

    /** Files of the category beside the descriptor. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        paths.add(descriptor.template());
        descriptor.weights().forEach(w -> paths.add(w.file()));
        if (!descriptor.modelCard().isEmpty()) {
            paths.add(descriptor.modelCard());
        }
        return paths;
    }

    /** Bytes that the arrays in memory take. */
    public long memoryBytes() {
        return 4L
                * ((long) template.positions().length
                        + template.uvs().length
                        + template.faces().length
                        + template.facePart().length
                        + template.faceMaterial().length
                        + template.shapeBasis().length
                        + template.mirrorVertex().length
                        + template.skin().map(s -> 2 * s.weights().length).orElse(0));
    }

    @Override
    public String toString() {
        return "category " + id() + " " + version();
    }
}
