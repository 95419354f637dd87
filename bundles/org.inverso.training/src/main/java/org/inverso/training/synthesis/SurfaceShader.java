/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3fc;

/**
 * Colour of a point of a surface: diffuse light on the texture, and the surroundings and the sun in
 * what is shiny (Schlick 1994 for the share that is mirrored).
 */
final class SurfaceShader {

    private final TemplateMesh template;
    private final float[] positions;
    private final float[] normals;
    private final float[] texture;
    private final int textureSize;
    private final LightRig light;
    private final Surroundings mirror;
    private final Vector3fc eye;
    private final float groundReach;
    private final float[] mirrored;
    private final float[] sharpness;

    /**
     * @param gloss factor on what is mirrored, about 1
     * @param groundReach height above the ground below which there is less light, metres
     */
    SurfaceShader(
            TemplateMesh template,
            float[] positions,
            float[] normals,
            float[] texture,
            int textureSize,
            LightRig light,
            Surroundings mirror,
            Vector3fc eye,
            float gloss,
            float groundReach) {
        this.template = template;
        this.positions = positions;
        this.normals = normals;
        this.texture = texture;
        this.textureSize = textureSize;
        this.light = light;
        this.mirror = mirror;
        this.eye = eye;
        this.groundReach = groundReach;
        int materials = template.materials().size();
        mirrored = new float[materials];
        sharpness = new float[materials];
        for (int m = 0; m < materials; m++) {
            String kind = template.materials().get(m).kind();
            mirrored[m] =
                    gloss
                            * switch (kind) {
                                case "chrome" -> 0.5f;
                                case "glass" -> 0.09f;
                                case "paint", "headlight", "taillight", "indicator" -> 0.045f;
                                case "rim" -> 0.12f;
                                default -> 0.015f;
                            };
            sharpness[m] = kind.equals("paint") || kind.equals("glass") ? 120 : 25;
        }
    }

    /**
     * @param barycentric weights from {@code at} on
     * @param dest linear RGB
     */
    void shade(int face, float[] barycentric, int at, float[] dest) {
        float px = 0;
        float py = 0;
        float pz = 0;
        float nx = 0;
        float ny = 0;
        float nz = 0;
        float u = 0;
        float v = 0;
        for (int i = 0; i < 3; i++) {
            int vertex = template.faces()[3 * face + i];
            float w = barycentric[at + i];
            px += w * positions[3 * vertex];
            py += w * positions[3 * vertex + 1];
            pz += w * positions[3 * vertex + 2];
            nx += w * normals[3 * vertex];
            ny += w * normals[3 * vertex + 1];
            nz += w * normals[3 * vertex + 2];
            u += w * template.uvs()[2 * vertex];
            v += w * template.uvs()[2 * vertex + 1];
        }
        float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9f;
        nx /= length;
        ny /= length;
        nz /= length;
        float vx = eye.x() - px;
        float vy = eye.y() - py;
        float vz = eye.z() - pz;
        float far = (float) Math.sqrt(vx * vx + vy * vy + vz * vz);
        vx /= far;
        vy /= far;
        vz /= far;
        float facing = Math.max(0.02f, nx * vx + ny * vy + nz * vz);
        float rx = 2 * facing * nx - vx;
        float ry = 2 * facing * ny - vy;
        float rz = 2 * facing * nz - vz;
        int material = template.faceMaterial()[face];
        float base = mirrored[material];
        float grazing = 1 - facing;
        float share = base + (base * 4) * grazing * grazing * grazing * grazing * grazing;
        if (base > 0.03f) {
            share += 0.35f * (float) Math.pow(grazing, 5);
        }
        share = Math.min(0.9f, share);
        int there = mirror.index(rx, ry, rz);
        float glint =
                Math.max(
                        0,
                        rx * light.sunDirection().x
                                + ry * light.sunDirection().y
                                + rz * light.sunDirection().z);
        float highlight = 6 * base * (float) Math.pow(glint, sharpness[material]);
        // Little light reaches what is near the ground and faces down.
        float open =
                Math.min(1, 0.35f + 0.65f * Math.min(1, py / groundReach) + 0.3f * Math.max(0, ny));
        for (int c = 0; c < 3; c++) {
            float albedo = texel(u, v, c);
            dest[c] =
                    (1 - share) * albedo * open * light.irradiance(c, nx, ny, nz)
                            + share * mirror.radiance(there + c)
                            + highlight * light.sunColor().get(c);
        }
    }

    private float texel(float u, float v, int channel) {
        float x = Math.max(0, Math.min(textureSize - 1.001f, u * textureSize - 0.5f));
        float y = Math.max(0, Math.min(textureSize - 1.001f, v * textureSize - 0.5f));
        int ix = (int) x;
        int iy = (int) y;
        float fx = x - ix;
        float fy = y - iy;
        int at = 3 * (iy * textureSize + ix) + channel;
        float upper = (1 - fx) * texture[at] + fx * texture[at + 3];
        int below = at + 3 * textureSize;
        float lower = (1 - fx) * texture[below] + fx * texture[below + 3];
        return (1 - fy) * upper + fy * lower;
    }
}
