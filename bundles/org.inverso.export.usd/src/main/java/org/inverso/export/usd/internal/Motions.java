/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.inverso.api.asset.Asset;

/**
 * Where nodes stand, in the pose of the photo and in each clip. One variant a clip, since USD has
 * one time line.
 */
final class Motions {

    /** Name of the variant in which nothing moves. */
    private static final String PHOTO = "photo";

    private final Asset asset;
    private final VariantSet variants = new VariantSet("clip", PHOTO);
    private final Map<Asset.Clip, Opinions> clips = new LinkedHashMap<>();

    Motions(Asset asset) {
        this.asset = asset;
        for (Asset.Clip clip : asset.clips()) {
            clips.put(clip, variants.add(clip.name()));
        }
    }

    VariantSet variants() {
        return variants;
    }

    /** What clips say, by clip. */
    Map<Asset.Clip, Opinions> clips() {
        return clips;
    }

    /** The end of the longest clip, time codes. */
    double end() {
        return asset.clips().stream()
                .flatMap(clip -> clip.channels().stream())
                .mapToDouble(c -> Keyframes.RATE * c.times()[c.times().length - 1])
                .max()
                .orElse(0);
    }

    /**
     * Places a node's prim.
     *
     * @param path of the prim, from the root
     * @param always whether it gets operations even when it stands where its parent does
     * @param text gets what is the same in all clips
     */
    void place(int index, List<String> path, boolean always, UsdaText text) {
        Asset.Node node = asset.nodes().get(index);
        List<String> order = new ArrayList<>();
        var t = node.translation();
        if (always || moves(index, "translation") || t.x() != 0 || t.y() != 0 || t.z() != 0) {
            order.add("xformOp:translate");
            say(
                    index,
                    "translation",
                    path,
                    "double3 xformOp:translate",
                    UsdaText.vector(t),
                    Keyframes::translations,
                    text);
        }
        var r = node.rotation();
        if (always || moves(index, "rotation") || r.x() != 0 || r.y() != 0 || r.z() != 0) {
            order.add("xformOp:orient");
            say(
                    index,
                    "rotation",
                    path,
                    "quatf xformOp:orient",
                    UsdaText.quaternion(r),
                    Keyframes::rotations,
                    text);
        }
        var s = node.scale();
        if (node.hidden()) {
            say(
                    index,
                    "scale",
                    path,
                    "token visibility",
                    "\"invisible\"",
                    Keyframes::visibilities,
                    text);
        } else if (moves(index, "scale") || s.x() != 1 || s.y() != 1 || s.z() != 1) {
            order.add("xformOp:scale");
            say(
                    index,
                    "scale",
                    path,
                    "float3 xformOp:scale",
                    UsdaText.vector(s),
                    Keyframes::scales,
                    text);
        }
        if (!order.isEmpty()) {
            text.line("uniform token[] xformOpOrder = " + UsdaText.tokens(order));
        }
    }

    private boolean moves(int node, String property) {
        return asset.clips().stream().anyMatch(clip -> channel(clip, node, property).isPresent());
    }

    private static Optional<Asset.Channel> channel(Asset.Clip clip, int node, String property) {
        return clip.channels().stream()
                .filter(c -> c.node() == node && c.property().equals(property))
                .findFirst();
    }

    private void say(
            int node,
            String property,
            List<String> path,
            String attribute,
            String still,
            Function<Keyframes, String> samples,
            UsdaText text) {
        String line = attribute + " = " + still;
        if (!moves(node, property)) {
            text.line(line);
            return;
        }
        variants.first().at(path).say(line);
        clips.forEach(
                (clip, opinions) ->
                        opinions.at(path)
                                .say(
                                        channel(clip, node, property)
                                                .map(Keyframes::new)
                                                .map(samples)
                                                .map(s -> attribute + ".timeSamples = " + s)
                                                .orElse(line)));
    }
}
