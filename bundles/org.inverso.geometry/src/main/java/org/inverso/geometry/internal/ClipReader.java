/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.SkeletonClip;
import org.joml.Vector3fc;

/** Reads the animations of a template's skeleton. */
public final class ClipReader {

    private static final int MAX_CLIPS = 100;
    private static final int MAX_KEYS = 10_000;
    private static final float MAX_METRES = 1000;
    private static final double UNIT_TOLERANCE = 1e-2;

    private final JsonNode json;
    private final GltfAccessors accessors;
    private final SkinReader skin;

    public ClipReader(JsonNode json, GltfAccessors accessors, SkinReader skin) {
        this.json = json;
        this.accessors = accessors;
        this.skin = skin;
    }

    /** In the order of the file. */
    public List<SkeletonClip> clips() {
        if (json.path("animations").size() > MAX_CLIPS) {
            throw new CategoryException("template has more than " + MAX_CLIPS + " animations");
        }
        List<SkeletonClip> clips = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode animation : json.path("animations")) {
            String name = animation.path("name").asText();
            if (name.isBlank() || !names.add(name)) {
                throw new CategoryException(
                        "template has "
                                + (name.isBlank()
                                        ? "an animation without a name"
                                        : "several animations called " + name));
            }
            clips.add(new SkeletonClip(name, tracks("animation " + name, animation)));
        }
        return clips;
    }

    private List<SkeletonClip.Track> tracks(String what, JsonNode animation) {
        List<SkeletonClip.Track> tracks = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (JsonNode channel : animation.path("channels")) {
            JsonNode target = channel.path("target");
            int joint = skin.jointOfNode(target.path("node").asInt(-1));
            if (joint < 0) {
                throw new CategoryException(what + " moves a node that is no joint");
            }
            String where = what + ", joint " + skin.skeleton().joints().get(joint).name();
            String path = target.path("path").asText();
            if (!targets.add(joint + path)) {
                throw new CategoryException(where + ": two channels of its " + path);
            }
            JsonNode sampler =
                    animation
                            .path("samplers")
                            .path(GltfAccessors.nonNegative(channel, "sampler", where));
            if (!sampler.path("interpolation").asText("LINEAR").equals("LINEAR")) {
                throw new CategoryException(where + ": only linear interpolation is supported");
            }
            float[] times = times(where, sampler);
            int output = GltfAccessors.nonNegative(sampler, "output", where);
            tracks.add(
                    switch (path) {
                        case "rotation" ->
                                new SkeletonClip.Track(
                                        joint,
                                        SkeletonClip.Motion.ROTATION,
                                        times,
                                        rotations(where, output, times.length));
                        case "translation" ->
                                new SkeletonClip.Track(
                                        joint,
                                        SkeletonClip.Motion.TRANSLATION,
                                        times,
                                        translations(where, output, times.length, joint));
                        default ->
                                throw new CategoryException(
                                        where + ": its " + path + " cannot be animated");
                    });
        }
        if (tracks.isEmpty()) {
            throw new CategoryException(what + " moves nothing");
        }
        return tracks;
    }

    private float[] times(String where, JsonNode sampler) {
        int input = GltfAccessors.nonNegative(sampler, "input", where);
        int count = accessors.count(input);
        if (count == 0 || count > MAX_KEYS) {
            throw new CategoryException(where + ": no keys, or more than " + MAX_KEYS);
        }
        float[] times = accessors.floats(input, "SCALAR", count);
        for (int i = 0; i < count; i++) {
            if (times[i] < 0 || i > 0 && times[i] <= times[i - 1]) {
                throw new CategoryException(where + ": its times do not increase from 0 on");
            }
        }
        return times;
    }

    private float[] rotations(String where, int output, int count) {
        float[] values = accessors.floats(output, "VEC4", count);
        for (int i = 0; i < values.length; i += 4) {
            double squared = 0;
            for (int c = i; c < i + 4; c++) {
                squared += (double) values[c] * values[c];
            }
            double length = Math.sqrt(squared);
            if (!(Math.abs(length - 1) <= UNIT_TOLERANCE)) {
                throw new CategoryException(where + ": key " + i / 4 + " is no unit quaternion");
            }
            for (int c = i; c < i + 4; c++) {
                values[c] = (float) (values[c] / length);
            }
        }
        return values;
    }

    /** A node's translation is its place at rest against its parent, and what it moves by. */
    private float[] translations(String where, int output, int count, int joint) {
        float[] values = accessors.floats(output, "VEC3", count);
        Skeleton skeleton = skin.skeleton();
        Skeleton.Joint moved = skeleton.joints().get(joint);
        Vector3fc own = moved.rest();
        for (int i = 0; i < values.length; i++) {
            int c = i % 3;
            float above =
                    moved.parent() < 0 ? 0 : skeleton.joints().get(moved.parent()).rest().get(c);
            values[i] -= own.get(c) - above;
            if (!(Math.abs(values[i]) <= MAX_METRES)) {
                throw new CategoryException(where + ": moves by more than 1 km");
            }
        }
        return values;
    }
}
