/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;

/**
 * One asset as a USD layer: a component with a mesh a part, materials for UsdPreviewSurface, a
 * skeleton where it bends, rigid bodies and joints where it rolls, and variants: {@code clip} for
 * what moves, {@code look} for other colours. Chosen is the pose and the look of the photo. Metres,
 * +Y up, front towards +Z.
 */
public final class UsdLayer {

    private final Asset asset;
    private final String identifier;
    private final String rootName;
    private final MaterialPrims materials;
    private final Looks looks;
    private final Motions motions;
    private final MeshPrims meshes;
    private final CarPhysics physics;
    private final Map<Integer, SkeletonPrims> skeletons = new TreeMap<>();
    private final Map<Integer, String> wheelNames = new LinkedHashMap<>();
    private final UsdaText text = new UsdaText();

    /**
     * @param identifier name of the file, which the asset info tells
     */
    public UsdLayer(Asset asset, TextureFiles textures, String identifier) {
        this.asset = asset;
        this.identifier = identifier;
        rootName = PrimNames.identifier(asset.name());
        String root = "/" + rootName;
        materials = new MaterialPrims(asset, textures, root);
        looks = new Looks(asset, materials);
        motions = new Motions(asset);
        meshes = new MeshPrims(asset, looks);
        physics = new CarPhysics(asset, root);
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() >= 0 && node.skin() >= 0) {
                skeletons.computeIfAbsent(
                        node.skin(), s -> new SkeletonPrims(asset, asset.skins().get(s), root));
            }
        }
        if (skeletons.size() > 1) {
            throw new IllegalArgumentException(
                    "asset cannot be written: it has more than one skeleton");
        }
        write();
    }

    /** The layer. */
    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write() {
        text.nested(
                "(",
                ")",
                () -> {
                    text.nested(
                            "customLayerData = {",
                            "}",
                            () ->
                                    new TreeMap<>(asset.provenance())
                                            .forEach(
                                                    (key, value) ->
                                                            text.line(
                                                                    "string "
                                                                            + PrimNames.identifier(
                                                                                    key)
                                                                            + " = "
                                                                            + UsdaText.quoted(
                                                                                    value))));
                    text.line("defaultPrim = " + UsdaText.quoted(rootName));
                    text.line("endTimeCode = " + UsdaText.time(motions.end()));
                    text.line("framesPerSecond = " + UsdaText.number(Keyframes.RATE));
                    if (physics.applies()) {
                        text.line("kilogramsPerUnit = 1");
                    }
                    text.line("metersPerUnit = 1");
                    text.line("startTimeCode = 0");
                    text.line("timeCodesPerSecond = " + UsdaText.number(Keyframes.RATE));
                    text.line("upAxis = \"Y\"");
                });
        text.prim(
                "def " + (skeletons.isEmpty() ? "Xform " : "SkelRoot ") + UsdaText.quoted(rootName),
                rootMetadata(),
                this::writeRoot);
    }

    private List<String> rootMetadata() {
        List<String> metadata = new ArrayList<>();
        metadata.add("assetInfo = {");
        metadata.add("    asset identifier = @" + identifier + "@");
        metadata.add("    string name = " + UsdaText.quoted(asset.name()));
        String version = asset.provenance().get("categoryVersion");
        if (version != null) {
            metadata.add("    string version = " + UsdaText.quoted(version));
        }
        metadata.add("}");
        metadata.add("kind = \"component\"");
        metadata.add(UsdaText.schemas(List.of("GeomModelAPI")));
        List<VariantSet> sets = variantSets().toList();
        if (!sets.isEmpty()) {
            metadata.add("variants = {");
            sets.forEach(set -> metadata.add("    " + set.selection()));
            metadata.add("}");
            metadata.add(
                    "prepend variantSets = "
                            + UsdaText.tokens(sets.stream().map(VariantSet::name).toList()));
        }
        return metadata;
    }

    private Stream<VariantSet> variantSets() {
        return Stream.of(motions.variants(), looks.variants()).filter(VariantSet::offers);
    }

    private void writeRoot() {
        float[] extent = WeldedMesh.extent(AssetMesh.of(asset).positions());
        text.tuples("float3[] extentsHint", extent, 3, List.of());
        if (!skeletons.isEmpty()) {
            text.tuples("float3[] extent", extent, 3, List.of());
        }
        PrimNames names = new PrimNames();
        Stream.of("Skeleton", "Animations", "Materials", "Physics", CarPhysics.CHASSIS)
                .forEach(names::unique);
        List<Integer> top = children(-1);
        int root = rootNode(top);
        if (root >= 0) {
            motions.place(root, List.of(), false, text);
            top =
                    Stream.concat(top.stream().filter(n -> n != root), children(root).stream())
                            .toList();
        }
        if (physics.applies()) {
            writeOnWheels(top, extent, names);
        } else {
            top.forEach(node -> writeNode(node, List.of(), names));
        }
        skeletons.values().forEach(skeleton -> skeleton.write(motions, text));
        if (physics.applies()) {
            physics.writeJoints(wheelNames, text);
        }
        materials.write(text);
        variantSets().forEach(set -> set.write(text));
    }

    /** The node that stands for the asset itself, or -1; joints' transforms are the skeleton's. */
    private int rootNode(List<Integer> top) {
        return skeletons.isEmpty()
                        && top.size() == 1
                        && asset.nodes().get(top.get(0)).mesh() == Asset.NONE
                ? top.get(0)
                : -1;
    }

    private List<Integer> children(int parent) {
        List<Integer> children = new ArrayList<>();
        for (int n = 0; n < asset.nodes().size(); n++) {
            if (asset.nodes().get(n).parent() == parent && draws(n)) {
                children.add(n);
            }
        }
        return children;
    }

    /** Whether there is a mesh at a node or below it. */
    private boolean draws(int node) {
        for (int n = asset.nodes().size() - 1; n >= node; n--) {
            if (asset.nodes().get(n).mesh() >= 0) {
                int at = n;
                while (at > node) {
                    at = asset.nodes().get(at).parent();
                }
                if (at == node) {
                    return true;
                }
            }
        }
        return false;
    }

    private void writeOnWheels(List<Integer> top, float[] extent, PrimNames names) {
        List<String> chassis = List.of(CarPhysics.CHASSIS);
        text.prim(
                "def Xform " + UsdaText.quoted(CarPhysics.CHASSIS),
                List.of(UsdaText.schemas(CarPhysics.bodySchemas())),
                () -> {
                    physics.writeChassis(extent, text);
                    physics.enable(motions, chassis);
                    PrimNames inside = new PrimNames();
                    top.stream()
                            .filter(n -> !physics.isWheel(n))
                            .forEach(n -> writeNode(n, chassis, inside));
                });
        top.stream().filter(physics::isWheel).forEach(n -> writeNode(n, List.of(), names));
    }

    private void writeNode(int index, List<String> parent, PrimNames siblings) {
        Asset.Node node = asset.nodes().get(index);
        String name = siblings.unique(node.name());
        List<String> path = Stream.concat(parent.stream(), Stream.of(name)).toList();
        List<Integer> children = children(index);
        boolean wheel = physics.isWheel(index);
        List<String> metadata = new ArrayList<>(extras(node));
        if (node.mesh() >= 0 && children.isEmpty() && !wheel) {
            metadata.add(UsdaText.schemas(meshSchemas(node)));
            text.prim(
                    "def Mesh " + UsdaText.quoted(name),
                    metadata,
                    () -> {
                        if (node.skin() < 0) {
                            motions.place(index, path, false, text);
                        }
                        writeMesh(node, path);
                    });
            return;
        }
        if (wheel) {
            wheelNames.put(index, name);
            metadata.add(UsdaText.schemas(CarPhysics.bodySchemas()));
        }
        text.prim(
                "def Xform " + UsdaText.quoted(name),
                metadata,
                () -> {
                    motions.place(index, path, wheel, text);
                    PrimNames inside = new PrimNames();
                    if (wheel) {
                        inside.unique("collider");
                        physics.enable(motions, path);
                        physics.writeWheel(node, text);
                    }
                    writeMeshBelow(node, name, path, inside);
                    children.forEach(child -> writeNode(child, path, inside));
                });
    }

    /**
     * Gprims cannot hold others, so the mesh of a node that holds something is a prim of its own.
     */
    private void writeMeshBelow(
            Asset.Node node, String name, List<String> path, PrimNames siblings) {
        if (node.mesh() < 0) {
            return;
        }
        String mesh = siblings.unique(name + "_mesh");
        List<String> below = Stream.concat(path.stream(), Stream.of(mesh)).toList();
        text.prim(
                "def Mesh " + UsdaText.quoted(mesh),
                List.of(UsdaText.schemas(meshSchemas(node))),
                () -> writeMesh(node, below));
    }

    private List<String> meshSchemas(Asset.Node node) {
        if (node.skin() >= 0) {
            return MeshPrims.schemas("SkelBindingAPI");
        }
        return physics.isHull(node)
                ? MeshPrims.schemas("PhysicsCollisionAPI", "PhysicsMeshCollisionAPI")
                : MeshPrims.schemas();
    }

    private void writeMesh(Asset.Node node, List<String> path) {
        if (physics.isHull(node)) {
            text.line("uniform token physics:approximation = \"convexHull\"");
        }
        if (node.skin() >= 0) {
            SkeletonPrims skeleton = skeletons.get(node.skin());
            text.line(skeleton.binding());
            meshes.writeInfluences(asset.meshes().get(node.mesh()), skeleton.order(), text);
        }
        meshes.write(asset.meshes().get(node.mesh()), path, text);
    }

    private static List<String> extras(Asset.Node node) {
        List<String> lines = new ArrayList<>();
        if (!node.extras().isEmpty()) {
            lines.add("customData = {");
            new TreeMap<>(node.extras())
                    .forEach(
                            (key, value) ->
                                    lines.add(
                                            "    string "
                                                    + PrimNames.identifier(key)
                                                    + " = "
                                                    + UsdaText.quoted(value)));
            lines.add("}");
        }
        return lines;
    }
}
