/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.joml.Vector3f;

/**
 * Reads the one skin of a template: joints that neither turn nor scale at rest, how the shape moves
 * them, and which vertex follows which of them.
 */
public final class SkinReader {

    private static final int MAX_JOINTS = 256;
    private static final double MAX_METRES = 1000;

    /** Metres, or parts of 1 in a matrix, that exporters leave by rounding. */
    private static final double TOLERANCE = 1e-4;

    /** Weights of bytes may add up to this much less or more than 1. */
    private static final double WEIGHT_SUM_TOLERANCE = 1e-2;

    private final JsonNode json;
    private final GltfAccessors accessors;
    private final GltfNodes nodes;
    private final int shapeCount;
    private final Skeleton skeleton;

    /** Index of the joint by its index in the file's skin. */
    private final int[] jointOf;

    /** Index of the joint by its node. */
    private final Map<Integer, Integer> jointOfNode = new HashMap<>();

    /**
     * @param root name that the skeleton's root must have
     * @param shapeCount number of shape targets
     */
    public SkinReader(
            JsonNode json, GltfAccessors accessors, GltfNodes nodes, String root, int shapeCount) {
        this.json = json;
        this.accessors = accessors;
        this.nodes = nodes;
        this.shapeCount = shapeCount;
        int skins = json.path("skins").size();
        if (skins != 1) {
            throw new CategoryException("template has " + skins + " skins where one is needed");
        }
        List<Integer> listed = listed();
        List<Integer> ordered = parentsFirst(listed);
        for (int j = 0; j < ordered.size(); j++) {
            jointOfNode.put(ordered.get(j), j);
        }
        jointOf = listed.stream().mapToInt(jointOfNode::get).toArray();
        String found = name(ordered.get(0));
        if (!found.equals(root)) {
            throw new CategoryException(
                    "template's skeleton begins with " + found + ", not with " + root);
        }
        List<Skeleton.Joint> joints = new ArrayList<>();
        for (int node : ordered) {
            joints.add(
                    new Skeleton.Joint(
                            name(node),
                            joints.isEmpty()
                                    ? Skeleton.Joint.ROOT
                                    : jointOfNode.get(nodes.parent(node)),
                            rest(node),
                            shapeDeltas(node)));
        }
        skeleton = new Skeleton(joints);
        checkInverseBinds();
    }

