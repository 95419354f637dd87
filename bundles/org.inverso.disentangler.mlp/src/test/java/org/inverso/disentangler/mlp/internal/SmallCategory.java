/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;

/** A triangle 1.5 m high with as many shape targets as wanted and two pose parameters. */
record SmallCategory(String sha256, int shapes, Map<String, byte[]> files, boolean symmetric)
        implements CategoryModel {

    SmallCategory(String sha256, int shapes, Map<String, byte[]> files) {
        this(sha256, shapes, files, false);
    }

    static final float LOWEST = -1.5f;
    static final float HIGHEST = 2;

    @Override
    public TemplateMesh template() {
        return new TemplateMesh(
                new float[] {0, 0, 0, 1, 0, 0, 0, 1.5f, 0},
                new float[6],
                new int[] {0, 1, 2},
                new int[1],
                new int[1],
                List.of(),
                List.of(),
                java.util.stream.IntStream.range(0, shapes).mapToObj(k -> "target" + k).toList(),
                new float[9 * shapes],
                symmetric ? new int[] {1, 0, 2} : new int[0]);
    }

    @Override
    public ShapePrior shapePrior() {
        float[] min = new float[shapes];
        float[] max = new float[shapes];
        java.util.Arrays.fill(min, LOWEST);
        java.util.Arrays.fill(max, HIGHEST);
        return new ShapePrior(List.of(), min, max);
    }

    @Override
    public List<PoseParameter> poseParameters() {
        return List.of(new PoseParameter("steer", -0.5f, 0.5f), new PoseParameter("open", 0, 1.2f));
    }

    @Override
    public byte[] weights(String name) {
        if (!files.containsKey(name)) {
            throw new CategoryException("Category small has no weights \"" + name + "\"");
        }
        return files.get(name);
    }

    @Override
    public Set<String> weightNames() {
        return files.keySet();
    }

    @Override
    public List<String> clips() {
        return List.of();
    }

    @Override
    public String id() {
        return "small";
    }

    @Override
    public String label() {
        return "Small";
    }

    @Override
    public String version() {
        return "1.2.3";
    }
}
