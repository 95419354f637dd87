/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcoSphereTest {

    @ParameterizedTest
    @CsvSource({"20, 12", "1280, 642", "81920, 40962"})
    void hasEulersNumberOfVerticesOnTheUnitSphere(int faces, int vertices) {
        IcoSphere sphere = IcoSphere.ofFaces(faces);
        assertThat(sphere.vertexCount()).isEqualTo(vertices);
        for (int v = 0; v < vertices; v++) {
            assertThat(vertex(sphere, v).length()).isCloseTo(1, offset(1e-6f));
        }
    }

    @Test
    void facesLookOutwards() {
        IcoSphere sphere = IcoSphere.ofFaces(320);
        for (int f = 0; f < 320; f++) {
            Vector3f a = vertex(sphere, sphere.faces()[3 * f]);
            Vector3f b = vertex(sphere, sphere.faces()[3 * f + 1]);
            Vector3f c = vertex(sphere, sphere.faces()[3 * f + 2]);
            Vector3f normal = b.sub(a, new Vector3f()).cross(c.sub(a));
            assertThat(normal.dot(a)).isPositive();
        }
    }

    @Test
    void refusesOtherNumbersOfFaces() {
        assertThatThrownBy(() -> IcoSphere.ofFaces(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
    }

    private static Vector3f vertex(IcoSphere sphere, int v) {
        return new Vector3f(
                sphere.positions()[3 * v],
                sphere.positions()[3 * v + 1],
                sphere.positions()[3 * v + 2]);
    }
}
