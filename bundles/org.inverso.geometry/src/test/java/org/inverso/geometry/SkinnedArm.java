/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.PoseParameter.JointShare;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.joml.Vector3f;

/**
 * An upright arm as a category with a skeleton: an eight-sided tube 2.4 m high and 0.3 m thick, the
 * lower metre of it the part {@code upper} with the material {@code sleeve}, the rest the part
 * {@code hand} with the material {@code palm}. Joints: shoulder at 0.1 m, elbow at 1 m, wrist at
 * 1.8 m, each blending with the next over 0.4 m. Targets: {@code long} lengthens by 30 %, joints
 * with it; {@code thick} adds 0.1 m to the radius. The clip {@code wave} bends the elbow and lifts
 * the shoulder.
 */
public final class SkinnedArm extends GlbWriter {

    public static final List<String> TARGETS = List.of("long", "thick");
    public static final List<String> JOINTS = List.of("shoulder", "elbow", "wrist");
    public static final float[] JOINT_Y = {0.1f, 1, 1.8f};
    public static final float LONG = 0.3f;
    public static final float THICK = 0.1f;
    public static final float LIFT = 0.05f;
    static final int SIDES = 8;

    private static final float RADIUS = 0.15f;
    private static final float SPACING = 0.1f;
    private static final float BLEND = 0.2f;

    private SkinnedArm() {}

    public static SkinnedArm create() {
        SkinnedArm arm = new SkinnedArm();
        for (String name : List.of("sleeve", "palm")) {
            ObjectNode material = arm.array("materials").addObject().put("name", name);
            material.putObject("pbrMetallicRoughness")
                    .put("metallicFactor", 0)
                    .put("roughnessFactor", 0.75)
                    .putArray("baseColorFactor")
                    .add(0.5)
                    .add(name.equals("palm") ? 0.25 : 0.5)
                    .add(0.125)
                    .add(1);
        }
        arm.addPart("upper", 0, 10, true, false);
        arm.addPart("hand", 10, 24, false, true);
        arm.addSkeleton();
        arm.addClip();
        return arm;
    }

    public static TemplateDeclaration declaration() {
        return new TemplateDeclaration(
                List.of(
                        new PartDeclaration("upper", "body", Optional.empty(), false),
                        new PartDeclaration("hand", "hand", Optional.empty(), false)),
                List.of(
                        new MaterialDeclaration("sleeve", "coat"),
                        new MaterialDeclaration("palm", "coat")),
                TARGETS,
                false,
                Optional.of("shoulder"));
    }

    static TemplateMesh mesh() {
        return new GltfTemplateReader().read(create().glb(), declaration());
    }

    /** As the descriptor has them. */
    static List<PoseParameter> pose() {
        return List.of(
                parameter("sway", new Vector3f(0, 0, 1), new JointShare("shoulder", 1)),
                parameter("bend", new Vector3f(1, 0, 0), new JointShare("elbow", 1)),
                parameter("lean", new Vector3f(0, 0, 1), new JointShare("elbow", 1)),
                parameter(
                        "curl",
                        new Vector3f(0.6f, 0.8f, 0),
                        new JointShare("elbow", 0.5f),
                        new JointShare("wrist", 1)));
    }

    private static PoseParameter parameter(String name, Vector3f axis, JointShare... joints) {
        return new PoseParameter(name, -1.2f, 1.2f, 0, 0.4f, axis, List.of(joints));
    }

    /** {@code category.json} and {@code template.glb}. */
    public Map<String, byte[]> files() {
        return Map.of(
                "category.json",
                DESCRIPTOR.getBytes(StandardCharsets.UTF_8),
                "template.glb",
                glb());
    }

