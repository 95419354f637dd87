/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Nodes and meshes: one root named like the category, and below it one node a part. A part with a
 * pivot stands in its pivot, so that its node turns it in place; if it rolls, the node's X axis is
 * its axle. The default transforms show the pose of the photo.
 */
final class Rig {

    /** Index of the root among the nodes. */
    static final int ROOT = 0;

    /** Two normals that differ by less are one. */
    private static final float NORMAL_STEP = 1e-3f;

    private static final Vector3fc X = new Vector3f(1, 0, 0);

    private final List<Asset.Node> nodes = new ArrayList<>();
    private final List<Asset.Mesh> meshes = new ArrayList<>();
    private final List<Joint> joints = new ArrayList<>();

    /**
     * A part that turns.
     *
     * @param node index of its node
     * @param straight rotation of the node when it neither steers nor rolls
     * @param radius largest distance of its surface from the axle, metres; 0 when it does not roll
     */
    record Joint(int node, Part part, Quaternionf straight, float radius) {}

    /**
     * @param rest {@code float[V*3]}, fitted, before the pose
     * @param normals {@code float[F*9]}, of the face corners at rest
     */
    Rig(
            CategoryModel category,
            ShapeModel model,
            SceneEstimate estimate,
            float[] rest,
            float[] normals) {
        nodes.add(
                new Asset.Node(
                        category.id(),
                        -1,
                        new Vector3f(),
                        new Quaternionf(),
                        -1,
                        Map.of("role", "root")));
        float steering = steering(category, estimate.pose());
        List<Part> parts = category.template().parts();
        for (int p = 0; p < parts.size(); p++) {
            addPart(category.template(), p, model, estimate, steering, rest, normals);
        }
    }

    private static float steering(CategoryModel category, float[] pose) {
        for (int i = 0; i < category.poseParameters().size(); i++) {
            if (ShapeModel.STEERING.equals(category.poseParameters().get(i).name())) {
                return pose[i];
            }
        }
        return 0;
    }

    List<Asset.Node> nodes() {
        return nodes;
    }

    List<Asset.Mesh> meshes() {
        return meshes;
    }

    List<Joint> joints() {
        return joints;
    }

    private void addPart(
            TemplateMesh template,
            int index,
            ShapeModel model,
            SceneEstimate estimate,
            float steering,
            float[] rest,
            float[] normals) {
        Part part = template.parts().get(index);
        Vector3f centre = new Vector3f();
        Vector3f translation = new Vector3f();
        Quaternionf rotation = new Quaternionf();
        Quaternionf straight = new Quaternionf();
        if (part.pivot().isPresent()) {
            Vector3f pivot = model.pivot(index, estimate.shape(), new Vector3f());
            centre.set(pivot).add(meanOffset(part, estimate.vertexOffsets()));
            // The mean offset moves the wheel's own axle; steering still is about the pivot.
            Quaternionf steered =
                    part.steers() ? new Quaternionf().rotationY(steering) : new Quaternionf();
            steered.transform(centre.sub(pivot, translation)).add(pivot);
            part.axle().ifPresent(axle -> straight.set(towards(axle)));
            steered.mul(straight, rotation);
        }
        int node = nodes.size();
        Map<String, String> extras = new LinkedHashMap<>();
        extras.put("role", part.role());
        Quaternionf toLocal = straight.conjugate(new Quaternionf());
        List<Asset.Primitive> primitives =
                primitives(template, part, rest, normals, centre, toLocal);
        if (part.pivot().isPresent()) {
            float radius = part.axle().isPresent() ? radius(primitives) : 0;
            joints.add(new Joint(node, part, straight, radius));
            if (radius > 0) {
                extras.put("radius", Float.toString(radius));
            }
        }
        int mesh = -1;
        if (!primitives.isEmpty()) {
            mesh = meshes.size();
            meshes.add(new Asset.Mesh(part.name(), primitives));
        }
        nodes.add(new Asset.Node(part.name(), ROOT, translation, rotation, mesh, extras));
    }

