/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;
import org.joml.Matrix4fc;

/**
 * The report of one reconstruction.
 *
 * @param confidence of the recognizer in the category, 0 to 1
 * @param view from the asset's coordinates to the camera frame
 * @param projection from the camera frame to the clip space of the whole photo
 * @param azimuthDeg direction of the camera seen from the object: 0 in front (+Z), positive towards
 *     +X
 * @param maskIou intersection over union of the asset's silhouette and the matte
 * @param seconds from bytes to bytes
 * @param seed that the request gave
 */
public record ReconstructionReport(
        String category,
        double confidence,
        Matrix4fc view,
        Matrix4fc projection,
        double azimuthDeg,
        double elevationDeg,
        double fovYDeg,
        double maskIou,
        double seconds,
        List<StageRun> stages,
        List<String> parts,
        List<String> clips,
        String inputSha256,
        int inputWidth,
        int inputHeight,
        String categoryVersion,
        String categorySha256,
        long seed,
        List<String> warnings) {

    /**
     * One stage's share of the work.
     *
     * @param kind simple name of the stage interface, lower case first letter
     * @param version of the bundle that it came from
     */
    public record StageRun(String kind, String id, String version, String device, double millis) {}
}
