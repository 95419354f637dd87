/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.draft;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.inverso.api.CategoryException;
import org.joml.Matrix4d;

/** The axis that a model faces along; +Y is up in every glTF file. */
public enum Front {
    PLUS_Z("+z", 0),
    PLUS_X("+x", -90),
    MINUS_Z("-z", 180),
    MINUS_X("-x", 90);

    private final String axis;
    private final double turnDeg;

    Front(String axis, double turnDeg) {
        this.axis = axis;
        this.turnDeg = turnDeg;
    }

    /**
     * @param axis {@code +z}, {@code -z}, {@code +x} or {@code -x}
     * @throws CategoryException for anything else
     */
    public static Front of(String axis) {
        String wanted = axis.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(f -> f.axis.equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CategoryException(
                                        "the front is one of "
                                                + Arrays.stream(values())
                                                        .map(f -> f.axis)
                                                        .collect(Collectors.joining(", "))
                                                + ", not "
                                                + axis));
    }

    /** The turn about +Y that makes the model face +Z. */
    Matrix4d turn() {
        return new Matrix4d().rotateY(Math.toRadians(turnDeg));
    }
}
