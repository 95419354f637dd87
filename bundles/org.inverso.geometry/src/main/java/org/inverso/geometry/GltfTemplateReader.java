/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Material;
import org.inverso.api.category.Part;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.inverso.geometry.internal.ClipReader;
import org.inverso.geometry.internal.GlbFile;
import org.inverso.geometry.internal.GltfAccessors;
import org.inverso.geometry.internal.GltfNodes;
import org.inverso.geometry.internal.MirrorMap;
import org.inverso.geometry.internal.SkinReader;
import org.inverso.geometry.internal.SkinReader.Influences;
import org.joml.Matrix4d;
import org.joml.Vector3d;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Reads a category's template from a binary glTF 2.0 file: one node with a mesh a part, morph
 * targets for the shape space, factors of materials by name, and, when a skeleton is declared, one
 * skin and its animations. The file is not trusted: whatever is out of bounds, not finite, too
 * large or does not fit its declaration is refused with a {@link CategoryException} whose message
 * is one line.
 */
public final class GltfTemplateReader {

    private static final int MAX_VERTICES = 200_000;
    private static final int MAX_FACES = 400_000;
    private static final long MAX_BASIS = 1L << 25;
    private static final float MAX_METRES = 1000;
    private static final float UV_SLACK = 1e-4f;
    private static final int TRIANGLES = 4;

    /** What rounding leaves of a transform that is none. */
    private static final double IDENTITY_SLACK = 1e-6;

    /** Extensions that change nothing this reader relies on. */
    private static final Set<String> KNOWN_EXTENSIONS =
            Set.of("KHR_materials_clearcoat", "KHR_materials_emissive_strength");

    /** Vertices that one or more primitives use, object frame. */
    private record Block(
            int firstVertex,
            float[] positions,
            float[] uvs,
            float[][] deltas,
            Influences influences) {
        int count() {
            return positions.length / 3;
        }
    }

    /** Faces of a primitive, numbered in the whole template. */
    private record Faces(int[] indices, int part, int material) {}

    /**
     * Reads, checks and, when it is declared symmetric, finds the mirror image of each vertex.
     *
     * @param glb bytes of the file
     * @param declaration what the category says about it
     * @throws CategoryException when the file is damaged or does not fit the declaration
     */
    public TemplateMesh read(byte[] glb, TemplateDeclaration declaration) {
        GlbFile file = GlbFile.parse(glb);
        for (JsonNode extension : file.json().path("extensionsRequired")) {
            if (!KNOWN_EXTENSIONS.contains(extension.asText())) {
                throw new CategoryException(
                        "template needs the glTF extension "
                                + extension.asText()
                                + "; export it without");
            }
        }
        return new Reading(file, declaration).mesh();
    }

    /** The state of reading one file. */
    private static final class Reading {

        private final JsonNode json;
        private final GltfAccessors accessors;
        private final GltfNodes nodes;
        private final TemplateDeclaration declaration;
        private final Optional<SkinReader> skin;
        private final List<Block> blocks = new ArrayList<>();
        private final List<Faces> faces = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();
        private final Map<String, Integer> materialIndex = new HashMap<>();
        private int vertexCount;
        private int faceCount;

        Reading(GlbFile file, TemplateDeclaration declaration) {
            this.json = file.json();
            this.accessors = new GltfAccessors(file);
            this.nodes = new GltfNodes(json);
            this.declaration = declaration;
            this.skin =
                    declaration
                            .skeletonRoot()
                            .map(
                                    root ->
                                            new SkinReader(
                                                    json,
                                                    accessors,
                                                    nodes,
                                                    root,
                                                    declaration.shapeTargets().size()));
        }

        TemplateMesh mesh() {
            List<Material> materials = materials();
            Map<String, Integer> meshNodes = meshNodes();
            for (PartDeclaration part : declaration.parts()) {
                Integer node = meshNodes.remove(part.name());
                if (node == null) {
                    throw new CategoryException(
                            "template has no node with a mesh for part " + part.name());
                }
                readPart(part, node);
            }
            if (!meshNodes.isEmpty()) {
                throw new CategoryException(
                        "template's node "
                                + meshNodes.keySet().stream().sorted().findFirst().orElseThrow()
                                + " is not declared as a part");
            }
            TemplateMesh mesh = assemble(materials);
            return declaration.symmetric() ? mesh.withMirror(MirrorMap.of(mesh)) : mesh;
        }

        private Map<String, Integer> meshNodes() {
            Map<String, Integer> meshNodes = new HashMap<>();
            for (int i = 0; i < nodes.count(); i++) {
                JsonNode node = nodes.node(i);
                if (!node.has("mesh")) {
                    continue;
                }
                String name = node.path("name").asText();
                requireSkinAsDeclared(node, i, name);
                requireZero(node.path("weights"), name);
                if (meshNodes.put(name, i) != null) {
                    throw new CategoryException("template has several nodes called " + name);
                }
            }
            return meshNodes;
        }

