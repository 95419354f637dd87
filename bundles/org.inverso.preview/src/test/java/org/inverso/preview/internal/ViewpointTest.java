/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class ViewpointTest {

    private final AssetMesh mesh = AssetMesh.of(BoxAsset.untextured());

    @Test
    void objectFitsIntoEveryPictureAndFillsOne() {
        Viewpoint[] views = Viewpoint.around(mesh, 12, 1.3f, 30, 90, 150);
        float widest = 0;
        float tallest = 0;
        for (Viewpoint viewpoint : views) {
            Matrix4f toClip = new Matrix4f(viewpoint.projection()).mul(viewpoint.view());
            for (int i = 0; i < mesh.positions().length; i += 3) {
                Vector3f p =
                        toClip.transformProject(
                                new Vector3f(
                                        mesh.positions()[i],
                                        mesh.positions()[i + 1],
                                        mesh.positions()[i + 2]));
                widest = Math.max(widest, Math.abs(p.x));
                tallest = Math.max(tallest, Math.abs(p.y));
            }
        }
        assertThat(widest).isLessThanOrEqualTo(0.8601f);
        assertThat(tallest).isLessThanOrEqualTo(0.7401f);
        assertThat(Math.max(widest / 0.86f, tallest / 0.74f)).isCloseTo(1, within(1e-3f));
    }

    @Test
    void azimuthNinetyStandsOnTheObjectsLeft() {
        Viewpoint left = Viewpoint.around(mesh, 0, 1, 90)[0];

        assertThat(left.eye().x).isPositive();
        assertThat(left.eye().z).isCloseTo(0, within(1e-4f));
        // From there the front (+Z) is on the picture's left.
        Vector3f front = left.view().transformPosition(new Vector3f(0, 0, 2));
        assertThat(front.x).isNegative();
    }

    @Test
    void eyeIsFoundFromTheViewMatrix() {
        Viewpoint given = Viewpoint.around(mesh, 20, 1, 70)[0];

        Vector3f eye = Viewpoint.of(given.view(), given.projection()).eye();

        assertThat(eye.distance(given.eye())).isLessThan(1e-4f);
    }
}
