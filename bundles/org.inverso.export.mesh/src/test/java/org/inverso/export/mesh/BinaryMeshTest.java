/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class BinaryMeshTest {

    private static final String END = "end_header\n";

    @Test
    void plyHasColoursAtItsVertices() {
        byte[] file = new PlyExporter().export(TwoBoxes.asset());
        String header = new String(file, StandardCharsets.ISO_8859_1);
        header = header.substring(0, header.indexOf(END) + END.length());
        assertThat(header)
                .startsWith("ply\nformat binary_little_endian 1.0\ncomment tool: test_f 1 1 1\n")
                .contains("element vertex 48\nproperty float x\n", "element face 24\n");
        ByteBuffer data =
                ByteBuffer.wrap(file, header.length(), file.length - header.length())
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.remaining()).isEqualTo(48 * 36 + 24 * 13);
        for (int v = 0; v < 48; v++) {
            Vector3f position = new Vector3f(data.getFloat(), data.getFloat(), data.getFloat());
            Vector3f normal = new Vector3f(data.getFloat(), data.getFloat(), data.getFloat());
            assertThat(normal.length()).isCloseTo(1, within(1e-5f));
            float s = data.getFloat();
            assertThat(data.getFloat()).isEqualTo(0.875f);
            int color = data.order(ByteOrder.BIG_ENDIAN).getInt();
            data.order(ByteOrder.LITTLE_ENDIAN);
            if (position.z < 5) {
                // Half of the texture's green, linear, is 188 in sRGB.
                assertThat(color).isEqualTo(s < 0.5 ? 0xff0000ff : 0x00bc00ff);
            } else {
                assertThat(color).isEqualTo(0xffbcff40);
            }
        }
        for (int f = 0; f < 24; f++) {
            assertThat(data.get()).isEqualTo((byte) 3);
            for (int c = 0; c < 3; c++) {
                assertThat(data.getInt()).isBetween(f < 12 ? 0 : 24, f < 12 ? 23 : 47);
            }
        }
    }

    @Test
    void stlHasOneFacetATriangle() {
        byte[] file = new StlExporter().export(TwoBoxes.asset());
        assertThat(file).hasSize(84 + 24 * 50);
        assertThat(new String(file, 0, 5, StandardCharsets.US_ASCII)).isNotEqualTo("solid");
        ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(80);
        assertThat(data.getInt()).isEqualTo(24);
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        for (int f = 0; f < 24; f++) {
            Vector3f normal = vector(data);
            Vector3f a = vector(data);
            Vector3f b = vector(data);
            Vector3f c = vector(data);
            data.getShort();
            Vector3f across = b.sub(a, new Vector3f()).cross(c.sub(a, new Vector3f())).normalize();
            assertThat(across.dot(normal)).isCloseTo(1, within(1e-5f));
            low.min(a).min(b).min(c);
            high.max(a).max(b).max(c);
        }
        assertThat(low.distance(-2, 0, -1)).isLessThan(1e-5f);
        assertThat(high.distance(2, 2, 10.5f)).isLessThan(1e-5f);
    }

    private static Vector3f vector(ByteBuffer data) {
        return new Vector3f(data.getFloat(), data.getFloat(), data.getFloat());
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        assertThat(new PlyExporter().export(TwoBoxes.asset()))
                .isEqualTo(new PlyExporter().export(TwoBoxes.asset()));
        assertThat(new StlExporter().export(TwoBoxes.asset()))
                .isEqualTo(new StlExporter().export(TwoBoxes.asset()));
    }
}
