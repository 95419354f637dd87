/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.asset.Asset;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/** An asset while one of its clips plays, as a player of glTF shows it. */
final class PlayedClip {

    private final Asset asset;
    private final Asset.Clip clip;

    PlayedClip(Asset asset, String name) {
        this.asset = asset;
        this.clip =
                asset.clips().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    /** Seconds. */
    float length() {
        float end = 0;
        for (Asset.Channel channel : clip.channels()) {
            end = Math.max(end, channel.times()[channel.times().length - 1]);
        }
        return end;
    }

    /** The asset in the pose of a time. */
    Asset at(float seconds) {
        List<Asset.Node> nodes = new ArrayList<>(asset.nodes());
        for (Asset.Channel channel : clip.channels()) {
            Asset.Node node = nodes.get(channel.node());
            nodes.set(channel.node(), moved(node, channel, seconds));
        }
        return new Asset(
                asset.name(),
                nodes,
                asset.meshes(),
                asset.materials(),
                asset.textures(),
                asset.clips(),
                asset.skins(),
                asset.provenance());
    }

    private static Asset.Node moved(Asset.Node node, Asset.Channel channel, float seconds) {
        float[] times = channel.times();
        int after = 1;
        while (after < times.length - 1 && times[after] < seconds) {
            after++;
        }
        int before = after - 1;
        float share =
                Math.min(
                        1, Math.max(0, (seconds - times[before]) / (times[after] - times[before])));
        float[] v = channel.values();
        if (channel.property().equals("rotation")) {
            Quaternionf turned =
                    quaternion(v, before).slerp(quaternion(v, after), share).normalize();
            return new Asset.Node(
                    node.name(),
                    node.parent(),
                    node.translation(),
                    turned,
                    node.scale(),
                    node.mesh(),
                    node.skin(),
                    node.extras());
        }
        if (channel.property().equals("translation")) {
            Vector3f place = vector(v, before).lerp(vector(v, after), share);
            return new Asset.Node(
                    node.name(),
                    node.parent(),
                    place,
                    node.rotation(),
                    node.scale(),
                    node.mesh(),
                    node.skin(),
                    node.extras());
        }
        throw new AssertionError("no clip of a skeleton moves " + channel.property());
    }

    private static Quaternionf quaternion(float[] v, int key) {
        return new Quaternionf(v[4 * key], v[4 * key + 1], v[4 * key + 2], v[4 * key + 3]);
    }

    private static Vector3f vector(float[] v, int key) {
        return new Vector3f(v[3 * key], v[3 * key + 1], v[3 * key + 2]);
    }
}
