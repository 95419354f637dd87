/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import static org.inverso.category.internal.Fields.invalid;
import static org.inverso.category.internal.Fields.list;
import static org.inverso.category.internal.Fields.numbers;
import static org.inverso.category.internal.Fields.text;
import static org.inverso.category.internal.Fields.unique;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.ShapePrior;

/** Reads the shape prior: limits, and builds with the poses and coats that suit them. */
final class PriorReader {

    private static final double WEIGHT_SUM_TOLERANCE = 1e-2;

    private PriorReader() {}

    static ShapePrior prior(JsonNode shape, int count, List<NamedPose> poses, List<Coat> coats) {
        float[] min = numbers(shape.path("limits"), "min", count);
        float[] max = numbers(shape.path("limits"), "max", count);
        for (int k = 0; k < count; k++) {
            if (min[k] > max[k]) {
                throw invalid("shape.limits: min is above max at " + k);
            }
        }
        List<ShapePrior.Component> components =
                unique(
                        "shape.prior.components",
                        list(
                                shape.path("prior"),
                                "components",
                                c -> component(c, count, poses, coats)),
                        ShapePrior.Component::name);
        double sum = components.stream().mapToDouble(ShapePrior.Component::weight).sum();
        if (!(Math.abs(sum - 1) <= WEIGHT_SUM_TOLERANCE)) {
            throw invalid("shape.prior: the components' weights add up to " + sum + ", not to 1");
        }
        // What rounding to a few digits left out.
        return new ShapePrior(
                components.stream()
                        .map(
                                c ->
                                        new ShapePrior.Component(
                                                c.name(),
                                                c.weight() / sum,
                                                c.mean(),
                                                c.std(),
                                                c.factors(),
                                                c.poses(),
                                                c.coats()))
                        .toList(),
                min,
                max);
    }

    private static ShapePrior.Component component(
            JsonNode component, int count, List<NamedPose> poses, List<Coat> coats) {
        String name = text(component, "name");
        double weight = component.path("weight").asDouble(Double.NaN);
        if (!(weight >= 0 && weight <= 1 + WEIGHT_SUM_TOLERANCE)) {
            throw invalid("shape.prior: the weight of " + name + " is not between 0 and 1");
        }
        float[] std = numbers(component, "std", count);
        for (float s : std) {
            if (s < 0) {
                throw invalid("shape.prior: " + name + " has a negative std");
            }
        }
        return new ShapePrior.Component(
                name,
                weight,
                numbers(component, "mean", count),
                std,
                list(component, "factors", f -> numbers(f, "factors", count)),
                suitable(component, "poses", poses.stream().map(NamedPose::name).toList()),
                suitable(component, "coats", coats.stream().map(Coat::name).toList()));
    }

    /** Names of what suits a component, all of them known. */
    private static List<String> suitable(JsonNode component, String field, List<String> known) {
        String what = "shape.prior: " + component.path("name").asText() + "'s " + field;
        List<String> names = unique(what, list(component, field, Fields::name), name -> name);
        for (String name : names) {
            if (!known.contains(name)) {
                throw invalid(what + ": there is no " + name + " among the category's " + field);
            }
        }
        return names;
    }
}
