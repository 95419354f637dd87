/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.inverso.api.Imaging;
import org.inverso.api.InversoException;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.image.Image;
import org.inverso.geometry.AssetMesh;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/** Changes of materials, clips, lamps, size and textures, each by itself. */
public final class AssetChanges {

    private static final String ROLE = "role";
    private static final String RADIUS = "radius";

    private final String name;
    private final Imaging imaging;

    /**
     * @param name of the file, for messages
     */
    public AssetChanges(String name, Imaging imaging) {
        this.name = name;
        this.imaging = imaging;
    }

    /** All that an edit asks for, in the order of its components. */
    public Asset apply(Asset asset, AssetEdit edit) {
        Asset changed = asset;
        if (edit.paint().isPresent()) {
            changed = painted(changed, edit.paint().getAsInt());
        }
        if (edit.variant().isPresent()) {
            changed = chosen(changed, edit.variant().get());
        }
        if (!edit.clips().isEmpty()) {
            changed = withClips(changed, edit.clips());
        }
        if (edit.lights().isPresent()) {
            changed = lit(changed, edit.lights().get());
        }
        if (edit.scale().isPresent()) {
            changed = scaled(changed, (float) edit.scale().getAsDouble());
        }
        if (edit.length().isPresent()) {
            changed = scaled(changed, (float) (edit.length().getAsDouble() / length(changed)));
        }
        if (edit.textureSize().isPresent()) {
            changed = withTextures(changed, edit.textureSize().getAsInt());
        }
        return changed;
    }

    /** What other looks paint can be painted; it then is plain, as they are. */
    private Asset painted(Asset asset, int rgb) {
        Set<Integer> paintable = new HashSet<>();
        asset.variants().forEach(variant -> paintable.addAll(variant.materials().keySet()));
        if (paintable.isEmpty()) {
            throw new InversoException(
                    name + ": nothing of it can be painted, for it comes in one look only");
        }
        float[] linear = {linear(rgb >> 16), linear(rgb >> 8), linear(rgb)};
        List<Asset.Material> materials = new ArrayList<>(asset.materials());
        for (int m : paintable) {
            Asset.Material old = materials.get(m);
            materials.set(
                    m,
                    new Asset.Material(
                            old.name(),
                            new float[] {linear[0], linear[1], linear[2], old.baseColor()[3]},
                            Asset.NONE,
                            old.metallic(),
                            old.roughness(),
                            old.emissive(),
                            old.emissiveStrength(),
                            old.clearcoat(),
                            old.clearcoatRoughness(),
                            old.doubleSided()));
        }
        return new Asset(
                asset.name(),
                asset.nodes(),
                asset.meshes(),
                materials,
                asset.textures(),
                asset.clips(),
                asset.skins(),
                asset.variants(),
                asset.provenance());
    }

    /** The sRGB transfer function of the lowest 8 bits (IEC 61966-2-1). */
    private static float linear(int value) {
        double s = (value & 0xff) / 255.0;
        return (float) (s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
    }

    private Asset chosen(Asset asset, String wanted) {
        Asset.Variant variant =
                asset.variants().stream()
                        .filter(v -> v.name().equals(wanted))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new InversoException(
                                                "%s: has no look %s; it has %s"
                                                        .formatted(
                                                                name,
                                                                wanted,
                                                                listed(
                                                                        asset.variants().stream()
                                                                                .map(
                                                                                        Asset
                                                                                                        .Variant
                                                                                                ::name)
                                                                                .toList()))));
        return withMeshes(
                asset,
                primitive ->
                        new Asset.Primitive(
                                primitive.positions(),
                                primitive.normals(),
                                primitive.uvs(),
                                primitive.indices(),
                                variant.material(primitive.material()),
                                primitive.joints(),
                                primitive.weights()),
                rebased(asset.variants(), variant));
    }

    /** The others, seen from the one that was chosen. */
    private static List<Asset.Variant> rebased(List<Asset.Variant> all, Asset.Variant chosen) {
        List<Asset.Variant> variants = new ArrayList<>();
        for (Asset.Variant variant : all) {
            Map<Integer, Integer> materials = new HashMap<>();
            Set<Integer> of = new LinkedHashSet<>(chosen.materials().keySet());
            of.addAll(variant.materials().keySet());
            for (int m : of) {
                if (variant.material(m) != chosen.material(m)) {
                    materials.put(chosen.material(m), variant.material(m));
                }
            }
            variants.add(new Asset.Variant(variant.name(), materials));
        }
        return variants;
    }

    private static Asset withMeshes(
            Asset asset, UnaryOperator<Asset.Primitive> change, List<Asset.Variant> variants) {
        List<Asset.Mesh> meshes =
                asset.meshes().stream()
                        .map(
                                m ->
                                        new Asset.Mesh(
                                                m.name(),
                                                m.primitives().stream().map(change).toList()))
                        .toList();
        return new Asset(
                asset.name(),
                asset.nodes(),
                meshes,
                asset.materials(),
                asset.textures(),
                asset.clips(),
                asset.skins(),
                variants,
                asset.provenance());
    }