        private void requireSkinAsDeclared(JsonNode node, int index, String name) {
            if (skin.isEmpty() && node.has("skin")) {
                throw new CategoryException(
                        "template's node " + name + " has a skin, but no skeleton is declared");
            }
            if (skin.isPresent()
                    && GltfAccessors.nonNegative(node, "skin", "template's node " + name) != 0) {
                throw new CategoryException(
                        "template's node " + name + " has a skin that does not exist");
            }
            if (skin.isPresent() && !nodes.world(index).equals(new Matrix4d(), IDENTITY_SLACK)) {
                throw new CategoryException(
                        "template's node "
                                + name
                                + " has a skin and a transform, which would have no effect");
            }
        }

        private static void requireZero(JsonNode weights, String name) {
            for (JsonNode weight : weights) {
                if (weight.asDouble() != 0) {
                    throw new CategoryException(
                            name + ": morph weights must be 0 at rest, set its shape keys back");
                }
            }
        }

        private void readPart(PartDeclaration part, int node) {
            String name = part.name();
            JsonNode mesh =
                    json.path("meshes")
                            .path(GltfAccessors.nonNegative(nodes.node(node), "mesh", name));
            if (!mesh.path("primitives").isArray() || mesh.path("primitives").isEmpty()) {
                throw new CategoryException(name + ": its mesh is missing or empty");
            }
            requireZero(mesh.path("weights"), name);
            Matrix4d world = nodes.world(node);
            boolean inverts = world.determinant3x3() < 0;
            int firstVertex = vertexCount;
            int firstFace = faceCount;
            Map<String, Block> shared = new HashMap<>();
            for (JsonNode primitive : mesh.path("primitives")) {
                if (primitive.path("mode").asInt(TRIANGLES) != TRIANGLES) {
                    throw new CategoryException(name + ": only triangles are supported");
                }
                String key = primitive.path("attributes") + "|" + primitive.path("targets");
                Block block = shared.get(key);
                if (block == null) {
                    block = readBlock(name, mesh, primitive, world);
                    shared.put(key, block);
                }
                readFaces(name, primitive, block, inverts);
            }
            requireUsed(name, firstVertex, firstFace);
            parts.add(
                    new Part(
                            name,
                            part.role(),
                            firstVertex,
                            vertexCount - firstVertex,
                            firstFace,
                            faceCount - firstFace,
                            pivot(part, node, world),
                            part.axle(),
                            part.steers()));
        }

        private Optional<Vector3fc> pivot(PartDeclaration part, int node, Matrix4d world) {
            boolean turns = part.axle().isPresent() || part.steers();
            if (skin.isPresent()) {
                if (turns) {
                    throw new CategoryException(
                            part.name() + " follows a skeleton and cannot roll or steer");
                }
                return Optional.empty();
            }
            if (!nodes.placed(node)) {
                if (turns) {
                    throw new CategoryException(
                            part.name() + " turns, but its node has no translation to turn about");
                }
                return Optional.empty();
            }
            return Optional.of(
                    new Vector3f((float) world.m30(), (float) world.m31(), (float) world.m32()));
        }

        private Block readBlock(String name, JsonNode mesh, JsonNode primitive, Matrix4d world) {
            JsonNode attributes = primitive.path("attributes");
            int position = GltfAccessors.nonNegative(attributes, "POSITION", name);
            int uv = GltfAccessors.nonNegative(attributes, "TEXCOORD_0", name);
            int count = accessors.count(position);
            if (count == 0 || count > MAX_VERTICES - vertexCount) {
                throw new CategoryException(
                        name + ": no vertices, or more than " + MAX_VERTICES + " in all");
            }
            long basis = 3L * (vertexCount + count) * declaration.shapeTargets().size();
            if (basis > MAX_BASIS) {
                throw new CategoryException(
                        "template's shape space is too large: "
                                + basis
                                + " numbers of at most "
                                + MAX_BASIS);
            }
            float[] positions = accessors.floats(position, "VEC3", count);
            transform(positions, world, true);
            for (float x : positions) {
                if (!(Math.abs(x) <= MAX_METRES)) {
                    throw new CategoryException(name + ": a vertex is more than 1 km away");
                }
            }
            float[] uvs = accessors.floats(uv, "VEC2", count);
            for (int i = 0; i < uvs.length; i++) {
                if (uvs[i] < -UV_SLACK || uvs[i] > 1 + UV_SLACK) {
                    throw new CategoryException(
                            name + ": texture coordinate " + uvs[i] + " is outside the atlas");
                }
                uvs[i] = Math.min(Math.max(uvs[i], 0), 1);
            }
            Block block =
                    new Block(
                            vertexCount,
                            positions,
                            uvs,
                            readDeltas(name, mesh, primitive, world, count),
                            skin.map(s -> s.influences(name, attributes, count))
                                    .orElse(Influences.NONE));
            blocks.add(block);
            vertexCount += count;
            return block;
        }

