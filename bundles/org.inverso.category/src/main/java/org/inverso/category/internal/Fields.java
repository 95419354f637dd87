/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.inverso.api.CategoryException;
import org.inverso.category.CategorySource;
import org.joml.Vector3f;

/** Fields of {@code category.json}; what they may not hold is refused in one line. */
final class Fields {

    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_TEXT = 1000;
    private static final float SHORTEST = 1e-6f;

    private Fields() {}

    static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> read) {
        JsonNode array = node.path(field);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray() || array.size() > MAX_ENTRIES) {
            throw invalid(field + " is not a list of at most " + MAX_ENTRIES + " entries");
        }
        List<T> values = new ArrayList<>();
        array.forEach(entry -> values.add(read.apply(entry)));
        return List.copyOf(values);
    }

    static <T> List<T> unique(String what, List<T> values, Function<T, String> name) {
        Set<String> names = new HashSet<>();
        for (T value : values) {
            if (!names.add(name.apply(value))) {
                throw invalid(what + ": " + name.apply(value) + " is there twice");
            }
        }
        return values;
    }

    static String name(JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw invalid("a name is missing");
        }
        return oneLine(node.textValue());
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > MAX_TEXT) {
            throw invalid(field + " is missing or not a text");
        }
        return oneLine(value.textValue());
    }

    static String matching(JsonNode node, String field, Pattern pattern) {
        String value = text(node, field);
        if (!pattern.matcher(value).matches()) {
            throw invalid(field + " '" + value + "' is not valid");
        }
        return value;
    }

    /** An array, or the array in a field of an object. */
    static float[] numbers(JsonNode node, String field, int count) {
        JsonNode array = node.isArray() ? node : node.path(field);
        if (!array.isArray() || array.size() != count) {
            throw invalid(field + " is not a list of " + count + " numbers");
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(array.get(i), field);
        }
        return values;
    }

    static float number(JsonNode node, String what) {
        float value = node.isNumber() ? node.floatValue() : Float.NaN;
        if (!Float.isFinite(value)) {
            throw invalid(what + " is missing or not a number");
        }
        return value;
    }

    static String oneLine(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("a text has control characters");
        }
        return text;
    }

    static CategoryException invalid(String why) {
        return new CategoryException(CategorySource.DESCRIPTOR + ": " + why);
    }

    /** A number within limits, or another one where the field is not there. */
    static float number(
            JsonNode node, String field, float otherwise, float min, float max, String what) {
        if (!node.hasNonNull(field)) {
            return otherwise;
        }
        float value = number(node.get(field), what + "." + field);
        if (!(value >= min && value <= max)) {
            throw invalid(what + "." + field + " is not from " + min + " to " + max);
        }
        return value;
    }

    /** Three numbers, made one unit long. */
    static Vector3f direction(JsonNode node, String field, String what) {
        float[] d = numbers(node, field, 3);
        Vector3f direction = new Vector3f(d[0], d[1], d[2]);
        if (!(direction.length() > SHORTEST)) {
            throw invalid(what + " has no direction");
        }
        return direction.normalize();
    }
}
