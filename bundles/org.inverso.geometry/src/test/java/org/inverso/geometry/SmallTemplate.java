/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.joml.Vector3f;

/**
 * A roof over two wheels, as a GLB file whose JSON a test may spoil. The roof's atlas is cut at x =
 * 0 and its front half is glass; the wheels are tetrahedra below nodes of their own. Targets:
 * {@code wide} scales x, {@code tall} lifts roof and wheels, {@code nose} moves one row of the roof
 * and is stored sparse.
 */
final class SmallTemplate extends GlbWriter {

    static final List<String> TARGETS = List.of("wide", "tall", "nose");
    static final float WHEEL_X = 0.75f;
    static final float WHEEL_Y = 0.25f;
    static final float WHEEL_Z = 0.5f;

    private SmallTemplate() {}

    static SmallTemplate create() {
        SmallTemplate t = new SmallTemplate();
        ObjectNode paint = t.array("materials").addObject().put("name", "paint");
        paint.putObject("pbrMetallicRoughness")
                .put("metallicFactor", 0.25)
                .put("roughnessFactor", 0.5)
                .putArray("baseColorFactor")
                .add(0.5)
                .add(0.25)
                .add(0.125)
                .add(1);
        paint.putObject("extensions")
                .putObject("KHR_materials_clearcoat")
                .put("clearcoatFactor", 0.75)
                .put("clearcoatRoughnessFactor", 0.125);
        ObjectNode glass = t.array("materials").addObject().put("name", "glass");
        glass.putArray("emissiveFactor").add(1).add(0.5).add(0);
        t.addRoof();
        t.addWheel("wheel_fl", 1);
        t.addWheel("wheel_fr", -1);
        return t;
    }

    static TemplateDeclaration declaration() {
        return new TemplateDeclaration(
                List.of(
                        new PartDeclaration("roof", "body", Optional.empty(), false),
                        new PartDeclaration(
                                "wheel_fl", "wheel", Optional.of(new Vector3f(1, 0, 0)), true),
                        new PartDeclaration(
                                "wheel_fr", "wheel", Optional.of(new Vector3f(1, 0, 0)), true)),
                List.of(
                        new MaterialDeclaration("paint", "paint"),
                        new MaterialDeclaration("glass", "glass")),
                TARGETS,
                true);
    }

    static TemplateMesh mesh() {
        return new GltfTemplateReader().read(create().glb(), declaration());
    }

    /** Two halves of 2 x 3 vertices (x = side * column, z = row - 1), the left one first. */
    private void addRoof() {
        float[] positions = new float[36];
        float[] uvs = new float[24];
        float[][] deltas = new float[3][36];
        List<Integer> paint = new ArrayList<>();
        List<Integer> glass = new ArrayList<>();
        int v = 0;
        for (int side = 1; side >= -1; side -= 2) {
            int first = v;
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 2; column++) {
                    positions[3 * v] = side * column;
                    positions[3 * v + 1] = 1 - 0.5f * column;
                    positions[3 * v + 2] = row - 1;
                    uvs[2 * v] = 0.5f + side * (0.1f + 0.25f * column);
                    uvs[2 * v + 1] = 0.25f * row;
                    deltas[0][3 * v] = 0.5f * side * column;
                    deltas[1][3 * v + 1] = 0.5f;
                    deltas[2][3 * v + 2] = row == 2 ? 0.25f : 0;
                    v++;
                }
            }
            for (int row = 0; row < 2; row++) {
                int a = first + 2 * row;
                quad(row == 0 ? paint : glass, side > 0, a, a + 1, a + 3, a + 2);
            }
        }
        ObjectNode mesh = addMesh("roof", null);
        ArrayNode primitives = mesh.putArray("primitives");
        int position = floats(positions, "VEC3");
        int uv = floats(uvs, "VEC2");
        int wide = floats(deltas[0], "VEC3");
        int tall = floats(deltas[1], "VEC3");
        int nose = sparse(deltas[2]);
        for (List<Integer> faces : List.of(paint, glass)) {
            ObjectNode primitive =
                    addPrimitive(
                            primitives, position, uv, indices(faces, true), faces == paint ? 0 : 1);
            primitive.putArray("targets").addObject().put("POSITION", wide);
            ((ArrayNode) primitive.get("targets")).addObject().put("POSITION", tall);
            ((ArrayNode) primitive.get("targets")).addObject().put("POSITION", nose);
        }
    }

    private void addWheel(String name, int side) {
        float[] positions = {
            0,
            0.25f,
            0,
            side * 0.125f,
            -0.25f,
            0.25f,
            side * 0.125f,
            -0.25f,
            -0.25f,
            -side * 0.125f,
            -0.25f,
            0
        };
        float[] uvs = {0, 0, 0.125f, 0, 0, 0.125f, 0.125f, 0.125f};
        float[] wide = new float[12];
        float[] tall = new float[12];
        for (int i = 0; i < 4; i++) {
            wide[3 * i] = side * 0.125f;
            tall[3 * i + 1] = 0.25f * (i + 1);
        }
        List<Integer> faces = new ArrayList<>();
        for (int[] f : new int[][] {{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 2}}) {
            faces.add(f[0]);
            faces.add(f[side > 0 ? 1 : 2]);
            faces.add(f[side > 0 ? 2 : 1]);
        }
        ObjectNode mesh = addMesh(name, new double[] {side * WHEEL_X, WHEEL_Y, WHEEL_Z});
        ObjectNode primitive =
                addPrimitive(
                        mesh.putArray("primitives"),
                        floats(positions, "VEC3"),
                        floats(uvs, "VEC2"),
                        indices(faces, false),
                        0);
        ArrayNode targets = primitive.putArray("targets");
        targets.addObject().put("POSITION", floats(wide, "VEC3"));
        targets.addObject().put("POSITION", floats(tall, "VEC3"));
        targets.addObject();
    }

    private static void quad(List<Integer> faces, boolean left, int a, int b, int c, int d) {
        faces.addAll(left ? List.of(a, c, b, a, d, c) : List.of(a, b, c, a, c, d));
    }

    private ObjectNode addMesh(String name, double[] translation) {
        ObjectNode node = array("nodes").addObject().put("name", name);
        node.put("mesh", array("meshes").size());
        if (translation != null) {
            ArrayNode t = node.putArray("translation");
            for (double x : translation) {
                t.add(x);
            }
        }
        ObjectNode mesh = array("meshes").addObject();
        ArrayNode names = mesh.putObject("extras").putArray("targetNames");
        TARGETS.forEach(names::add);
        return mesh;
    }

    private static ObjectNode addPrimitive(
            ArrayNode primitives, int position, int uv, int indices, int material) {
        ObjectNode primitive = primitives.addObject();
        primitive.put("indices", indices).put("material", material);
        primitive.putObject("attributes").put("POSITION", position).put("TEXCOORD_0", uv);
        return primitive;
    }
}