    private Asset withClips(Asset asset, List<String> wanted) {
        List<String> known = asset.clips().stream().map(Asset.Clip::name).toList();
        for (String clip : wanted) {
            if (!known.contains(clip)) {
                throw new InversoException(
                        name + ": has no clip " + clip + "; it has " + listed(known));
            }
        }
        return withNodes(
                asset,
                asset.nodes(),
                asset.clips().stream().filter(clip -> wanted.contains(clip.name())).toList());
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static Asset withNodes(Asset asset, List<Asset.Node> nodes, List<Asset.Clip> clips) {
        return new Asset(
                asset.name(),
                nodes,
                asset.meshes(),
                asset.materials(),
                asset.textures(),
                clips,
                asset.skins(),
                asset.variants(),
                asset.provenance());
    }

    /** Shells over the lamps show their light; those of indicators are left to clips. */
    private Asset lit(Asset asset, boolean on) {
        List<Asset.Node> nodes = new ArrayList<>();
        boolean found = false;
        for (Asset.Node node : asset.nodes()) {
            boolean lamp =
                    "glow".equals(node.extras().get(ROLE))
                            && node.parent() >= 0
                            && !"indicator"
                                    .equals(asset.nodes().get(node.parent()).extras().get(ROLE));
            found |= lamp;
            nodes.add(
                    lamp
                            ? with(
                                    node,
                                    node.translation(),
                                    new Vector3f(on ? 1 : 0),
                                    node.extras())
                            : node);
        }
        if (!found) {
            throw new InversoException(name + ": has no lamps that could be switched");
        }
        return withNodes(asset, nodes, asset.clips());
    }

    private static Asset.Node with(
            Asset.Node node, Vector3fc translation, Vector3fc scale, Map<String, String> extras) {
        return new Asset.Node(
                node.name(),
                node.parent(),
                translation,
                node.rotation(),
                scale,
                node.mesh(),
                node.skin(),
                extras);
    }

    private double length(Asset asset) {
        AssetMesh mesh = AssetMesh.of(asset);
        double length = mesh.max().z - mesh.min().z;
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new InversoException(name + ": has no length that could be changed");
        }
        return length;
    }

    /** Everything that is a length, so that no node is scaled. */
    private static Asset scaled(Asset asset, float factor) {
        List<Asset.Node> nodes = new ArrayList<>();
        for (Asset.Node node : asset.nodes()) {
            Map<String, String> extras = new HashMap<>(node.extras());
            extras.computeIfPresent(
                    RADIUS, (key, radius) -> Float.toString(factor * Float.parseFloat(radius)));
            Vector3f place = node.translation().mul(factor, new Vector3f());
            nodes.add(with(node, place, node.scale(), extras));
        }
        List<Asset.Skin> skins =
                asset.skins().stream()
                        .map(
                                skin -> {
                                    float[] bind = skin.inverseBind().clone();
                                    for (int i = 0; i < bind.length; i++) {
                                        bind[i] *= i % 16 >= 12 && i % 16 < 15 ? factor : 1;
                                    }
                                    return new Asset.Skin(skin.name(), skin.joints(), bind);
                                })
                        .toList();
        List<Asset.Clip> clips =
                asset.clips().stream()
                        .map(
                                clip ->
                                        new Asset.Clip(
                                                clip.name(),
                                                clip.channels().stream()
                                                        .map(c -> scaled(c, factor))
                                                        .toList()))
                        .toList();
        Asset meshes =
                withMeshes(
                        asset,
                        p ->
                                new Asset.Primitive(
                                        times(p.positions(), factor),
                                        p.normals(),
                                        p.uvs(),
                                        p.indices(),
                                        p.material(),
                                        p.joints(),
                                        p.weights()),
                        asset.variants());
        return new Asset(
                asset.name(),
                nodes,
                meshes.meshes(),
                asset.materials(),
                asset.textures(),
                clips,
                skins,
                asset.variants(),
                asset.provenance());
    }

    private static Asset.Channel scaled(Asset.Channel channel, float factor) {
        return channel.property().equals("translation")
                ? new Asset.Channel(
                        channel.node(),
                        channel.property(),
                        channel.times(),
                        times(channel.values(), factor),
                        channel.interpolation())
                : channel;
    }

    private static float[] times(float[] values, float factor) {
        float[] product = values.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor;
        }
        return product;
    }

    /** Larger ones than asked for stay in proportion; none is enlarged. */
    private Asset withTextures(Asset asset, int side) {
        List<Asset.Texture> textures =
                asset.textures().stream()
                        .map(
                                texture -> {
                                    Image image = texture.image();
                                    double shrink =
                                            side / (double) Math.max(image.width(), image.height());
                                    if (shrink >= 1) {
                                        return texture;
                                    }
                                    int width =
                                            (int) Math.max(1, Math.round(shrink * image.width()));
                                    int height =
                                            (int) Math.max(1, Math.round(shrink * image.height()));
                                    return new Asset.Texture(
                                            texture.name(),
                                            imaging.resize(image, width, height),
                                            texture.jpeg());
                                })
                        .toList();
        return new Asset(
                asset.name(),
                asset.nodes(),
                asset.meshes(),
                asset.materials(),
                textures,
                asset.clips(),
                asset.skins(),
                asset.variants(),
                asset.provenance());
    }
}
