/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.Optional;
import org.joml.Vector3fc;

/**
 * A named piece of the template. Its vertices and faces are contiguous in the template's arrays.
 *
 * @param role what it is for, for example {@code body}, {@code wheel}, {@code glass}, {@code
 *     headlight}
 * @param pivot about which it turns, at rest, object frame; moves along with the mean of its
 *     vertices when the shape changes
 * @param axle unit vector about which it rolls
 * @param steers whether it also turns about the vertical through its pivot
 */
public record Part(
        String name,
        String role,
        int firstVertex,
        int vertexCount,
        int firstFace,
        int faceCount,
        Optional<Vector3fc> pivot,
        Optional<Vector3fc> axle,
        boolean steers) {}
