/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.category.CategorySource;

/**
 * What a manifest says about the category in its jar: one capability of the name space {@value
 * #CAPABILITY}.
 *
 * @param id of the category
 * @param descriptor path of the descriptor in the jar
 */
record CategoryHeader(String id, String descriptor) {

    /** Name space of the capability, and its attribute for the id. */
    static final String CAPABILITY = "inverso.category";

    /** Attribute for the descriptor's path. */
    static final String DESCRIPTOR = "descriptor";

    /**
     * @param attributes of the capability
     * @param otherwise the id, when there is none among them
     */
    static CategoryHeader of(Map<String, ?> attributes, String otherwise) {
        Object id = attributes.get(CAPABILITY);
        Object descriptor = attributes.get(DESCRIPTOR);
        return new CategoryHeader(
                id == null ? otherwise : id.toString(),
                descriptor == null ? CategorySource.DESCRIPTOR : descriptor.toString());
    }

    /**
     * @param provideCapability value of the header {@code Provide-Capability}
     * @param otherwise the id, when there is none in it
     */
    static List<CategoryHeader> parse(String provideCapability, String otherwise) {
        List<CategoryHeader> headers = new ArrayList<>();
        for (String clause : split(provideCapability, ',')) {
            List<String> pieces = split(clause, ';');
            if (pieces.get(0).strip().equals(CAPABILITY)) {
                Map<String, String> attributes = new HashMap<>();
                for (String piece : pieces.subList(1, pieces.size())) {
                    attribute(piece.strip(), attributes);
                }
                headers.add(of(attributes, otherwise));
            }
        }
        return headers;
    }

    /** Adds {@code name=value} or {@code name:Type=value}, and leaves directives out. */
    private static void attribute(String piece, Map<String, String> attributes) {
        int equals = piece.indexOf('=');
        if (equals <= 0 || piece.charAt(equals - 1) == ':') {
            return;
        }
        String name = piece.substring(0, equals);
        int type = name.indexOf(':');
        String value = piece.substring(equals + 1).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        attributes.put(
                type < 0 ? name : name.substring(0, type),
                quoted ? value.substring(1, value.length() - 1) : value);
    }

    /** Splits where the separator stands outside of quotes. */
    private static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /**
     * @throws CategoryException when there is not exactly one, or its descriptor is no file in the
     *     jar
     */
    static CategoryHeader single(List<CategoryHeader> headers) {
        if (headers.size() != 1) {
            throw new CategoryException(
                    "its manifest must declare one category, not " + headers.size());
        }
        CategoryHeader header = headers.get(0);
        if (ContainerCheck.leadsOut(header.descriptor)) {
            throw new CategoryException("its manifest names no descriptor in it");
        }
        return header;
    }

    /**
     * @throws CategoryException when the descriptor says that it is another category
     */
    void require(String idInDescriptor) {
        if (!id.equals(idInDescriptor)) {
            throw new CategoryException(
                    "its manifest must declare one category, " + idInDescriptor + ", not " + id);
        }
    }
}
