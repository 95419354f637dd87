/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.DecimalText;
import org.inverso.geometry.PosedPart;

/** The text of an OBJ file. */
public final class ObjDocument {

    /** Micrometres; and less than a tenth of a texel of the largest texture. */
    private static final int DECIMALS = 6;

    private final Asset asset;
    private final StringBuilder text = new StringBuilder();
    private final Lines points = new Lines("v");
    private final Lines uvs = new Lines("vt");
    private final Lines normals = new Lines("vn");

    public ObjDocument(Asset asset) {
        this.asset = asset;
    }

    /** Lines of one kind; equal ones are written once, and OBJ counts them from 1. */
    private final class Lines {

        private final String keyword;
        private final DecimalText decimals = new DecimalText(DECIMALS);
        private final Map<String, Integer> known = new HashMap<>();
        private int count;

        Lines(String keyword) {
            this.keyword = keyword;
        }

        int index(double... values) {
            StringBuilder line = new StringBuilder(keyword);
            for (double value : values) {
                decimals.append(value, line.append(' '));
            }
            return known.computeIfAbsent(
                    line.toString(),
                    key -> {
                        text.append(key).append('\n');
                        return ++count;
                    });
        }

        /** What comes is not joined with what was. */
        void forget() {
            known.clear();
        }
    }

    /**
     * @param library name of the MTL file beside it
     */
    public String text(String library) {
        new TreeMap<>(asset.provenance())
                .forEach((key, value) -> text.append(comment(key + ": " + value)));
        text.append("# metres, +Y up, front towards +Z\n");
        text.append("mtllib ").append(library).append('\n');
        List<PosedPart> parts = PosedPart.of(asset);
        Names partNames = new Names(p -> parts.get(p).name());
        Names materialNames = new Names(m -> asset.materials().get(m).name());
        for (int p = 0; p < parts.size(); p++) {
            text.append("o ").append(partNames.of(p)).append('\n');
            points.forget();
            parts.get(p)
                    .primitives()
                    .forEach(primitive -> write(primitive, materialNames.of(primitive.material())));
        }
        return text.toString();
    }

    static String comment(String line) {
        return "# " + line.replaceAll("\\R", " ") + "\n";
    }

    private void write(Asset.Primitive primitive, String material) {
        float[] p = primitive.positions();
        float[] n = primitive.normals();
        float[] uv = primitive.uvs();
        String[] corners = new String[p.length / 3];
        for (int v = 0; v < corners.length; v++) {
            int point = points.index(p[3 * v], p[3 * v + 1], p[3 * v + 2]);
            // The origin of OBJ's texture coordinates is the lower left corner.
            int at = uvs.index(uv[2 * v], 1.0 - uv[2 * v + 1]);
            int normal = normals.index(n[3 * v], n[3 * v + 1], n[3 * v + 2]);
            corners[v] = " " + point + "/" + at + "/" + normal;
        }
        text.append("usemtl ").append(material).append('\n');
        int[] indices = primitive.indices();
        for (int i = 0; i < indices.length; i += 3) {
            text.append('f')
                    .append(corners[indices[i]])
                    .append(corners[indices[i + 1]])
                    .append(corners[indices[i + 2]])
                    .append('\n');
        }
    }
}
