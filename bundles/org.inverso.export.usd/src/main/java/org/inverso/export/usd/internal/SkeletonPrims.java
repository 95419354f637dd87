/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.inverso.api.asset.Asset;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * A skin as UsdSkel: the skeleton, whose rest pose is that of the photo, and one animation a clip.
 * Without an animation a skinned mesh takes the skeleton's rest pose.
 */
final class SkeletonPrims {

    /** The matrix that changes nothing. */
    static final String IDENTITY = UsdaText.matrix(new Matrix4f());

    private static final String SKELETON = "Skeleton";
    private static final String ANIMATIONS = "Animations";

    private final Asset asset;
    private final Asset.Skin skin;
    private final String root;

    /** Nodes of the joints, parents first. */
    private final int[] nodes;

    private final List<String> paths = new ArrayList<>();

    /** A joint's place relative to the joint above it. */
    private record Place(Vector3f translation, Quaternionf rotation) {}

    /**
     * @param root path of the asset's prim
     */
    SkeletonPrims(Asset asset, Asset.Skin skin, String root) {
        this.asset = asset;
        this.skin = skin;
        this.root = root;
        this.nodes = Arrays.stream(skin.joints()).sorted().toArray();
        PrimNames names = new PrimNames();
        for (int node : nodes) {
            String name = names.unique(asset.nodes().get(node).name());
            int parent = above(node);
            paths.add(
                    parent < 0 ? name : paths.get(Arrays.binarySearch(nodes, parent)) + "/" + name);
        }
    }

    /** The joint above a node, or -1. */
    private int above(int node) {
        int parent = asset.nodes().get(node).parent();
        while (parent >= 0 && !isJoint(parent)) {
            parent = asset.nodes().get(parent).parent();
        }
        return parent;
    }

    private boolean isJoint(int node) {
        return Arrays.binarySearch(nodes, node) >= 0;
    }

    /** Place of each of the skin's joints in the skeleton. */
    int[] order() {
        return Arrays.stream(skin.joints()).map(node -> Arrays.binarySearch(nodes, node)).toArray();
    }

    /** A property that makes a mesh follow this skeleton. */
    String binding() {
        return "rel skel:skeleton = <" + root + "/" + SKELETON + ">";
    }

    /** Writes the skeleton and its animations, and has each clip choose its own. */
    void write(Motions motions, UsdaText text) {
        text.prim(
                "def Skeleton " + UsdaText.quoted(SKELETON),
                List.of(UsdaText.schemas(List.of("SkelBindingAPI"))),
                () -> {
                    text.line("uniform token[] joints = " + UsdaText.tokens(paths));
                    text.line("uniform matrix4d[] bindTransforms = " + matrices(bind()));
                    text.line("uniform matrix4d[] restTransforms = " + matrices(rest()));
                    text.line("uniform token purpose = \"guide\"");
                });
        PrimNames names = new PrimNames();
        text.block(
                "def Scope " + UsdaText.quoted(ANIMATIONS),
                () ->
                        motions.clips()
                                .forEach(
                                        (clip, opinions) -> {
                                            String name = names.unique(clip.name());
                                            writeAnimation(clip, name, text);
                                            opinions.at(List.of(SKELETON))
                                                    .say(
                                                            "rel skel:animationSource = <"
                                                                    + root
                                                                    + "/"
                                                                    + ANIMATIONS
                                                                    + "/"
                                                                    + name
                                                                    + ">");
                                        }));
    }

    private static String matrices(List<Matrix4f> matrices) {
        return "[" + String.join(", ", matrices.stream().map(UsdaText::matrix).toList()) + "]";
    }

    /** From the joints at rest to the asset's frame. */
    private List<Matrix4f> bind() {
        Matrix4f[] bind = new Matrix4f[nodes.length];
        int[] order = order();
        for (int j = 0; j < order.length; j++) {
            bind[order[j]] = new Matrix4f().set(skin.inverseBind(), 16 * j).invertAffine();
        }
        return List.of(bind);
    }

    /** From each joint to the one above it, as in the photo. */
    private List<Matrix4f> rest() {
        return Arrays.stream(nodes)
                .mapToObj(node -> place(node, Map.of(), 0))
                .map(p -> new Matrix4f().translationRotate(p.translation, p.rotation))
                .toList();
    }

    /** Takes the nodes between a joint and the one above it together. */
    private Place place(int node, Map<String, Keyframes> channels, float seconds) {
        Place place = own(node, channels, seconds);
        int parent = asset.nodes().get(node).parent();
        while (parent >= 0 && !isJoint(parent)) {
            Place outer = own(parent, channels, seconds);
            outer.rotation.transform(place.translation).add(outer.translation);
            outer.rotation.mul(place.rotation, place.rotation);
            parent = asset.nodes().get(parent).parent();
        }
        return place;
    }

    private Place own(int node, Map<String, Keyframes> channels, float seconds) {
        Asset.Node n = asset.nodes().get(node);
        Keyframes translations = channels.get(key(node, "translation"));
        Keyframes rotations = channels.get(key(node, "rotation"));
        return new Place(
                translations == null
                        ? new Vector3f(n.translation())
                        : translations.vectorAt(seconds),
                rotations == null
                        ? new Quaternionf(n.rotation()).normalize()
                        : rotations.quaternionAt(seconds));
    }

    private static String key(int node, String property) {
        return node + " " + property;
    }

    private void writeAnimation(Asset.Clip clip, String name, UsdaText text) {
        Map<String, Keyframes> channels = new LinkedHashMap<>();
        SortedSet<Float> turns = new TreeSet<>();
        SortedSet<Float> steps = new TreeSet<>();
        for (Asset.Channel channel : clip.channels()) {
            if (channel.property().equals("scale")) {
                throw new IllegalArgumentException(
                        "asset cannot be written: clip " + clip.name() + " scales a joint");
            }
            channels.put(key(channel.node(), channel.property()), new Keyframes(channel));
            for (float time : channel.times()) {
                if (!isJoint(channel.node()) || channel.property().equals("rotation")) {
                    turns.add(time);
                }
                if (!isJoint(channel.node()) || channel.property().equals("translation")) {
                    steps.add(time);
                }
            }
        }
        text.block(
                "def SkelAnimation " + UsdaText.quoted(name),
                () -> {
                    text.line("uniform token[] joints = " + UsdaText.tokens(paths));
                    writeSamples(
                            "quatf[] rotations",
                            turns,
                            t -> list(t, channels, p -> UsdaText.quaternion(p.rotation)),
                            text);
                    text.line("half3[] scales = " + list(0, Map.of(), p -> "(1, 1, 1)"));
                    writeSamples(
                            "float3[] translations",
                            steps,
                            t -> list(t, channels, p -> UsdaText.vector(p.translation)),
                            text);
                });
    }

    private interface PlaceText {
        String of(Place place);
    }

    private interface Sample {
        String at(float seconds);
    }

    private String list(float seconds, Map<String, Keyframes> channels, PlaceText value) {
        return Arrays.stream(nodes)
                .mapToObj(node -> value.of(place(node, channels, seconds)))
                .toList()
                .toString();
    }

    private static void writeSamples(
            String attribute, SortedSet<Float> times, Sample sample, UsdaText text) {
        if (times.isEmpty()) {
            text.line(attribute + " = " + sample.at(0));
            return;
        }
        text.line(attribute + ".timeSamples = {");
        for (float time : times) {
            text.line("    " + UsdaText.time(Keyframes.RATE * time) + ": " + sample.at(time) + ",");
        }
        text.line("}");
    }
}
