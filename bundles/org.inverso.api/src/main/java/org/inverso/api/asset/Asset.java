/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.image.Image;
import org.joml.Matrix4f;
import org.joml.Quaternionfc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * A textured, rigged, animated object. The node transforms are the pose of the photo. Arrays are
 * shared and not to be modified.
 *
 * @param nodes in an order in which parents come first
 * @param textures sRGB
 * @param skins of the meshes that bend
 * @param variants other looks of the same object, of which one at a time may be chosen
 * @param provenance what it was made from and by what, for people and for file formats that can
 *     hold it
 */
public record Asset(
        String name,
        List<Node> nodes,
        List<Mesh> meshes,
        List<Material> materials,
        List<Texture> textures,
        List<Clip> clips,
        List<Skin> skins,
        List<Variant> variants,
        Map<String, String> provenance) {

    /** In place of an index: there is none. */
    public static final int NONE = -1;

    /** An asset with one look. */
    public Asset(
            String name,
            List<Node> nodes,
            List<Mesh> meshes,
            List<Material> materials,
            List<Texture> textures,
            List<Clip> clips,
            List<Skin> skins,
            Map<String, String> provenance) {
        this(name, nodes, meshes, materials, textures, clips, skins, List.of(), provenance);
    }

    /** An asset of rigid parts. */
    public Asset(
            String name,
            List<Node> nodes,
            List<Mesh> meshes,
            List<Material> materials,
            List<Texture> textures,
            List<Clip> clips,
            Map<String, String> provenance) {
        this(name, nodes, meshes, materials, textures, clips, List.of(), provenance);
    }

    /**
     * Takes the frame of each node to the frame of the asset, in the order of {@link #nodes}.
     *
     * @return fresh matrices
     */
    public List<Matrix4f> globalTransforms() {
        List<Matrix4f> global = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            Matrix4f local =
                    new Matrix4f()
                            .translationRotateScale(
                                    node.translation(), node.rotation(), node.scale());
            global.add(node.parent() < 0 ? local : global.get(node.parent()).mul(local, local));
        }
        return global;
    }

    /**
     * @param parent index of a node, or -1
     * @param scale along the node's axes, before its rotation; 0 along all hides it until a clip
     *     shows it
     * @param mesh index of a mesh, or -1
     * @param skin index of the skin that moves the mesh, or -1. The node's own transform then has
     *     no effect on the mesh
     * @param extras more about it for tools that care, for example the part's role
     */
    public record Node(
            String name,
            int parent,
            Vector3fc translation,
            Quaternionfc rotation,
            Vector3fc scale,
            int mesh,
            int skin,
            Map<String, String> extras) {

        /** A node of full size. */
        public Node(
                String name,
                int parent,
                Vector3fc translation,
                Quaternionfc rotation,
                int mesh,
                int skin,
                Map<String, String> extras) {
            this(name, parent, translation, rotation, new Vector3f(1), mesh, skin, extras);
        }

        /** A node whose mesh moves with it. */
        public Node(
                String name,
                int parent,
                Vector3fc translation,
                Quaternionfc rotation,
                int mesh,
                Map<String, String> extras) {
            this(name, parent, translation, rotation, mesh, NONE, extras);
        }

        /** Whether it shows nothing unless a clip plays. */
        public boolean hidden() {
            return scale.x() == 0 && scale.y() == 0 && scale.z() == 0;
        }
    }

    /**
     * Nodes that move the vertices of skinned meshes: {@code v = sum_i weight_i * global(joint_i) *
     * inverseBind_i * position}.
     *
     * @param joints indices of nodes
     * @param inverseBind {@code float[J*16]}, column-major: from the asset's frame to the joint's
     *     at rest
     */
    public record Skin(String name, int[] joints, float[] inverseBind) {}

    /**
     * Another look.
     *
     * @param name for people, for example {@code red}; no two of an asset are the same
     * @param materials the material that takes its place, by the index of the one that it replaces
     */
    public record Variant(String name, Map<Integer, Integer> materials) {

        public Variant {
            materials = Map.copyOf(materials);
        }

        /** Index of the material that is used instead of one of the primitives'. */
        public int material(int ofPrimitive) {
            return materials.getOrDefault(ofPrimitive, ofPrimitive);
        }
    }

    /**
     * What one node draws.
     *
     * @param primitives share nothing
     * @param shapeKeys in which directions its shape can still be changed; mostly none
     */
    public record Mesh(String name, List<Primitive> primitives, List<ShapeKey> shapeKeys) {

        /** A mesh that keeps its shape. */
        public Mesh(String name, List<Primitive> primitives) {
            this(name, primitives, List.of());
        }
    }

    /**
     * A direction of a mesh's shape. The primitives hold the mesh with all its keys at their
     * weights: less by {@code weight} times the key it is the shape without that key.
     *
     * @param name for people and programs; no two of a mesh are the same
     * @param weight at which the primitives show it
     * @param positions what a weight of 1 adds, metres, {@code float[V*3]} for each primitive
     * @param normals what it adds to normals, alike; those of the shape without keys are unit
     */
    public record ShapeKey(
            String name, float weight, List<float[]> positions, List<float[]> normals) {}

    /**
     * @param positions {@code float[V*3]}, in the node's frame, metres; of a skinned mesh at rest,
     *     in the asset's frame
     * @param normals {@code float[V*3]}, unit
     * @param uvs {@code float[V*2]}
     * @param indices {@code int[F*3]}, counter-clockwise from outside
     * @param material index of a material
     * @param joints {@code int[V*4]}, indices into the joints of the node's skin; empty when the
     *     mesh is rigid
     * @param weights {@code float[V*4]}, not negative, adding up to 1; empty when it is rigid
     */
    public record Primitive(
            float[] positions,
            float[] normals,
            float[] uvs,
            int[] indices,
            int material,
            int[] joints,
            float[] weights) {

        /** A rigid piece. */
        public Primitive(
                float[] positions, float[] normals, float[] uvs, int[] indices, int material) {
            this(positions, normals, uvs, indices, material, new int[0], new float[0]);
        }
    }

    /**
     * @param baseColor linear RGBA factor, {@code float[4]}
     * @param baseColorTexture index of a texture, or -1
     * @param emissive linear RGB, {@code float[3]}
     * @param emissiveStrength factor on {@code emissive}, 1 or more
     */
    public record Material(
            String name,
            float[] baseColor,
            int baseColorTexture,
            float metallic,
            float roughness,
            float[] emissive,
            float emissiveStrength,
            float clearcoat,
            float clearcoatRoughness,
            boolean doubleSided) {}

    /**
     * @param jpeg whether it may be stored with loss; else PNG
     */
    public record Texture(String name, Image image, boolean jpeg) {

        /** Of its file, without the dot. */
        public String extension() {
            return jpeg ? "jpg" : "png";
        }
    }

    /** An animation; it does not play unless asked to. */
    public record Clip(String name, List<Channel> channels) {}

    /** What a property is between two keyframes. */
    public enum Interpolation {
        /** In a straight line from the one to the other; rotations by slerp. */
        LINEAR,
        /** As the earlier one. */
        STEP
    }

    /**
     * Keyframes of one node property.
     *
     * @param property {@code translation}, {@code rotation} or {@code scale}
     * @param times seconds, increasing, {@code float[N]}
     * @param values {@code float[N*3]} or {@code float[N*4]} (quaternion x, y, z, w)
     */
    public record Channel(
            int node, String property, float[] times, float[] values, Interpolation interpolation) {

        /** Linear keyframes. */
        public Channel(int node, String property, float[] times, float[] values) {
            this(node, property, times, values, Interpolation.LINEAR);
        }
    }
}
