/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.util.SplittableRandom;
import org.inverso.api.scene.ShLighting;
import org.joml.Vector3f;

/**
 * Outdoor light: a sun, the sky, and what the ground throws back. Radiances are linear RGB; a white
 * surface that faces up under all of it shows about 1.
 *
 * @param sunDirection towards the sun, unit, object frame
 */
public record LightRig(
        Vector3f sunDirection, Vector3f sunColor, Vector3f skyColor, Vector3f groundColor) {

    /** Anything from an overcast sky to a low sun. */
    public static LightRig sample(SplittableRandom random) {
        double azimuth = random.nextDouble(2 * Math.PI);
        double elevation = Math.toRadians(random.nextDouble(12, 85));
        Vector3f direction =
                new Vector3f(
                        (float) (Math.sin(azimuth) * Math.cos(elevation)),
                        (float) Math.sin(elevation),
                        (float) (Math.cos(azimuth) * Math.cos(elevation)));
        float sun = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(0.2, 1.1);
        float sky = (float) random.nextDouble(0.35, 0.9);
        float ground = (float) random.nextDouble(0.08, 0.45);
        float warm = (float) random.nextDouble(-0.02, 0.12);
        float cold = (float) random.nextDouble(-0.03, 0.1);
        float hue = (float) random.nextDouble(-0.05, 0.05);
        return new LightRig(
                direction,
                new Vector3f(sun * (1 + warm), sun, sun * (1 - 1.5f * warm)),
                new Vector3f(sky * (1 - cold), sky, sky * (1 + cold)),
                new Vector3f(ground * (1 + hue), ground, ground * (1 - 2 * hue)));
    }

    /** Light of one channel (0 to 2) that reaches a unit normal. */
    public float irradiance(int channel, float x, float y, float z) {
        float cosine = Math.max(0, x * sunDirection.x + y * sunDirection.y + z * sunDirection.z);
        float up = 0.5f + 0.5f * y;
        return cosine * sunColor.get(channel)
                + up * skyColor.get(channel)
                + (1 - up) * groundColor.get(channel);
    }

    /**
     * The same light in spherical harmonics. The clamped cosine of the sun is cut off after degree
     * 2 (Ramamoorthi and Hanrahan 2001: A0 = pi, A1 = 2 pi / 3, A2 = pi / 4); sky and ground are of
     * degree 1 already.
     */
    public ShLighting harmonics() {
        float[] c = new float[27];
        float[] b = ShLighting.BASIS;
        float x = sunDirection.x;
        float y = sunDirection.y;
        float z = sunDirection.z;
        float[] basis = {
            b[0],
            b[1] * y,
            b[2] * z,
            b[3] * x,
            b[4] * x * y,
            b[5] * y * z,
            b[6] * (3 * z * z - 1),
            b[7] * x * z,
            b[8] * (x * x - y * y)
        };
        float[] band = {(float) Math.PI, (float) (2 * Math.PI / 3), (float) (Math.PI / 4)};
        for (int channel = 0; channel < 3; channel++) {
            float sun = sunColor.get(channel);
            for (int i = 0; i < 9; i++) {
                c[9 * channel + i] = sun * basis[i] * band[i == 0 ? 0 : i < 4 ? 1 : 2];
            }
            float sky = skyColor.get(channel);
            float ground = groundColor.get(channel);
            c[9 * channel] += (sky + ground) / 2 / b[0];
            c[9 * channel + 1] += (sky - ground) / 2 / b[1];
        }
        return new ShLighting(c);
    }
}