    private List<Integer> listed() {
        List<Integer> listed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode joint : json.at("/skins/0/joints")) {
            if (!joint.isInt() || joint.intValue() < 0 || joint.intValue() >= nodes.count()) {
                throw new CategoryException("template's skin names a joint that does not exist");
            }
            String name = name(joint.intValue());
            if (name.isBlank() || !names.add(name)) {
                throw new CategoryException(
                        "template's skin has "
                                + (name.isBlank()
                                        ? "a joint without a name"
                                        : "several joints called " + name));
            }
            if (nodes.node(joint.intValue()).has("mesh")) {
                throw new CategoryException("template's joint " + name + " carries a mesh");
            }
            listed.add(joint.intValue());
        }
        if (listed.isEmpty() || listed.size() > MAX_JOINTS) {
            throw new CategoryException(
                    "template's skin has "
                            + listed.size()
                            + " joints where 1 to "
                            + MAX_JOINTS
                            + " are needed");
        }
        return listed;
    }

    /** The same joints, every one after its parent; one only is the root. */
    private List<Integer> parentsFirst(List<Integer> listed) {
        Set<Integer> open = new HashSet<>(listed);
        List<Integer> ordered = new ArrayList<>();
        for (int node : listed) {
            if (!open.contains(nodes.parent(node))) {
                for (int p = nodes.parent(node); p >= 0; p = nodes.parent(p)) {
                    if (open.contains(p)) {
                        throw new CategoryException(
                                "template's joint " + name(node) + ": its parent is no joint");
                    }
                }
                ordered.add(node);
            }
        }
        if (ordered.size() != 1) {
            throw new CategoryException(
                    "template's skeleton has several roots: "
                            + name(ordered.get(0))
                            + " and "
                            + name(ordered.get(1)));
        }
        for (int i = 0; i < ordered.size(); i++) {
            for (int node : listed) {
                if (nodes.parent(node) == ordered.get(i)) {
                    ordered.add(node);
                }
            }
        }
        return ordered;
    }

    private String name(int node) {
        return nodes.node(node).path("name").asText();
    }

    private Vector3f rest(int node) {
        Matrix4d world = nodes.world(node);
        Vector3d at = world.getTranslation(new Vector3d());
        world.setTranslation(0, 0, 0);
        if (!world.equals(new Matrix4d(), TOLERANCE)) {
            throw new CategoryException(
                    "template's joint " + name(node) + " is turned or scaled at rest");
        }
        if (!(at.length() <= MAX_METRES)) {
            throw new CategoryException(
                    "template's joint " + name(node) + " is more than 1 km away");
        }
        return new Vector3f((float) at.x, (float) at.y, (float) at.z);
    }

    private float[] shapeDeltas(int node) {
        float[] deltas = new float[3 * shapeCount];
        JsonNode shape = nodes.node(node).path("extras").path("shape");
        if (shape.isMissingNode()) {
            return deltas;
        }
        String what = "template's joint " + name(node) + ": extras.shape ";
        if (!shape.isArray() || shape.size() != shapeCount) {
            throw new CategoryException(
                    what + "has " + shape.size() + " entries where " + shapeCount + " are needed");
        }
        for (int k = 0; k < shapeCount; k++) {
            for (int c = 0; c < 3; c++) {
                double delta = shape.get(k).path(c).asDouble(Double.NaN);
                if (shape.get(k).size() != 3 || !(Math.abs(delta) <= MAX_METRES)) {
                    throw new CategoryException(what + k + " is not three numbers");
                }
                deltas[3 * k + c] = (float) delta;
            }
        }
        return deltas;
    }

    /** What else than the joint's place they could be would move the mesh at rest. */
    private void checkInverseBinds() {
        float[] matrices = new float[16 * jointOf.length];
        if (json.at("/skins/0").has("inverseBindMatrices")) {
            matrices =
                    accessors.floats(
                            GltfAccessors.nonNegative(
                                    json.at("/skins/0"), "inverseBindMatrices", "template's skin"),
                            "MAT4",
                            jointOf.length);
        } else {
            for (int i = 0; i < matrices.length; i++) {
                matrices[i] = i % 16 % 5 == 0 ? 1 : 0;
            }
        }
        for (int i = 0; i < matrices.length; i++) {
            Skeleton.Joint joint = skeleton.joints().get(jointOf[i / 16]);
            int entry = i % 16;
            double expected = entry % 5 == 0 ? 1 : entry >= 12 ? -joint.rest().get(entry - 12) : 0;
            if (!(Math.abs(matrices[i] - expected) <= TOLERANCE)) {
                throw new CategoryException(
                        "template's joint "
                                + joint.name()
                                + ": its inverse bind matrix is not that of its place at rest");
            }
        }
    }

    public Skeleton skeleton() {
        return skeleton;
    }

    /** Index of the joint that a node is, or -1. */
    int jointOfNode(int node) {
        return jointOfNode.getOrDefault(node, -1);
    }

    /**
     * Which joints the vertices of a primitive follow.
     *
     * @param name of the part, for messages
     * @param count number of vertices
     * @return four weights and joints a vertex
     */
    public Influences influences(String name, JsonNode attributes, int count) {
        if (attributes.has("JOINTS_1") || attributes.has("WEIGHTS_1")) {
            throw new CategoryException(name + ": a vertex follows more than four joints");
        }
        int[] joints =
                accessors.joints(
                        GltfAccessors.nonNegative(attributes, "JOINTS_0", name),
                        count,
                        jointOf.length);
        float[] weights =
                accessors.floats(
                        GltfAccessors.nonNegative(attributes, "WEIGHTS_0", name), "VEC4", count);
        for (int v = 0; v < count; v++) {
            double sum = 0;
            for (int i = Skin.INFLUENCES * v; i < Skin.INFLUENCES * (v + 1); i++) {
                if (weights[i] < 0) {
                    throw new CategoryException(name + ": vertex " + v + " has a negative weight");
                }
                sum += weights[i];
                joints[i] = weights[i] > 0 ? jointOf[joints[i]] : 0;
            }
            if (!(Math.abs(sum - 1) <= WEIGHT_SUM_TOLERANCE)) {
                throw new CategoryException(
                        name + ": the weights of vertex " + v + " add up to " + sum + ", not to 1");
            }
            mergeTwins(joints, weights, Skin.INFLUENCES * v);
            for (int i = Skin.INFLUENCES * v; i < Skin.INFLUENCES * (v + 1); i++) {
                weights[i] = (float) (weights[i] / sum);
            }
        }
        return new Influences(joints, weights);
    }

    /** Makes one influence of those of the same joint, as glTF wants it. */
    private static void mergeTwins(int[] joints, float[] weights, int first) {
        for (int i = first; i < first + Skin.INFLUENCES; i++) {
            for (int k = i + 1; k < first + Skin.INFLUENCES; k++) {
                if (weights[i] > 0 && weights[k] > 0 && joints[i] == joints[k]) {
                    weights[i] += weights[k];
                    weights[k] = 0;
                    joints[k] = 0;
                }
            }
        }
    }

    /**
     * @param joints {@code int[V*4]}
     * @param weights {@code float[V*4]}
     */
    public record Influences(int[] joints, float[] weights) {

        /** Of a rigid part. */
        public static final Influences NONE = new Influences(new int[0], new float[0]);
    }
}
