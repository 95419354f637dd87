/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.inverso.api.ReconstructionReport;
import org.joml.Matrix4fc;

/** The report as JSON, with its fields always in the same order. */
final class ReportJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Line ends do not depend on the platform. */
    private static final ObjectWriter WRITER =
            MAPPER.writer(
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private ReportJson() {}

    static String write(ReconstructionReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("category", report.category());
        if (Double.isNaN(report.confidence())) {
            root.putNull("confidence");
        } else {
            root.put("confidence", rounded(report.confidence(), 4));
        }
        ObjectNode camera = root.putObject("camera");
        matrix(camera.putArray("viewMatrix"), report.view());
        matrix(camera.putArray("projectionMatrix"), report.projection());
        camera.put("azimuthDeg", rounded(report.azimuthDeg(), 3));
        camera.put("elevationDeg", rounded(report.elevationDeg(), 3));
        camera.put("fovYDeg", rounded(report.fovYDeg(), 3));
        root.put("maskIou", rounded(report.maskIou(), 4));
        root.put("seconds", rounded(report.seconds(), 3));
        ArrayNode stages = root.putArray("stages");
        for (ReconstructionReport.StageRun run : report.stages()) {
            stages.addObject()
                    .put("kind", run.kind())
                    .put("id", run.id())
                    .put("version", run.version())
                    .put("device", run.device())
                    .put("millis", rounded(run.millis(), 1));
        }
        strings(root.putArray("parts"), report.parts());
        strings(root.putArray("clips"), report.clips());
        root.putObject("input")
                .put("sha256", report.inputSha256())
                .put("width", report.inputWidth())
                .put("height", report.inputHeight());
        root.putObject("model")
                .put("category version", report.categoryVersion())
                .put("sha256", report.categorySha256());
        root.put("seed", report.seed());
        strings(root.putArray("warnings"), report.warnings());
        try {
            return WRITER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot fail to be written", e);
        }
    }

    /** Column-major. */
    private static void matrix(ArrayNode array, Matrix4fc matrix) {
        for (float value : matrix.get(new float[16])) {
            // + 0 turns a negative zero into zero.
            array.add(value + 0f);
        }
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale + 0.0;
    }
}
