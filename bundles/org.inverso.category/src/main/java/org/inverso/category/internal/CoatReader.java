/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import static org.inverso.category.internal.Fields.invalid;
import static org.inverso.category.internal.Fields.list;
import static org.inverso.category.internal.Fields.number;
import static org.inverso.category.internal.Fields.numbers;
import static org.inverso.category.internal.Fields.text;
import static org.inverso.category.internal.Fields.unique;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.inverso.api.category.Coat;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;

/** Reads the colours that a category comes in. */
final class CoatReader {

    private static final float HEAVIEST = 1e6f;

    private CoatReader() {}

    static List<Coat> coats(JsonNode root, List<MaterialDeclaration> materials) {
        Set<String> names =
                materials.stream().map(MaterialDeclaration::name).collect(Collectors.toSet());
        List<Coat> coats = unique("coats", list(root, "coats", c -> coat(c, names)), Coat::name);
        double sum = coats.stream().mapToDouble(Coat::weight).sum();
        if (!coats.isEmpty() && !(sum > 0)) {
            throw invalid("coats: all have the weight 0");
        }
        return coats.stream()
                .map(c -> new Coat(c.name(), c.weight() / sum, c.colors(), c.patterns()))
                .toList();
    }

    /** Colours that single materials come in, in the order of the descriptor. */
    static Map<String, Map<String, float[]>> colors(
            JsonNode root, List<MaterialDeclaration> materials) {
        Set<String> names =
                materials.stream().map(MaterialDeclaration::name).collect(Collectors.toSet());
        Map<String, Map<String, float[]>> colors = new LinkedHashMap<>();
        JsonNode given = root.path("colors");
        if (root.hasNonNull("colors") && !given.isObject()) {
            throw invalid("colors is not an object");
        }
        for (Map.Entry<String, JsonNode> material : given.properties()) {
            String what = "colors." + material.getKey();
            if (!material.getValue().isObject()) {
                throw invalid(what + " is not an object");
            }
            requireMaterial("colors", material.getKey(), names);
            Map<String, float[]> named = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> color : material.getValue().properties()) {
                named.put(color.getKey(), color(material.getValue(), color.getKey(), what));
            }
            colors.put(material.getKey(), Collections.unmodifiableMap(named));
        }
        return Collections.unmodifiableMap(colors);
    }

    private static Coat coat(JsonNode coat, Set<String> materials) {
        String name = text(coat, "name");
        String what = "coats." + name;
        Map<String, float[]> colors = new HashMap<>();
        JsonNode given = coat.path("colors");
        if (!given.isObject()) {
            throw invalid(what + ": colors is missing or not an object");
        }
        given.fieldNames()
                .forEachRemaining(
                        m -> {
                            requireMaterial(what, m, materials);
                            colors.put(m, color(given, m, what));
                        });
        return new Coat(
                name,
                number(coat, "weight", 1, 0, HEAVIEST, what),
                colors,
                list(coat, "patterns", p -> pattern(p, what, materials)));
    }

    private static Coat.Pattern pattern(JsonNode pattern, String what, Set<String> materials) {
        List<String> painted = list(pattern, "materials", Fields::name);
        painted.forEach(m -> requireMaterial(what, m, materials));
        return new Coat.Pattern(
                kind(text(pattern, "kind"), what),
                painted,
                color(pattern, "color", what),
                number(pattern, "amount", 0.5f, 0, 1, what));
    }

    private static Coat.Kind kind(String name, String what) {
        for (Coat.Kind kind : Coat.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw invalid(what + ": no pattern is called '" + name + "'");
    }

    private static float[] color(JsonNode node, String field, String what) {
        float[] color = numbers(node.path(field), field, 3);
        for (float c : color) {
            if (!(c >= 0 && c <= 1)) {
                throw invalid(what + ": the colour of " + field + " is not from 0 to 1");
            }
        }
        return color;
    }

    private static void requireMaterial(String what, String name, Set<String> materials) {
        if (!materials.contains(name)) {
            throw invalid(what + ": the material '" + name + "' is not declared");
        }
    }
}
