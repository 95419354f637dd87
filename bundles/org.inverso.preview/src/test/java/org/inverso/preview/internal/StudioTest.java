/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class StudioTest {

    private final Viewpoint viewpoint =
            Viewpoint.around(AssetMesh.of(BoxAsset.untextured()), 12, 1, 0)[0];

    private static Asset.Material material(float metallic, float roughness, float clearcoat) {
        return new Asset.Material(
                "m",
                new float[] {1, 1, 1, 1},
                -1,
                metallic,
                roughness,
                new float[3],
                1,
                clearcoat,
                0.1f,
                false);
    }

    /** Red light from a point at the origin. */
    private float red(float softness, Asset.Material material, float albedo, Vector3f normal) {
        float[] rgb = {albedo, albedo, albedo};
        Vector3f n = normal.normalize(new Vector3f());
        new Studio(viewpoint, softness).shade(material, 0, 0.5f, 0, n.x, n.y, n.z, rgb);
        return rgb[0];
    }

    @Test
    void lightIsBrighterFromAboveAndTheCamerasLeft() {
        Asset.Material plain = material(0, 1, 0);
        float up = red(0, plain, 0.5f, new Vector3f(0, 1, 0.3f));
        float down = red(0, plain, 0.5f, new Vector3f(0, -1, 0.3f));
        float left = red(0, plain, 0.5f, new Vector3f(-1, 0, 0.5f));
        float right = red(0, plain, 0.5f, new Vector3f(1, 0, 0.5f));

        assertThat(up).isGreaterThan(1.5f * down);
        assertThat(left).isGreaterThan(1.2f * right);
    }

    @Test
    void evenLightShowsTheTextureAsItIs() {
        Vector3f towardsCamera = new Vector3f(0, 0, 1);

        for (float albedo : new float[] {0.02f, 0.2f, 0.6f}) {
            assertThat(red(1, material(0, 0.1f, 1), albedo, towardsCamera))
                    .isCloseTo(albedo, within(0.25f * albedo));
            assertThat(red(1, material(1, 0.3f, 0), albedo, towardsCamera))
                    .isCloseTo(albedo, within(0.25f * albedo));
        }
    }

    @Test
    void blackGlassShowsReflectionsAtGrazingAngles() {
        Asset.Material glass = material(0, 0.05f, 0);
        float facing = red(0.25f, glass, 0, new Vector3f(0, 0.1f, 1));
        float grazing = red(0.25f, glass, 0, new Vector3f(0, 1, 0.02f));

        assertThat(facing).isBetween(0.001f, 0.2f);
        assertThat(grazing).isGreaterThan(2 * facing);
    }

    @Test
    void nothingIsBrighterThanWhite() {
        Asset.Material chrome = material(1, 0.1f, 1);

        for (float y = -1; y <= 1; y += 0.1f) {
            assertThat(red(0, chrome, 1, new Vector3f(-0.4f, y, 0.5f))).isBetween(0f, 1f);
        }
    }
}
