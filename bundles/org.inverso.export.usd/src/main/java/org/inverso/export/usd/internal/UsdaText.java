/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.inverso.geometry.DecimalText;
import org.joml.Matrix4fc;
import org.joml.Quaternionfc;
import org.joml.Vector3fc;

/** Text of a USDA layer as it grows: lines, blocks, and values as the format spells them. */
final class UsdaText {

    private static final String INDENT = "    ";
    private static final int DECIMALS = 6;

    private static final int TIME_DECIMALS = 4;

    private static final DecimalText FINE = new DecimalText(DECIMALS);
    private static final DecimalText COARSE = new DecimalText(TIME_DECIMALS);

    private final StringBuilder out = new StringBuilder("#usda 1.0\n");
    private int depth;

    void line(String text) {
        out.append(INDENT.repeat(depth)).append(text).append('\n');
    }

    /** A head with what belongs to it between braces. */
    void block(String head, Runnable body) {
        line(head);
        nested("{", "}", body);
    }

    /** A prim with metadata, one line each. */
    void prim(String head, List<String> metadata, Runnable body) {
        if (metadata.isEmpty()) {
            block(head, body);
        } else {
            line(head + " (");
            depth++;
            metadata.forEach(this::line);
            depth--;
            line(")");
            nested("{", "}", body);
        }
    }

    /** Lines between brackets of their own. */
    void nested(String open, String close, Runnable body) {
        line(open);
        depth++;
        body.run();
        depth--;
        line(close);
    }

    /** {@code head = [(a, b, c), ...]}, with metadata, one line each. */
    void tuples(String head, float[] values, int size, List<String> metadata) {
        array(head, values.length / size, i -> tuple(values, size * i, size), metadata);
    }

    /** {@code head = [a, b, ...]}. */
    void floats(String head, float[] values, List<String> metadata) {
        array(head, values.length, i -> FINE.append(values[i], out), metadata);
    }

    /** {@code head = [a, b, ...]}. */
    void ints(String head, int[] values, List<String> metadata) {
        array(head, values.length, i -> out.append(values[i]), metadata);
    }

    private void array(String head, int count, IntConsumer element, List<String> metadata) {
        out.append(INDENT.repeat(depth)).append(head).append(" = [");
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(", ");
            }
            element.accept(i);
        }
        out.append(']');
        if (metadata.isEmpty()) {
            out.append('\n');
        } else {
            out.append(" (\n");
            depth++;
            metadata.forEach(this::line);
            depth--;
            line(")");
        }
    }

    private void tuple(float[] values, int first, int size) {
        for (int i = 0; i < size; i++) {
            FINE.append(values[first + i], out.append(i == 0 ? "(" : ", "));
        }
        out.append(')');
    }

    static String number(double value) {
        return FINE.append(value, new StringBuilder()).toString();
    }

    /** A time code: a clip's floats are no finer. */
    static String time(double code) {
        return COARSE.append(code, new StringBuilder()).toString();
    }

    static String tuple(double... values) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            FINE.append(value, text.append(text.isEmpty() ? "(" : ", "));
        }
        return text.append(')').toString();
    }

    static String vector(Vector3fc v) {
        return tuple(v.x(), v.y(), v.z());
    }

    /** The real part comes first. */
    static String quaternion(Quaternionfc q) {
        return tuple(q.w(), q.x(), q.y(), q.z());
    }

    /** Rows of the matrix that row vectors are multiplied with: our columns. */
    static String matrix(Matrix4fc m) {
        float[] v = m.get(new float[16]);
        StringBuilder text = new StringBuilder("( ");
        for (int c = 0; c < 16; c += 4) {
            text.append(c == 0 ? "" : ", ").append(tuple(v[c], v[c + 1], v[c + 2], v[c + 3]));
        }
        return text.append(" )").toString();
    }

    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** {@code ["a", "b"]}. */
    static String tokens(List<String> names) {
        return names.stream().map(UsdaText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code prepend apiSchemas = ["A", "B"]}. */
    static String schemas(List<String> names) {
        return "prepend apiSchemas = " + tokens(names);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