    private static Vector3f meanOffset(Part part, float[] offsets) {
        Vector3f mean = new Vector3f();
        if (offsets.length > 0 && part.vertexCount() > 0) {
            for (int v = 3 * part.firstVertex();
                    v < 3 * (part.firstVertex() + part.vertexCount());
                    v += 3) {
                mean.add(offsets[v], offsets[v + 1], offsets[v + 2]);
            }
            mean.div(part.vertexCount());
        }
        return mean;
    }

    /** Smallest turn that takes X to the axle, either way round. */
    private static Quaternionf towards(Vector3fc axle) {
        Vector3f direction = axle.normalize(new Vector3f());
        if (direction.x < 0) {
            direction.negate();
        }
        return new Quaternionf().rotationTo(X, direction);
    }

    private static float radius(List<Asset.Primitive> primitives) {
        double largest = 0;
        for (Asset.Primitive primitive : primitives) {
            float[] p = primitive.positions();
            for (int i = 0; i < p.length; i += 3) {
                largest = Math.max(largest, Math.hypot(p[i + 1], p[i + 2]));
            }
        }
        return (float) largest;
    }

    private static List<Asset.Primitive> primitives(
            TemplateMesh template,
            Part part,
            float[] rest,
            float[] normals,
            Vector3fc centre,
            Quaternionf toLocal) {
        List<Asset.Primitive> primitives = new ArrayList<>();
        for (int m = 0; m < template.materials().size(); m++) {
            int[] corners = corners(template, part, m);
            if (corners.length > 0) {
                primitives.add(primitive(template, corners, m, rest, normals, centre, toLocal));
            }
        }
        return primitives;
    }

    /** Corners of the part's faces of one material, without faces that name a vertex twice. */
    private static int[] corners(TemplateMesh template, Part part, int material) {
        int[] corners = new int[3 * part.faceCount()];
        int count = 0;
        int[] faces = template.faces();
        for (int f = part.firstFace(); f < part.firstFace() + part.faceCount(); f++) {
            int a = faces[3 * f];
            int b = faces[3 * f + 1];
            int c = faces[3 * f + 2];
            if (template.faceMaterial()[f] == material && a != b && b != c && c != a) {
                corners[count++] = 3 * f;
                corners[count++] = 3 * f + 1;
                corners[count++] = 3 * f + 2;
            }
        }
        return Arrays.copyOf(corners, count);
    }

    private record Key(int vertex, int x, int y, int z) {}

    private static Asset.Primitive primitive(
            TemplateMesh template,
            int[] corners,
            int material,
            float[] rest,
            float[] normals,
            Vector3fc centre,
            Quaternionf toLocal) {
        Map<Key, Integer> known = new HashMap<>();
        int[] indices = new int[corners.length];
        int[] firstCorner = new int[corners.length];
        for (int i = 0; i < corners.length; i++) {
            int n = 3 * corners[i];
            Key key =
                    new Key(
                            template.faces()[corners[i]],
                            Math.round(normals[n] / NORMAL_STEP),
                            Math.round(normals[n + 1] / NORMAL_STEP),
                            Math.round(normals[n + 2] / NORMAL_STEP));
            Integer index = known.get(key);
            if (index == null) {
                index = known.size();
                firstCorner[index] = corners[i];
                known.put(key, index);
            }
            indices[i] = index;
        }
        int count = known.size();
        float[] positions = new float[3 * count];
        float[] directions = new float[3 * count];
        float[] uvs = new float[2 * count];
        Vector3f v = new Vector3f();
        for (int i = 0; i < count; i++) {
            int corner = firstCorner[i];
            int vertex = template.faces()[corner];
            toLocal.transform(
                    v.set(rest[3 * vertex], rest[3 * vertex + 1], rest[3 * vertex + 2])
                            .sub(centre));
            put(v, positions, i);
            toLocal.transform(
                            v.set(
                                    normals[3 * corner],
                                    normals[3 * corner + 1],
                                    normals[3 * corner + 2]))
                    .normalize();
            put(v, directions, i);
            uvs[2 * i] = template.uvs()[2 * vertex];
            uvs[2 * i + 1] = template.uvs()[2 * vertex + 1];
        }
        return new Asset.Primitive(positions, directions, uvs, indices, material);
    }

    private static void put(Vector3fc v, float[] dest, int index) {
        dest[3 * index] = v.x();
        dest[3 * index + 1] = v.y();
        dest[3 * index + 2] = v.z();
    }
}