        /** Deltas of each shape target; none at all for a part that no target moves. */
        private float[][] readDeltas(
                String name, JsonNode mesh, JsonNode primitive, Matrix4d world, int count) {
            JsonNode targets = primitive.path("targets");
            if (targets.isMissingNode()) {
                return new float[0][];
            }
            List<String> names = new ArrayList<>();
            mesh.path("extras").path("targetNames").forEach(n -> names.add(n.asText()));
            if (!names.equals(declaration.shapeTargets()) || targets.size() != names.size()) {
                throw new CategoryException(
                        name
                                + ": its "
                                + targets.size()
                                + " morph targets are not the declared "
                                + declaration.shapeTargets().size()
                                + " in their order");
            }
            float[][] deltas = new float[names.size()][];
            for (int k = 0; k < deltas.length; k++) {
                if (!targets.get(k).has("POSITION")) {
                    deltas[k] = new float[3 * count];
                    continue;
                }
                String what = name + ", target " + names.get(k);
                int accessor = GltfAccessors.nonNegative(targets.get(k), "POSITION", what);
                deltas[k] = accessors.floats(accessor, "VEC3", count);
                transform(deltas[k], world, false);
                for (float d : deltas[k]) {
                    if (!(Math.abs(d) <= MAX_METRES)) {
                        throw new CategoryException(what + ": moves a vertex by more than 1 km");
                    }
                }
            }
            return deltas;
        }

        private static void transform(float[] xyz, Matrix4d world, boolean isPosition) {
            Vector3d v = new Vector3d();
            for (int i = 0; i < xyz.length; i += 3) {
                v.set(xyz[i], xyz[i + 1], xyz[i + 2]);
                if (isPosition) {
                    world.transformPosition(v);
                } else {
                    world.transformDirection(v);
                }
                xyz[i] = (float) v.x;
                xyz[i + 1] = (float) v.y;
                xyz[i + 2] = (float) v.z;
            }
        }

        private void readFaces(String name, JsonNode primitive, Block block, boolean inverts) {
            int[] indices;
            if (primitive.has("indices")) {
                int accessor = GltfAccessors.nonNegative(primitive, "indices", name);
                if (accessors.count(accessor) > 3 * (MAX_FACES - faceCount)) {
                    throw new CategoryException("template has more than " + MAX_FACES + " faces");
                }
                indices = accessors.indices(accessor, block.count());
            } else {
                indices = new int[block.count()];
                for (int i = 0; i < indices.length; i++) {
                    indices[i] = i;
                }
            }
            if (indices.length % 3 != 0 || indices.length == 0) {
                throw new CategoryException(name + ": its indices make no whole triangles");
            }
            for (int i = 0; i < indices.length; i += 3) {
                int a = indices[i];
                int b = indices[i + (inverts ? 2 : 1)];
                int c = indices[i + (inverts ? 1 : 2)];
                if (a == b || b == c || c == a) {
                    throw new CategoryException(
                            name + ": a triangle has the same vertex at two corners");
                }
                indices[i] = block.firstVertex() + a;
                indices[i + 1] = block.firstVertex() + b;
                indices[i + 2] = block.firstVertex() + c;
            }
            int material = GltfAccessors.nonNegative(primitive, "material", name);
            String materialName = json.path("materials").path(material).path("name").asText();
            Integer declared = materialIndex.get(materialName);
            if (declared == null) {
                throw new CategoryException(
                        name + ": its material '" + materialName + "' is not declared");
            }
            faces.add(new Faces(indices, parts.size(), declared));
            faceCount += indices.length / 3;
        }

        private void requireUsed(String name, int firstVertex, int firstFace) {
            boolean[] used = new boolean[vertexCount - firstVertex];
            for (Faces f : faces) {
                if (f.part() == parts.size()) {
                    for (int v : f.indices()) {
                        used[v - firstVertex] = true;
                    }
                }
            }
            for (int v = 0; v < used.length; v++) {
                if (!used[v]) {
                    throw new CategoryException(
                            name + ": vertex " + v + " belongs to no face, delete loose vertices");
                }
            }
        }

