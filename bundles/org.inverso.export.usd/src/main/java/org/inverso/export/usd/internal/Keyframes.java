/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.inverso.api.asset.Asset;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/** One channel of a clip, as USD's time samples. */
final class Keyframes {

    /** Time codes a second. */
    static final double RATE = 24;

    /** A step in values that USD interpolates takes this long, time codes. */
    private static final double STEP = 1e-3;

    private final Asset.Channel channel;

    Keyframes(Asset.Channel channel) {
        this.channel = channel;
    }

    String translations() {
        return samples(k -> UsdaText.vector(vector(k)), true);
    }

    String rotations() {
        return samples(k -> UsdaText.quaternion(quaternion(k)), true);
    }

    String scales() {
        return samples(k -> UsdaText.vector(vector(k)), true);
    }

    /** Of a node that is shown by scaling it up. USD holds tokens until the next one. */
    String visibilities() {
        return samples(k -> vector(k).length() > 0 ? "\"inherited\"" : "\"invisible\"", false);
    }

    private String samples(IntFunction<String> value, boolean interpolated) {
        StringJoiner samples = new StringJoiner(", ", "{ ", " }");
        for (int k = 0; k < channel.times().length; k++) {
            double time = RATE * channel.times()[k];
            boolean steps = channel.interpolation() == Asset.Interpolation.STEP;
            if (interpolated && steps && k > 0) {
                samples.add(UsdaText.time(time - STEP) + ": " + value.apply(k - 1));
            }
            samples.add(UsdaText.time(time) + ": " + value.apply(k));
        }
        return samples.toString();
    }

    private Vector3f vector(int key) {
        float[] v = channel.values();
        return new Vector3f(v[3 * key], v[3 * key + 1], v[3 * key + 2]);
    }

    private Quaternionf quaternion(int key) {
        float[] v = channel.values();
        return new Quaternionf(v[4 * key], v[4 * key + 1], v[4 * key + 2], v[4 * key + 3])
                .normalize();
    }

    /** The value between keyframes. */
    Vector3f vectorAt(float seconds) {
        int k = before(seconds);
        return k == last() ? vector(k) : vector(k).lerp(vector(k + 1), part(k, seconds));
    }

    /** The rotation between keyframes. */
    Quaternionf quaternionAt(float seconds) {
        int k = before(seconds);
        return k == last()
                ? quaternion(k)
                : quaternion(k).slerp(quaternion(k + 1), part(k, seconds));
    }

    private int last() {
        return channel.times().length - 1;
    }

    private int before(float seconds) {
        int k = 0;
        while (k < last() && channel.times()[k + 1] <= seconds) {
            k++;
        }
        return k;
    }

    private float part(int k, float seconds) {
        float[] t = channel.times();
        boolean steps = channel.interpolation() == Asset.Interpolation.STEP;
        return steps ? 0 : Math.max(0, (seconds - t[k]) / (t[k + 1] - t[k]));
    }
}
