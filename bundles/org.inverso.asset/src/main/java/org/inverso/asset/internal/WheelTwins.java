/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Wheels of one template that have the same faces about their pivots, straight or mirrored, so that
 * a picture of one is a picture of the other.
 */
final class WheelTwins {

    /** Role of parts that roll. */
    static final String ROLE = "wheel";

    /** Corners nearer than this are one, metres. */
    private static final float TOLERANCE = 2e-4f;

    private final int[] wheels;
    private final Optional<int[]>[][] twins;

    /** Finds the wheels and compares each with each. */
    WheelTwins(TemplateMesh template) {
        List<Part> parts = template.parts();
        List<Integer> found = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            if (ROLE.equals(parts.get(p).role()) && parts.get(p).pivot().isPresent()) {
                found.add(p);
            }
        }
        wheels = found.stream().mapToInt(Integer::intValue).toArray();
        @SuppressWarnings({"unchecked", "rawtypes"})
        Optional<int[]>[][] table = new Optional[wheels.length][wheels.length];
        twins = table;
        for (int to = 0; to < wheels.length; to++) {
            for (int from = 0; from < wheels.length; from++) {
                Part target = parts.get(wheels[to]);
                Part source = parts.get(wheels[from]);
                twins[to][from] =
                        match(template, target, source, 1)
                                .or(() -> match(template, target, source, -1));
            }
        }
    }

    /** Indices of the template's parts that are wheels. */
    int[] wheels() {
        return wheels;
    }

    /**
     * @param to index into {@link #wheels()}
     * @param from index into {@link #wheels()}
     * @return {@code int[faceCount*3]}, for each corner of each face of wheel {@code to} the vertex
     *     of wheel {@code from} in the same place; empty when the two differ
     */
    Optional<int[]> twin(int to, int from) {
        return twins[to][from];
    }

    private static Optional<int[]> match(
            TemplateMesh template, Part target, Part source, int side) {
        if (target.faceCount() != source.faceCount()) {
            return Optional.empty();
        }
        Map<List<Long>, Integer> sourceFaces = new HashMap<>();
        for (int f = source.firstFace(); f < source.firstFace() + source.faceCount(); f++) {
            sourceFaces.put(List.of(sorted(corners(template, source, f, 1))), f);
        }
        int[] twin = new int[3 * target.faceCount()];
        for (int f = 0; f < target.faceCount(); f++) {
            Long[] corners = corners(template, target, target.firstFace() + f, side);
            Integer match = sourceFaces.get(List.of(sorted(corners)));
            if (match == null) {
                return Optional.empty();
            }
            Long[] others = corners(template, source, match, 1);
            for (int c = 0; c < 3; c++) {
                int other = Arrays.asList(others).indexOf(corners[c]);
                twin[3 * f + c] = template.faces()[3 * match + other];
            }
        }
        return Optional.of(twin);
    }

    private static Long[] sorted(Long[] corners) {
        Long[] copy = corners.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Places of a face's corners about the part's pivot, as keys. */
    private static Long[] corners(TemplateMesh template, Part part, int face, int side) {
        Vector3fc pivot = part.pivot().orElse(new Vector3f());
        Long[] keys = new Long[3];
        for (int c = 0; c < 3; c++) {
            int v = 3 * template.faces()[3 * face + c];
            float[] p = template.positions();
            long x = Math.round(side * (p[v] - pivot.x()) / TOLERANCE) & 0x1fffff;
            long y = Math.round((p[v + 1] - pivot.y()) / TOLERANCE) & 0x1fffff;
            long z = Math.round((p[v + 2] - pivot.z()) / TOLERANCE) & 0x1fffff;
            keys[c] = x << 42 | y << 21 | z;
        }
        return keys;
    }
}