        private TemplateMesh assemble(List<Material> materials) {
            int targets = declaration.shapeTargets().size();
            float[] positions = new float[3 * vertexCount];
            float[] uvs = new float[2 * vertexCount];
            float[] basis = new float[3 * vertexCount * targets];
            for (Block block : blocks) {
                int first = block.firstVertex();
                System.arraycopy(block.positions(), 0, positions, 3 * first, 3 * block.count());
                System.arraycopy(block.uvs(), 0, uvs, 2 * first, 2 * block.count());
                for (int k = 0; k < block.deltas().length; k++) {
                    System.arraycopy(
                            block.deltas()[k],
                            0,
                            basis,
                            3 * (k * vertexCount + first),
                            3 * block.count());
                }
            }
            int[] indices = new int[3 * faceCount];
            int[] facePart = new int[faceCount];
            int[] faceMaterial = new int[faceCount];
            int at = 0;
            for (Faces f : faces) {
                System.arraycopy(f.indices(), 0, indices, 3 * at, f.indices().length);
                for (int end = at + f.indices().length / 3; at < end; at++) {
                    facePart[at] = f.part();
                    faceMaterial[at] = f.material();
                }
            }
            return new TemplateMesh(
                    positions,
                    uvs,
                    indices,
                    facePart,
                    faceMaterial,
                    List.copyOf(parts),
                    materials,
                    declaration.shapeTargets(),
                    basis,
                    new int[0],
                    skin.map(this::skin),
                    skin.map(s -> new ClipReader(json, accessors, s).clips()).orElse(List.of()));
        }

        private Skin skin(SkinReader reader) {
            int[] joints = new int[Skin.INFLUENCES * vertexCount];
            float[] weights = new float[joints.length];
            for (Block block : blocks) {
                int at = Skin.INFLUENCES * block.firstVertex();
                int length = Skin.INFLUENCES * block.count();
                System.arraycopy(block.influences().joints(), 0, joints, at, length);
                System.arraycopy(block.influences().weights(), 0, weights, at, length);
            }
            return new Skin(reader.skeleton(), joints, weights);
        }

        private List<Material> materials() {
            Map<String, JsonNode> byName = new HashMap<>();
            Set<String> twice = new HashSet<>();
            for (JsonNode material : json.path("materials")) {
                String name = material.path("name").asText();
                if (byName.put(name, material) != null) {
                    twice.add(name);
                }
            }
            List<Material> materials = new ArrayList<>();
            for (MaterialDeclaration declared : declaration.materials()) {
                JsonNode node = byName.get(declared.name());
                if (node == null || twice.contains(declared.name())) {
                    throw new CategoryException(
                            "template has "
                                    + (node == null ? "no material" : "several materials")
                                    + " called "
                                    + declared.name());
                }
                materialIndex.put(declared.name(), materials.size());
                materials.add(material(declared, node));
            }
            return List.copyOf(materials);
        }

        private static Material material(MaterialDeclaration declared, JsonNode node) {
            String what = "material " + declared.name();
            JsonNode pbr = node.path("pbrMetallicRoughness");
            JsonNode extensions = node.path("extensions");
            JsonNode clearcoat = extensions.path("KHR_materials_clearcoat");
            float strength =
                    factor(
                            extensions.path("KHR_materials_emissive_strength"),
                            "emissiveStrength",
                            1,
                            10_000,
                            what);
            float[] emissive = factors(node, "emissiveFactor", new float[3], what);
            for (int i = 0; i < 3; i++) {
                emissive[i] *= strength;
            }
            return new Material(
                    declared.name(),
                    declared.kind(),
                    factors(pbr, "baseColorFactor", new float[] {1, 1, 1, 1}, what),
                    factor(pbr, "metallicFactor", 1, 1, what),
                    factor(pbr, "roughnessFactor", 1, 1, what),
                    emissive,
                    factor(clearcoat, "clearcoatFactor", 0, 1, what),
                    factor(clearcoat, "clearcoatRoughnessFactor", 0, 1, what));
        }

        private static float factor(
                JsonNode node, String field, float otherwise, float max, String what) {
            if (!node.has(field)) {
                return otherwise;
            }
            return checked(node.get(field), max, what + ": " + field);
        }

        private static float[] factors(
                JsonNode node, String field, float[] otherwise, String what) {
            if (!node.has(field)) {
                return otherwise;
            }
            JsonNode array = node.get(field);
            if (array.size() != otherwise.length) {
                throw new CategoryException(
                        what + ": " + field + " needs " + otherwise.length + " numbers");
            }
            float[] values = new float[otherwise.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = checked(array.get(i), 1, what + ": " + field);
            }
            return values;
        }

        private static float checked(JsonNode node, float max, String what) {
            float value = (float) node.asDouble(Double.NaN);
            if (!(value >= 0 && value <= max)) {
                throw new CategoryException(what + " is not between 0 and " + max);
            }
            return value;
        }
    }
}