    /** A category.json that fits. */
    public static final String DESCRIPTOR =
            """
            {
              "schema": "1.1", "id": "arm", "label": "Arm", "version": "1.0.0",
              "template": "template.glb",
              "parts": [{"name": "upper", "role": "body"}, {"name": "hand", "role": "hand"}],
              "materials": [{"name": "sleeve", "kind": "coat"}, {"name": "palm", "kind": "coat"}],
              "skeleton": {"root": "shoulder"},
              "shape": {
                "targets": ["long", "thick"],
                "limits": {"min": [-1, -0.5], "max": [1, 1]},
                "prior": {"components": [
                  {"name": "arm", "weight": 1, "mean": [0, 0], "std": [0.3, 0.2]}]}
              },
              "pose": [
                {"name": "sway", "joint": "shoulder", "axis": [0, 0, 1], "min": -1.2, "max": 1.2,
                 "mean": 0, "std": 0.4},
                {"name": "bend", "joint": "elbow", "axis": [1, 0, 0], "min": -1.2, "max": 1.2,
                 "mean": 0, "std": 0.4},
                {"name": "lean", "joint": "elbow", "axis": [0, 0, 1], "min": -1.2, "max": 1.2,
                 "mean": 0, "std": 0.4},
                {"name": "curl", "axis": [0.6, 0.8, 0], "min": -1.2, "max": 1.2, "std": 0.4,
                 "joints": [{"joint": "elbow", "share": 0.5}, {"joint": "wrist", "share": 1}]}
              ],
              "poses": [
                {"name": "straight", "weight": 0.25, "values": {}},
                {"name": "bent", "weight": 0.75, "values": {"bend": 0.9}}
              ],
              "clips": [{"name": "wave"}],
              "coats": [
                {"name": "tan", "weight": 0.5,
                 "colors": {"sleeve": [0.1, 0.2, 0.6], "palm": [0.6, 0.4, 0.3]}},
                {"name": "striped", "weight": 0.5,
                 "colors": {"sleeve": [0.8, 0.8, 0.8], "palm": [0.1, 0.05, 0.03]},
                 "patterns": [{"kind": "bars", "materials": ["sleeve"], "color": [0.5, 0.02, 0.02],
                               "amount": 0.5}]}
              ]
            }
            """;

    private record Vertex(float x, float y, float z, float u, float v) {}

    private void addPart(String name, int firstRing, int lastRing, boolean bottom, boolean top) {
        List<Vertex> vertices = new ArrayList<>();
        List<Integer> faces = new ArrayList<>();
        int columns = SIDES + 1;
        for (int ring = firstRing; ring <= lastRing; ring++) {
            for (int c = 0; c < columns; c++) {
                double angle = 2 * Math.PI * c / SIDES;
                vertices.add(
                        new Vertex(
                                (float) (RADIUS * Math.sin(angle)),
                                SPACING * ring,
                                (float) (RADIUS * Math.cos(angle)),
                                0.02f + 0.96f * c / SIDES,
                                v(ring, firstRing, lastRing, bottom)));
            }
        }
        for (int ring = 0; ring < lastRing - firstRing; ring++) {
            for (int c = 0; c < SIDES; c++) {
                int a = ring * columns + c;
                faces.addAll(List.of(a, a + 1, a + columns));
                faces.addAll(List.of(a + 1, a + columns + 1, a + columns));
            }
        }
        for (int c = 0; c < SIDES; c++) {
            int apex = vertices.size();
            int a = (bottom ? 0 : lastRing - firstRing) * columns + c;
            float u = 0.02f + 0.96f * (c + 0.5f) / SIDES;
            vertices.add(new Vertex(0, SPACING * (bottom ? 0 : lastRing), 0, u, bottom ? 1 : 0));
            faces.addAll(bottom ? List.of(apex, a + 1, a) : List.of(a, a + 1, apex));
        }
        write(name, vertices, faces, top ? 1 : 0);
    }

    /** The arm's foot is at the atlas' bottom, with room for the cap. */
    private static float v(int ring, int first, int last, boolean bottom) {
        float along = (ring - first) / (float) (last - first);
        return (bottom ? 0.95f : 0.48f) - 0.43f * along;
    }

