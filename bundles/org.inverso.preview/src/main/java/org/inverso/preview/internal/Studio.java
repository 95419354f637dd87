/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import org.inverso.api.asset.Asset;
import org.joml.Matrix3f;
import org.joml.Vector3f;

/**
 * Light and reflection of a photo studio: bright from above, a window behind the camera's left
 * shoulder, a dark floor in the reflections. A small stand-in for image-based lighting with the
 * materials of glTF 2.0: Lambert, Schlick's Fresnel term, GGX highlight, clear coat.
 *
 * <p>One instance serves one view and one thread.
 */
final class Studio {

    private static final float SHOULDER = 0.8f;

    private final Vector3f eye;
    private final float keyX;
    private final float keyY;
    private final float keyZ;
    private final float ambient;
    private final float key;
    private final float mirror;

    /**
     * @param viewpoint from which the key light's place follows
     * @param softness 0 for key light and reflections, 1 for even light in which textures show as
     *     they are
     */
    Studio(Viewpoint viewpoint, float softness) {
        this.eye = viewpoint.eye();
        Vector3f light =
                viewpoint
                        .view()
                        .transpose3x3(new Matrix3f())
                        .transform(new Vector3f(-0.55f, 0.75f, 0.65f))
                        .normalize();
        keyX = light.x;
        keyY = light.y;
        keyZ = light.z;
        ambient = 0.62f + 0.3f * softness;
        key = 0.5f * (1 - softness);
        mirror = 1 - softness;
    }

    /**
     * Light that a point sends to the camera.
     *
     * @param rgb linear albedo on entry; the light on return
     * @param n unit normal on the camera's side
     */
    void shade(
            Asset.Material material,
            float px,
            float py,
            float pz,
            float nx,
            float ny,
            float nz,
            float[] rgb) {
        float vx = eye.x - px;
        float vy = eye.y - py;
        float vz = eye.z - pz;
        float scale = 1 / (float) Math.sqrt(vx * vx + vy * vy + vz * vz);
        vx *= scale;
        vy *= scale;
        vz *= scale;
        float nv = Math.max(0.02f, nx * vx + ny * vy + nz * vz);
        float nl = Math.max(0, nx * keyX + ny * keyY + nz * keyZ);
        float reflectedY = 2 * nv * ny - vy;
        float grazing = 1 - nv;
        float fresnel = grazing * grazing;
        fresnel *= fresnel * grazing;

        float diffuse = ambient * (0.72f + 0.28f * ny) / 0.86f + key * nl;
        float roughness = Math.max(0.08f, material.roughness());
        float gloss = (1 - roughness) * (1 - roughness);
        float mirrored = mirrored(reflectedY);
        float even = 0.55f + 0.25f * ny;
        float surroundings = even + gloss * (mirrored - even);
        float highlight = key * highlight(nx, ny, nz, vx, vy, vz, roughness) * nl;
        float metallic = mirror * material.metallic();
        float coat = mirror * material.clearcoat() * (0.04f + 0.96f * fresnel);
        float opacity = material.baseColor()[3];
        for (int c = 0; c < 3; c++) {
            float albedo = rgb[c];
            float f0 = 0.04f + metallic * (albedo - 0.04f);
            float f = f0 + (Math.max(1 - roughness, f0) - f0) * fresnel;
            float body = opacity * (1 - metallic) * albedo * diffuse;
            // What reflects in rough surfaces is mostly their own surroundings, so less shows.
            float shine =
                    mirror * f * (surroundings * (0.35f + 0.65f * gloss) + highlight)
                            + metallic * f0 * even * (1 - gloss) * 0.65f;
            float light = body + shine + material.emissive()[c] * material.emissiveStrength();
            rgb[c] = shoulder(light * (1 - coat) + coat * mirrored);
        }
    }

    /** Brightness of the studio in the direction of a reflection with this height. */
    private static float mirrored(float y) {
        float sky = 0.62f + 0.3f * Math.max(0, y) + 0.9f * smooth(0.66f, 0.8f, y);
        float floor = 0.16f + 0.12f * (1 + Math.min(0, y));
        return floor + (sky - floor) * smooth(-0.06f, 0.1f, y);
    }

    private static float smooth(float from, float to, float x) {
        float t = Math.min(1, Math.max(0, (x - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }

    /** GGX distribution, with a constant in place of the shadowing term. */
    private float highlight(
            float nx, float ny, float nz, float vx, float vy, float vz, float roughness) {
        float hx = keyX + vx;
        float hy = keyY + vy;
        float hz = keyZ + vz;
        float nh = (nx * hx + ny * hy + nz * hz) / (float) Math.sqrt(hx * hx + hy * hy + hz * hz);
        if (nh <= 0) {
            return 0;
        }
        float a = roughness * roughness;
        float a2 = a * a;
        float d = nh * nh * (a2 - 1) + 1;
        return Math.min(30, a2 / (4 * (float) Math.PI * d * d));
    }

    /** Keeps bright lights from turning into flat white. */
    private static float shoulder(float light) {
        if (light <= SHOULDER) {
            return light;
        }
        float rest = 1 - SHOULDER;
        float over = (light - SHOULDER) / rest;
        return SHOULDER + rest * over / (1 + over);
    }
}
