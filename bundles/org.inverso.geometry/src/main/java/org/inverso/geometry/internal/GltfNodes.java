/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.inverso.api.CategoryException;
import org.joml.Matrix4d;
import org.joml.Quaterniond;

/** The node tree of a glTF file with the transforms from each node to the scene. */
public final class GltfNodes {

    private static final int MAX_NODES = 10_000;

    private final JsonNode nodes;
    private final int[] parent;

    public GltfNodes(JsonNode json) {
        nodes = json.path("nodes");
        if (nodes.size() > MAX_NODES) {
            throw new CategoryException("template has more than " + MAX_NODES + " nodes");
        }
        parent = new int[nodes.size()];
        Arrays.fill(parent, -1);
        for (int i = 0; i < parent.length; i++) {
            for (JsonNode child : nodes.get(i).path("children")) {
                if (!child.isInt() || child.intValue() < 0 || child.intValue() >= parent.length) {
                    throw new CategoryException("node " + i + " has a child that does not exist");
                }
                if (parent[child.intValue()] >= 0) {
                    throw new CategoryException("node " + child.intValue() + " has two parents");
                }
                parent[child.intValue()] = i;
            }
        }
        for (int i = 0; i < parent.length; i++) {
            int steps = 0;
            for (int p = parent[i]; p >= 0; p = parent[p]) {
                if (++steps > parent.length) {
                    throw new CategoryException("node " + i + " is its own ancestor");
                }
            }
        }
    }

    public int count() {
        return parent.length;
    }

    /** Index of the parent, or -1. */
    public int parent(int index) {
        return parent[index];
    }

    public JsonNode node(int index) {
        return nodes.get(index);
    }

    /** Whether the node stands elsewhere than its parent. */
    public boolean placed(int index) {
        return node(index).has("translation") || node(index).has("matrix");
    }

    /** From the node's frame to the scene's. */
    public Matrix4d world(int index) {
        Matrix4d world = local(index);
        for (int p = parent[index]; p >= 0; p = parent[p]) {
            world = local(p).mul(world);
        }
        if (!world.isFinite() || !(Math.abs(world.determinant3x3()) > 1e-12)) {
            throw new CategoryException(
                    "node " + node(index).path("name").asText() + ": its transform is singular");
        }
        return world;
    }

    private Matrix4d local(int index) {
        JsonNode node = node(index);
        if (node.has("matrix")) {
            double[] m = numbers(node, "matrix", new double[16], index);
            return new Matrix4d().set(m);
        }
        double[] t = numbers(node, "translation", new double[3], index);
        double[] r = numbers(node, "rotation", new double[] {0, 0, 0, 1}, index);
        double[] s = numbers(node, "scale", new double[] {1, 1, 1}, index);
        Quaterniond rotation = new Quaterniond(r[0], r[1], r[2], r[3]).normalize();
        return new Matrix4d()
                .translation(t[0], t[1], t[2])
                .rotate(rotation)
                .scale(s[0], s[1], s[2]);
    }

    private static double[] numbers(JsonNode node, String field, double[] otherwise, int index) {
        if (!node.has(field)) {
            return otherwise;
        }
        JsonNode array = node.get(field);
        if (array.size() != otherwise.length) {
            throw new CategoryException(
                    "node " + index + ": " + field + " needs " + otherwise.length + " numbers");
        }
        double[] values = new double[otherwise.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble(Double.NaN);
        }
        return values;
    }
}
