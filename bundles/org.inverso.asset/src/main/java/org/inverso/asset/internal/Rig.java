/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Vector3fc X = new Vector3f(1, 0, 0);

    /** Roles of parts that only translucent panes would let one see. */
    private static final Set<String> INSIDE = Set.of("interior", "steering_wheel");

    private final List<Asset.Node> nodes = new ArrayList<>();
    private final List<Asset.Mesh> meshes = new ArrayList<>();
    private final List<Joint> joints = new ArrayList<>();
    private final List<LampGlow> glows = new ArrayList<>();

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
     * @param keys that the meshes get
     * @param interior whether parts inside get nodes, too
     */
    Rig(
            CategoryModel category,
            ShapeModel model,
            SceneEstimate estimate,
            float[] rest,
            float[] normals,
            ShapeKeys keys,
            boolean interior) {
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
        boolean lamps = category.clips().stream().anyMatch(Clips.OF_LAMPS::contains);
        Map<Part, Integer> shining = new LinkedHashMap<>();
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            if (interior || !INSIDE.contains(part.role())) {
                if (lamps && LampGlow.suits(part)) {
                    shining.put(part, nodes.size());
                }
                addPart(category.template(), p, model, estimate, steering, rest, normals, keys);
            }
        }
        shining.forEach((part, node) -> addGlow(category.template(), part, node));
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

    /** Shells over the lamps, for clips. */
    List<LampGlow> glows() {
        return glows;
    }

    private void addGlow(TemplateMesh template, Part part, int node) {
        int mesh = nodes.get(node).mesh();
        if (mesh >= 0) {
            Asset.Mesh lamp = meshes.get(mesh);
            glows.addAll(LampGlow.over(part, node, lamp, template.materials(), nodes, meshes));
        }
    }

    private void addPart(
            TemplateMesh template,
            int index,
            ShapeModel model,
            SceneEstimate estimate,
            float steering,
            float[] rest,
            float[] normals,
            ShapeKeys keys) {
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
        Asset.Mesh drawn = PartPrimitives.of(template, part, rest, normals, centre, toLocal, keys);
        if (part.pivot().isPresent()) {
            float radius = part.axle().isPresent() ? radius(drawn.primitives()) : 0;
            joints.add(new Joint(node, part, straight, radius));
            if (radius > 0) {
                extras.put("radius", Float.toString(radius));
            }
        }
        int mesh = -1;
        if (!drawn.primitives().isEmpty()) {
            mesh = meshes.size();
            meshes.add(drawn);
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
}