    private void write(String name, List<Vertex> vertices, List<Integer> faces, int material) {
        int count = vertices.size();
        float[] positions = new float[3 * count];
        float[] uvs = new float[2 * count];
        float[] longer = new float[3 * count];
        float[] thicker = new float[3 * count];
        float[] weights = new float[4 * count];
        byte[] joints = new byte[4 * count];
        for (int i = 0; i < count; i++) {
            Vertex at = vertices.get(i);
            positions[3 * i] = at.x();
            positions[3 * i + 1] = at.y();
            positions[3 * i + 2] = at.z();
            uvs[2 * i] = at.u();
            uvs[2 * i + 1] = at.v();
            longer[3 * i + 1] = LONG * at.y();
            thicker[3 * i] = THICK / RADIUS * at.x();
            thicker[3 * i + 2] = THICK / RADIUS * at.z();
            influences(at.y(), joints, weights, 4 * i);
        }
        int mesh = array("meshes").size();
        array("nodes").addObject().put("name", name).put("mesh", mesh).put("skin", 0);
        ObjectNode object = array("meshes").addObject().put("name", name);
        ArrayNode names = object.putObject("extras").putArray("targetNames");
        TARGETS.forEach(names::add);
        ObjectNode primitive = object.putArray("primitives").addObject();
        primitive
                .putObject("attributes")
                .put("POSITION", floats(positions, "VEC3"))
                .put("TEXCOORD_0", floats(uvs, "VEC2"))
                .put("WEIGHTS_0", floats(weights, "VEC4"))
                .put("JOINTS_0", accessor(view(joints), 5121, count, "VEC4"));
        primitive.put("indices", indices(faces, false)).put("material", material);
        ArrayNode targets = primitive.putArray("targets");
        targets.addObject().put("POSITION", floats(longer, "VEC3"));
        targets.addObject().put("POSITION", floats(thicker, "VEC3"));
    }

    /** Each joint takes over from the one before, half at its own height. */
    private static void influences(float y, byte[] joints, float[] weights, int at) {
        int joint = y > (JOINT_Y[1] + JOINT_Y[2]) / 2 ? 2 : 1;
        float share = (y - JOINT_Y[joint] + BLEND) / (2 * BLEND);
        share = Math.max(0, Math.min(1, share));
        joints[at] = (byte) inSkin(joint);
        joints[at + 1] = (byte) inSkin(joint - 1);
        weights[at] = share;
        weights[at + 1] = 1 - share;
    }

    /** The skin names the last joint first, so that a reader has to sort. */
    private static int inSkin(int joint) {
        return JOINTS.size() - 1 - joint;
    }

    private void addSkeleton() {
        int first = array("nodes").size();
        float[] inverseBinds = new float[16 * JOINTS.size()];
        for (int j = 0; j < JOINTS.size(); j++) {
            ObjectNode node = array("nodes").addObject().put("name", JOINTS.get(j));
            float above = j == 0 ? 0 : JOINT_Y[j - 1];
            node.putArray("translation").add(0).add((double) JOINT_Y[j] - above).add(0);
            ArrayNode shape = node.putObject("extras").putArray("shape");
            shape.addArray().add(0).add((double) LONG * JOINT_Y[j]).add(0);
            shape.addArray().add(0).add(0).add(0);
            if (j + 1 < JOINTS.size()) {
                node.putArray("children").add(first + j + 1);
            }
            for (int i = 0; i < 4; i++) {
                inverseBinds[16 * inSkin(j) + 5 * i] = 1;
            }
            inverseBinds[16 * inSkin(j) + 13] = -JOINT_Y[j];
        }
        ObjectNode skin = array("skins").addObject();
        skin.put("inverseBindMatrices", floats(inverseBinds, "MAT4"));
        ArrayNode joints = skin.putArray("joints");
        for (int j = 0; j < JOINTS.size(); j++) {
            joints.add(first + inSkin(j));
        }
    }

    private void addClip() {
        int shoulder = array("nodes").size() - JOINTS.size();
        ObjectNode clip = array("animations").addObject().put("name", "wave");
        int times = bounded(floats(new float[] {0, 0.5f, 1}, "SCALAR"), 0, 1);
        float half = (float) Math.sqrt(0.5);
        float[] turns = {0, 0, 0, 1, half, 0, 0, half, 0, 0, 0, 1};
        float[] lifts = {0, JOINT_Y[0], 0, 0, JOINT_Y[0] + LIFT, 0, 0, JOINT_Y[0], 0};
        addChannel(clip, shoulder + 1, "rotation", times, floats(turns, "VEC4"));
        addChannel(clip, shoulder, "translation", times, floats(lifts, "VEC3"));
    }

    private int bounded(int accessor, float min, float max) {
        ObjectNode node = (ObjectNode) array("accessors").get(accessor);
        node.putArray("min").add(min);
        node.putArray("max").add(max);
        return accessor;
    }

    private static void addChannel(ObjectNode clip, int node, String path, int input, int output) {
        int sampler = clip.withArray("samplers").size();
        clip.withArray("samplers").addObject().put("input", input).put("output", output);
        clip.withArray("channels")
                .addObject()
                .put("sampler", sampler)
                .putObject("target")
                .put("node", node)
                .put("path", path);
    }
}
