/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;

/** The bytes of a PLY file. */
public final class PlyDocument {

    /** Eight floats and four bytes. */
    private static final int VERTEX_BYTES = 8 * Float.BYTES + 4;

    /** Number of corners and their indices. */
    private static final int FACE_BYTES = 1 + 3 * Integer.BYTES;

    private final Asset asset;
    private final AssetMesh mesh;

    public PlyDocument(Asset asset) {
        this.asset = asset;
        this.mesh = AssetMesh.of(asset);
    }

    /** The whole file. */
    public byte[] bytes() {
        byte[] header = header().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file =
                ByteBuffer.allocate(
                                header.length
                                        + VERTEX_BYTES * mesh.vertexCount()
                                        + FACE_BYTES * mesh.faceCount())
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        byte[] colors = new VertexColors(asset, mesh).rgba();
        for (int v = 0; v < mesh.vertexCount(); v++) {
            put(file, mesh.positions(), v);
            put(file, mesh.normals(), v);
            // As in OBJ, from the lower left corner.
            file.putFloat(mesh.uvs()[2 * v]).putFloat(1 - mesh.uvs()[2 * v + 1]);
            file.put(colors, 4 * v, 4);
        }
        for (int f = 0; f < mesh.faceCount(); f++) {
            file.put((byte) 3);
            for (int c = 3 * f; c < 3 * f + 3; c++) {
                file.putInt(mesh.faces()[c]);
            }
        }
        return file.array();
    }

    private static void put(ByteBuffer file, float[] xyz, int index) {
        for (int i = 3 * index; i < 3 * index + 3; i++) {
            file.putFloat(xyz[i]);
        }
    }

    private String header() {
        StringBuilder header = new StringBuilder("ply\nformat binary_little_endian 1.0\n");
        new TreeMap<>(asset.provenance())
                .forEach(
                        (key, value) ->
                                header.append("comment ")
                                        .append(
                                                (key + ": " + value)
                                                        .replaceAll("[^\\x20-\\x7e]", "_"))
                                        .append('\n'));
        header.append("comment metres, +Y up, front towards +Z\n");
        header.append("element vertex ").append(mesh.vertexCount()).append('\n');
        for (String property : new String[] {"x", "y", "z", "nx", "ny", "nz", "s", "t"}) {
            header.append("property float ").append(property).append('\n');
        }
        for (String property : new String[] {"red", "green", "blue", "alpha"}) {
            header.append("property uchar ").append(property).append('\n');
        }
        return header.append("element face ")
                .append(mesh.faceCount())
                .append("\nproperty list uchar int vertex_indices\nend_header\n")
                .toString();
    }
}
