/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of USDA as the exporter writes, one statement a line, and refuses everything else.
 * Values stay text.
 */
final class UsdaReader {

    private static final Pattern PRIM =
            Pattern.compile("(def|over)( [A-Za-z]+)? \"([A-Za-z_]\\w*)\"( \\()?");
    private static final Pattern PROPERTY =
            Pattern.compile(
                    "((?:uniform )?(?:rel|[a-z]+[0-9]?[a-zA-Z0-9]*(?:\\[])?)) ([\\w:]+(?:\\.\\w+)?)"
                            + "(?: = (.+?))?( \\()?");
    private static final Pattern METADATA =
            Pattern.compile("((?:prepend |asset |string )?\\w+) = (.+)");

    /** A prim, or what a variant says about one. */
    static final class Prim {
        final String type;
        final Map<String, String> metadata = new LinkedHashMap<>();
        final Map<String, String> properties = new LinkedHashMap<>();
        final Map<String, String> declarations = new LinkedHashMap<>();
        final Map<String, Map<String, String>> propertyMetadata = new LinkedHashMap<>();
        final Map<String, Prim> children = new LinkedHashMap<>();
        final Map<String, Map<String, Prim>> variantSets = new LinkedHashMap<>();

        Prim(String type) {
            this.type = type;
        }

        Prim at(String path) {
            Prim prim = this;
            for (String name : path.split("/")) {
                if (!prim.children.containsKey(name)) {
                    throw new AssertionError("no " + path + ": " + prim.children.keySet());
                }
                prim = prim.children.get(name);
            }
            return prim;
        }

        String get(String property) {
            if (!properties.containsKey(property)) {
                throw new AssertionError("no " + property + ": " + properties.keySet());
            }
            return properties.get(property);
        }

        /** The numbers of a value, however they are grouped. */
        double[] numbers(String property) {
            return UsdaReader.numbers(get(property));
        }
    }

    private final Deque<String> lines = new ArrayDeque<>();

    private UsdaReader(String text) {
        for (String line : text.split("\n")) {
            if (!line.isBlank()) {
                lines.add(line.strip());
            }
        }
    }

    static double[] numbers(String value) {
        List<Double> numbers = new ArrayList<>();
        Matcher matcher = Pattern.compile("-?\\d+(?:\\.\\d+)?").matcher(value);
        while (matcher.find()) {
            numbers.add(Double.parseDouble(matcher.group()));
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The layer as a prim without a type. */
    static Prim read(byte[] bytes) {
        UsdaReader reader =
                new UsdaReader(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        reader.expect("#usda 1.0");
        Prim layer = new Prim("");
        reader.expect("(");
        reader.readMetadata(layer.metadata, ")");
        while (!reader.lines.isEmpty()) {
            reader.readPrim(layer);
        }
        return layer;
    }

    private void expect(String line) {
        String found = lines.poll();
        if (!line.equals(found)) {
            throw new AssertionError("expected " + line + ", found " + found);
        }
    }

    private void readMetadata(Map<String, String> dest, String end) {
        for (String line = lines.remove(); !line.equals(end); line = lines.remove()) {
            Matcher matcher = METADATA.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("no metadata: " + line);
            }
            if (matcher.group(2).equals("{")) {
                Map<String, String> inner = new LinkedHashMap<>();
                readMetadata(inner, "}");
                inner.forEach((key, value) -> dest.put(matcher.group(1) + "." + key, value));
            } else {
                dest.put(matcher.group(1), matcher.group(2));
            }
        }
    }

    private void readPrim(Prim parent) {
        String line = lines.remove();
        Matcher matcher = PRIM.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no prim: " + line);
        }
        Prim prim = new Prim(matcher.group(2) == null ? "" : matcher.group(2).strip());
        if (parent.children.put(matcher.group(3), prim) != null) {
            throw new AssertionError("twice: " + line);
        }
        if (matcher.group(4) != null) {
            readMetadata(prim.metadata, ")");
        }
        expect("{");
        readBody(prim);
    }

    private void readBody(Prim prim) {
        while (!lines.element().equals("}")) {
            String line = lines.element();
            if (line.startsWith("def ") || line.startsWith("over ")) {
                readPrim(prim);
            } else if (line.startsWith("variantSet ")) {
                readVariants(prim);
            } else {
                readProperty(prim, lines.remove());
            }
        }
        lines.remove();
    }

    private void readVariants(Prim prim) {
        String head = lines.remove();
        Map<String, Prim> variants = new LinkedHashMap<>();
        prim.variantSets.put(head.replaceAll("variantSet \"(\\w+)\" = \\{", "$1"), variants);
        while (!lines.element().equals("}")) {
            String variant = lines.remove();
            if (!variant.matches("\"\\w+\" \\{")) {
                throw new AssertionError("no variant: " + variant);
            }
            Prim opinions = new Prim("");
            variants.put(variant.substring(1, variant.length() - 3), opinions);
            readBody(opinions);
        }
        lines.remove();
    }

    private void readProperty(Prim prim, String line) {
        Matcher matcher = PROPERTY.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no property: " + line);
        }
        String value = matcher.group(3) == null ? "" : matcher.group(3);
        String name = matcher.group(2);
        if (value.equals("{")) {
            StringBuilder samples = new StringBuilder();
            while (!lines.element().equals("}")) {
                samples.append(lines.remove()).append('\n');
            }
            lines.remove();
            value = samples.toString();
        }
        if (prim.properties.put(name, value) != null) {
            throw new AssertionError("twice: " + line);
        }
        prim.declarations.put(name, matcher.group(1));
        if (matcher.group(4) != null) {
            Map<String, String> metadata = new LinkedHashMap<>();
            readMetadata(metadata, ")");
            prim.propertyMetadata.put(name, metadata);
        }
    }
}
