/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import static org.inverso.category.internal.Fields.invalid;
import static org.inverso.category.internal.Fields.list;
import static org.inverso.category.internal.Fields.number;
import static org.inverso.category.internal.Fields.text;
import static org.inverso.category.internal.Fields.unique;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.PoseParameter.JointShare;
import org.joml.Vector3f;

/** Reads the pose space: parameters with their limits and prior, and named poses. */
final class PoseReader {

    private static final float LARGEST_SHARE = 10;
    private static final double WEIGHT_SUM_TOLERANCE = 1e-2;

    private PoseReader() {}

    static List<PoseParameter> parameters(JsonNode root) {
        return unique("pose", list(root, "pose", PoseReader::parameter), PoseParameter::name);
    }

    private static PoseParameter parameter(JsonNode pose) {
        String name = text(pose, "name");
        String what = "pose." + name;
        float min = number(pose.path("min"), what + ".min");
        float max = number(pose.path("max"), what + ".max");
        if (!(min <= max)) {
            throw invalid(what + ": min is above max");
        }
        List<JointShare> joints = joints(pose, what);
        return new PoseParameter(
                name,
                min,
                max,
                number(pose, "mean", PoseParameter.usualMean(min, max), min, max, what),
                number(pose, "std", PoseParameter.usualStd(min, max), 0, max - min, what),
                joints.isEmpty()
                        ? new Vector3f(0, 1, 0)
                        : Fields.direction(pose, "axis", what + ".axis"),
                joints);
    }

    private static List<JointShare> joints(JsonNode pose, String what) {
        if (pose.hasNonNull("joint") && pose.hasNonNull("joints")) {
            throw invalid(what + " has both joint and joints");
        }
        if (pose.hasNonNull("joint")) {
            return List.of(new JointShare(text(pose, "joint"), 1));
        }
        return unique(
                what + ".joints",
                list(
                        pose,
                        "joints",
                        j ->
                                new JointShare(
                                        text(j, "joint"),
                                        number(
                                                j,
                                                "share",
                                                1,
                                                -LARGEST_SHARE,
                                                LARGEST_SHARE,
                                                what))),
                JointShare::joint);
    }

    static List<NamedPose> poses(JsonNode root, List<PoseParameter> parameters) {
        List<NamedPose> poses =
                unique("poses", list(root, "poses", p -> pose(p, parameters)), NamedPose::name);
        double sum = poses.stream().mapToDouble(NamedPose::weight).sum();
        if (sum > 1 + WEIGHT_SUM_TOLERANCE) {
            throw invalid("poses: their weights add up to " + sum + ", to more than 1");
        }
        return poses;
    }

    private static NamedPose pose(JsonNode pose, List<PoseParameter> parameters) {
        String name = text(pose, "name");
        String what = "poses." + name;
        float[] values = new float[parameters.size()];
        for (int p = 0; p < values.length; p++) {
            values[p] = parameters.get(p).mean();
        }
        if (!pose.hasNonNull("weight")) {
            throw invalid(what + ".weight is missing");
        }
        JsonNode given = pose.path("values");
        if (!given.isObject()) {
            throw invalid(what + ": values is missing or not an object");
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            String key = entry.getKey();
            int p =
                    IntStream.range(0, values.length)
                            .filter(q -> parameters.get(q).name().equals(key))
                            .findFirst()
                            .orElseThrow(
                                    () -> invalid(what + ": no pose parameter is called " + key));
            PoseParameter parameter = parameters.get(p);
            values[p] =
                    number(
                            given,
                            key,
                            values[p],
                            parameter.minRadians(),
                            parameter.maxRadians(),
                            what);
        }
        return new NamedPose(name, number(pose, "weight", 0, 0, 1, what), values);
    }
}
