/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class PictureFitTest {

    private static final float TOLERANCE = 1e-4f;

    @Test
    void aBoxOfTheRightProportionsIsHitOnAllFourSides() {
        float[] vertices = cloud(1);
        OrbitCamera camera = camera(35, 20, 4);
        Box now = Box.of(camera, vertices);
        float left = -0.7f;
        float bottom = 0.1f;
        float scale = 0.6f / (now.right - now.left);
        float right = left + scale * (now.right - now.left);
        float top = bottom + scale * (now.top - now.bottom);
        Box box = Box.of(PictureFit.fit(camera, vertices, left, right, bottom, top), vertices);
        assertThat(box.left).isCloseTo(left, within(TOLERANCE));
        assertThat(box.right).isCloseTo(right, within(TOLERANCE));
        assertThat(box.bottom).isCloseTo(bottom, within(TOLERANCE));
        assertThat(box.top).isCloseTo(top, within(TOLERANCE));
    }

    @Test
    void aBoxOfOtherProportionsIsHitInCentreAndHalfPerimeter() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50; i++) {
            float[] vertices = cloud(i);
            OrbitCamera camera =
                    camera(
                            (float) random.nextDouble(-180, 180),
                            (float) random.nextDouble(-30, 80),
                            (float) random.nextDouble(3, 30));
            Box box = Box.of(PictureFit.fit(camera, vertices, -0.8f, 0.4f, -0.1f, 0.9f), vertices);
            assertThat((box.left + box.right) / 2).isCloseTo(-0.2f, within(TOLERANCE));
            assertThat((box.bottom + box.top) / 2).isCloseTo(0.4f, within(TOLERANCE));
            assertThat(box.right - box.left + box.top - box.bottom)
                    .isCloseTo(1.2f + 1, within(TOLERANCE));
        }
    }

    @Test
    void directionAndDistanceStay() {
        OrbitCamera camera = camera(-120, 10, 5);
        OrbitCamera fitted = PictureFit.fit(camera, cloud(3), -0.5f, 0.5f, -0.5f, 0.5f);
        assertThat(fitted.view(new Matrix4f())).isEqualTo(camera.view(new Matrix4f()));
        assertThat(fitted.focal()).isNotEqualTo(camera.focal());
    }

    @Test
    void thePicturePlaneOfTheGivenCameraDoesNotMatter() {
        OrbitCamera camera = camera(77, -5, 6);
        float[] vertices = cloud(4);
        OrbitCamera fitted = PictureFit.fit(camera, vertices, -0.5f, 0.5f, -0.2f, 0.3f);
        OrbitCamera other = camera.withPicturePlane(9, -0.4f, 0.3f);
        assertThat(PictureFit.fit(other, vertices, -0.5f, 0.5f, -0.2f, 0.3f)).isEqualTo(fitted);
    }

    @Test
    void aVertexBehindTheCameraCannotBeFitted() {
        float[] vertices = cloud(5);
        vertices[1] = 0;
        vertices[2] = 7;
        OrbitCamera camera = camera(0, 0, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureFit.fit(camera, vertices, -1, 1, -1, 1))
                .withMessageContaining("in front of the camera");
    }

    @Test
    void norCanOneThatIsNoNumber() {
        float[] vertices = cloud(6);
        vertices[4] = Float.NaN;
        OrbitCamera camera = camera(0, 0, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureFit.fit(camera, vertices, -1, 1, -1, 1));
    }

    private static OrbitCamera camera(float azimuth, float elevation, float distance) {
        return new OrbitCamera(
                azimuth, elevation, 3, distance, 2, 0.1f, -0.2f, new Vector3f(0, 0.5f, 0));
    }

    /** Points less than 2 m from the target. */
    private static float[] cloud(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vertices = new float[3 * 40];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = (float) random.nextDouble(-0.9, 1.1);
        }
        return vertices;
    }

    /** Of the vertices in clip coordinates, by the camera's matrices. */
    private record Box(float left, float right, float bottom, float top) {
        static Box of(OrbitCamera camera, float[] vertices) {
            Matrix4f clip = camera.projection(new Matrix4f()).mul(camera.view(new Matrix4f()));
            Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
            Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
            for (int i = 0; i < vertices.length; i += 3) {
                Vector3f point =
                        clip.transformProject(
                                new Vector3f(vertices[i], vertices[i + 1], vertices[i + 2]));
                low.min(point);
                high.max(point);
            }
            return new Box(low.x, high.x, low.y, high.y);
        }
    }
}
