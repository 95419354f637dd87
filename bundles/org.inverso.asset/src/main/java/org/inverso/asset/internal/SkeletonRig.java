/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.SkeletonClip;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.Kinematics;
import org.inverso.geometry.ShapeModel;
import org.joml.Quaterniond;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * Nodes, skin and clips of parts that bend: one root named like the category, below it the joints,
 * and beside it one node a part, since a skinned mesh moves with its joints alone. Joints stand
 * where the shape puts them and are turned as in the photo.
 */
final class SkeletonRig {

    /** Index of the root among the nodes; the joints follow. */
    private static final int ROOT = 0;

    private static final int FIRST_JOINT = 1;

    /** Joints that are turned by less are not turned, radians. */
    private static final double STILL = 1e-6;

    /** Height of a joint below which nothing tells how much larger the object is, metres. */
    private static final float LOWEST = 1e-3f;

    private final CategoryModel category;
    private final TemplateMesh template;
    private final Kinematics kinematics;
    private final Skeleton skeleton;
    private final Vector3f[] position;
    private final Quaternionf[] rotation;

    SkeletonRig(CategoryModel category, ShapeModel model, SceneEstimate estimate) {
        this.category = category;
        this.template = category.template();
        this.kinematics = model.kinematics().orElseThrow();
        this.skeleton = kinematics.skeleton();
        position = new Vector3f[skeleton.jointCount()];
        rotation = new Quaternionf[skeleton.jointCount()];
        Quaterniond turn = new Quaterniond();
        for (int j = 0; j < position.length; j++) {
            position[j] = kinematics.position(j, estimate.shape(), new Vector3f());
            kinematics.rotation(j, estimate.pose(), turn);
            rotation[j] = new Quaternionf(turn);
        }
    }

    /**
     * @param rest {@code float[V*3]}, fitted, before the pose
     * @param normals {@code float[F*9]}, of the face corners at rest
     * @param keys that the meshes get
     */
    RiggedParts parts(float[] rest, float[] normals, ShapeKeys keys) {
        List<Asset.Node> nodes = new ArrayList<>();
        nodes.add(
                new Asset.Node(
                        category.id(),
                        Asset.NONE,
                        new Vector3f(),
                        new Quaternionf(),
                        Asset.NONE,
                        Map.of("role", "root")));
        for (int j = 0; j < position.length; j++) {
            nodes.add(joint(j));
        }
        List<Asset.Mesh> meshes = new ArrayList<>();
        for (Part part : template.parts()) {
            Asset.Mesh mesh =
                    PartPrimitives.of(
                            template, part, rest, normals, new Vector3f(), new Quaternionf(), keys);
            if (mesh.primitives().isEmpty()) {
                continue;
            }
            Map<String, String> extras = new LinkedHashMap<>();
            extras.put("role", part.role());
            nodes.add(
                    new Asset.Node(
                            part.name(),
                            Asset.NONE,
                            new Vector3f(),
                            new Quaternionf(),
                            meshes.size(),
                            0,
                            extras));
            meshes.add(mesh);
        }
        return new RiggedParts(nodes, meshes, List.of(skin()), clips());
    }

    private Asset.Node joint(int j) {
        Skeleton.Joint joint = skeleton.joints().get(j);
        boolean root = joint.parent() == Skeleton.Joint.ROOT;
        return new Asset.Node(
                joint.name(),
                root ? ROOT : FIRST_JOINT + joint.parent(),
                step(j),
                rotation[j],
                Asset.NONE,
                Map.of("role", "joint"));
    }

    /** From the parent at rest, in axes that all joints share at rest. */
    private Vector3f step(int j) {
        int parent = skeleton.joints().get(j).parent();
        Vector3f step = new Vector3f(position[j]);
        return parent == Skeleton.Joint.ROOT ? step : step.sub(position[parent]);
    }

    private Asset.Skin skin() {
        int[] joints = new int[position.length];
        float[] inverseBind = new float[16 * joints.length];
        for (int j = 0; j < joints.length; j++) {
            joints[j] = FIRST_JOINT + j;
            for (int i = 0; i < 4; i++) {
                inverseBind[16 * j + 5 * i] = 1;
            }
            for (int c = 0; c < 3; c++) {
                inverseBind[16 * j + 12 + c] = -position[j].get(c);
            }
        }
        return new Asset.Skin(category.id(), joints, inverseBind);
    }

    private List<Asset.Clip> clips() {
        List<Asset.Clip> clips = new ArrayList<>();
        for (String name : category.clips()) {
            SkeletonClip clip =
                    template.clips().stream()
                            .filter(c -> c.name().equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new CategoryException(
                                                    "Category "
                                                            + category.id()
                                                            + " asks for the clip "
                                                            + name
                                                            + ", which its template does not"
                                                            + " have."));
            clips.add(new Asset.Clip(name, channels(clip)));
        }
        return clips;
    }

    private List<Asset.Channel> channels(SkeletonClip clip) {
        List<Asset.Channel> channels = new ArrayList<>();
        boolean[] turned = new boolean[position.length];
        float end = 0;
        for (SkeletonClip.Track track : clip.tracks()) {
            int node = FIRST_JOINT + track.joint();
            end = Math.max(end, track.times()[track.times().length - 1]);
            if (track.motion() == SkeletonClip.Motion.ROTATION) {
                turned[track.joint()] = true;
                channels.add(new Asset.Channel(node, "rotation", track.times(), track.values()));
            } else {
                channels.add(
                        new Asset.Channel(
                                node,
                                "translation",
                                track.times(),
                                translations(track.joint(), track.values())));
            }
        }
        // A clip was made for an object at rest: what it leaves alone goes back there.
        for (int j = 0; j < turned.length; j++) {
            if (!turned[j] && rotation[j].angle() > STILL) {
                channels.add(
                        new Asset.Channel(
                                FIRST_JOINT + j,
                                "rotation",
                                new float[] {0, Math.max(end, Float.MIN_NORMAL)},
                                new float[] {0, 0, 0, 1, 0, 0, 0, 1}));
            }
        }
        return channels;
    }

    /** A taller object moves as much farther as its joint is higher above the ground. */
    private float[] translations(int joint, float[] offsets) {
        float high = skeleton.joints().get(joint).rest().y();
        float scale = high > LOWEST ? position[joint].y / high : 1;
        Vector3f step = step(joint);
        float[] values = Arrays.copyOf(offsets, offsets.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = step.get(i % 3) + scale * offsets[i];
        }
        return values;
    }
}
