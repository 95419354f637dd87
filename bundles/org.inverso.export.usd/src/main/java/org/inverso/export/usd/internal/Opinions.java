/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one variant says about a prim and those below it. Local opinions are stronger than those of
 * variants, so what differs between variants must stand in all of them and nowhere else.
 */
final class Opinions {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Opinions> children = new LinkedHashMap<>();

    /**
     * The opinions about a prim below this one.
     *
     * @param path names from here, empty for this one
     */
    Opinions at(List<String> path) {
        Opinions at = this;
        for (String name : path) {
            at = at.children.computeIfAbsent(name, n -> new Opinions());
        }
        return at;
    }

    void say(String line) {
        lines.add(line);
    }

    void write(UsdaText text) {
        lines.forEach(text::line);
        children.forEach(
                (name, child) ->
                        text.block("over " + UsdaText.quoted(name), () -> child.write(text)));
    }
}
