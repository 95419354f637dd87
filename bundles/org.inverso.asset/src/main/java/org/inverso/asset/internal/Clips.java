/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.geometry.ShapeModel;
import org.joml.Quaternionf;

/** Makes the clips that a category asks for by name. */
final class Clips {

    /** Wheels roll while the object moves forward; the wheels' part loops seamlessly. */
    static final String DRIVE = "drive";

    /** Front wheels turn left, right and back. */
    static final String STEER = "steer";

    /** Indicators blink, those on the left first. */
    static final String INDICATORS = "indicators";

    /** Head and tail lamps are on. */
    static final String LIGHTS = "lights";

    /** Clips that need lamps. */
    static final Set<String> OF_LAMPS = Set.of(INDICATORS, LIGHTS);

    private static final int BLINKS = 3;

    /** Of a lamp that is on, and of one that is off, seconds. */
    private static final float HALF_BLINK = 0.35f;

    private static final float LIGHTS_SECONDS = 2;
    private static final float DRIVE_SECONDS = 2;
    private static final int TURNS = 4;

    /** 45 degrees a key: interpolation by slerp then goes the right way round. */
    private static final int KEYS_A_TURN = 8;

    private static final float STEER_SECONDS = 3;
    private static final int STEER_KEYS = 25;
    private static final float DEFAULT_STEERING = (float) Math.toRadians(30);

    private Clips() {}

    /**
     * @throws CategoryException when the category asks for a clip that nothing can be made of
     */
    static List<Asset.Clip> of(CategoryModel category, Rig rig) {
        List<Asset.Clip> clips = new ArrayList<>();
        for (String name : category.clips()) {
            List<Asset.Channel> channels =
                    switch (name) {
                        case DRIVE -> drive(rig);
                        case STEER -> steer(rig, largestSteering(category));
                        case INDICATORS -> indicators(rig);
                        case LIGHTS -> lights(rig);
                        default -> List.of();
                    };
            if (channels.isEmpty()) {
                throw new CategoryException(
                        "Category "
                                + category.id()
                                + " asks for the clip "
                                + name
                                + ", for which it has no parts that move that way; known clips are"
                                + " drive (needs parts with pivot and axle), steer (needs parts that"
                                + " steer), indicators and lights (need parts of these roles).");
            }
            clips.add(new Asset.Clip(name, channels));
        }
        return clips;
    }

    private static List<Asset.Channel> drive(Rig rig) {
        List<Rig.Joint> rolling = rig.joints().stream().filter(j -> j.radius() > 0).toList();
        if (rolling.isEmpty()) {
            return List.of();
        }
        double meanRadius = rolling.stream().mapToDouble(Rig.Joint::radius).average().orElseThrow();
        double distance = TURNS * 2 * Math.PI * meanRadius;
        List<Asset.Channel> channels = new ArrayList<>();
        channels.add(
                new Asset.Channel(
                        Rig.ROOT,
                        "translation",
                        new float[] {0, DRIVE_SECONDS},
                        new float[] {0, 0, 0, 0, 0, (float) distance}));
        for (Rig.Joint joint : rolling) {
            // Whole turns, so that the loop closes; wheels of very different size get their own.
            int turns = (int) Math.max(1, Math.round(distance / (2 * Math.PI * joint.radius())));
            channels.add(roll(joint, turns));
        }
        return channels;
    }

    /** Positive about +X takes the top of the wheel forwards, to +Z. */
    private static Asset.Channel roll(Rig.Joint joint, int turns) {
        int keys = turns * KEYS_A_TURN + 1;
        float[] times = new float[keys];
        float[] values = new float[4 * keys];
        for (int k = 0; k < keys; k++) {
            times[k] = DRIVE_SECONDS * k / (keys - 1);
            double half = Math.PI * k / KEYS_A_TURN;
            Quaternionf rolled =
                    new Quaternionf((float) Math.sin(half), 0, 0, (float) Math.cos(half));
            put(joint.straight().mul(rolled, rolled), values, k);
        }
        return new Asset.Channel(joint.node(), "rotation", times, values);
    }

    private static List<Asset.Channel> steer(Rig rig, float largest) {
        List<Asset.Channel> channels = new ArrayList<>();
        for (Rig.Joint joint : rig.joints()) {
            if (!joint.part().steers()) {
                continue;
            }
            float[] times = new float[STEER_KEYS];
            float[] values = new float[4 * STEER_KEYS];
            for (int k = 0; k < STEER_KEYS; k++) {
                float phase = k / (STEER_KEYS - 1f);
                times[k] = STEER_SECONDS * phase;
                float angle = (float) (largest * Math.sin(2 * Math.PI * phase));
                put(new Quaternionf().rotationY(angle).mul(joint.straight()), values, k);
            }
            channels.add(new Asset.Channel(joint.node(), "rotation", times, values));
        }
        return channels;
    }

    /** The left ones blink, then the right ones. */
    private static List<Asset.Channel> indicators(Rig rig) {
        List<Asset.Channel> channels = new ArrayList<>();
        for (LampGlow glow : rig.glows()) {
            if (!glow.part().role().equals("indicator")) {
                continue;
            }
            boolean[] on = new boolean[4 * BLINKS + 1];
            int first = glow.left() ? 0 : 2 * BLINKS;
            for (int k = 0; k < BLINKS; k++) {
                on[first + 2 * k] = true;
            }
            channels.add(shown(glow, HALF_BLINK, on));
        }
        return channels;
    }

    private static List<Asset.Channel> lights(Rig rig) {
        List<Asset.Channel> channels = new ArrayList<>();
        for (LampGlow glow : rig.glows()) {
            if (!glow.part().role().equals("indicator")) {
                channels.add(shown(glow, LIGHTS_SECONDS, true, true));
            }
        }
        return channels;
    }

    /**
     * @param step seconds from one key to the next
     * @param on whether the lamp is, from each key on
     */
    private static Asset.Channel shown(LampGlow glow, float step, boolean... on) {
        float[] times = new float[on.length];
        float[] values = new float[3 * on.length];
        for (int k = 0; k < on.length; k++) {
            times[k] = step * k;
            Arrays.fill(values, 3 * k, 3 * k + 3, on[k] ? 1 : 0);
        }
        return new Asset.Channel(glow.node(), "scale", times, values, Asset.Interpolation.STEP);
    }

    private static float largestSteering(CategoryModel category) {
        for (PoseParameter parameter : category.poseParameters()) {
            if (ShapeModel.STEERING.equals(parameter.name())) {
                return Math.min(-parameter.minRadians(), parameter.maxRadians());
            }
        }
        return DEFAULT_STEERING;
    }

    private static void put(Quaternionf q, float[] values, int key) {
        values[4 * key] = q.x;
        values[4 * key + 1] = q.y;
        values[4 * key + 2] = q.z;
        values[4 * key + 3] = q.w;
    }
}
