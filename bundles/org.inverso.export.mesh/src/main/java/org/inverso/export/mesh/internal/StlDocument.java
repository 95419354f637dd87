/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;
import org.joml.Vector3f;

/** The bytes of an STL file. */
public final class StlDocument {

    private static final int HEADER_BYTES = 80;

    /** Normal and corners, and an attribute that nobody uses. */
    private static final int FACE_BYTES = 12 * Float.BYTES + Short.BYTES;

    private final AssetMesh mesh;

    public StlDocument(Asset asset) {
        this.mesh = AssetMesh.of(asset);
    }

    /** The whole file, without triangles that have no area. */
    public byte[] bytes() {
        ByteBuffer faces =
                ByteBuffer.allocate(FACE_BYTES * mesh.faceCount()).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        Vector3f a = new Vector3f();
        Vector3f b = new Vector3f();
        Vector3f c = new Vector3f();
        Vector3f normal = new Vector3f();
        for (int f = 0; f < mesh.faceCount(); f++) {
            corner(3 * f, a);
            corner(3 * f + 1, b);
            corner(3 * f + 2, c);
            b.sub(a, normal).cross(new Vector3f(c).sub(a));
            if (normal.lengthSquared() > 0) {
                put(faces, normal.normalize());
                put(faces, a);
                put(faces, b);
                put(faces, c);
                faces.putShort((short) 0);
                count++;
            }
        }
        // It must not begin with "solid", the mark of the format's text variant.
        byte[] header = "Inverso: metres, +Y up".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES + faces.position())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header)
                .position(HEADER_BYTES)
                .putInt(count)
                .put(faces.array(), 0, faces.position())
                .array();
    }

    private void corner(int index, Vector3f dest) {
        int v = 3 * mesh.faces()[index];
        dest.set(mesh.positions()[v], mesh.positions()[v + 1], mesh.positions()[v + 2]);
    }

    private static void put(ByteBuffer faces, Vector3f v) {
        faces.putFloat(v.x).putFloat(v.y).putFloat(v.z);
    }
}
