/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Names that a line-based format can hold: without blanks, and no two the same. */
final class Names {

    private final IntFunction<String> original;
    private final Map<Integer, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Names(IntFunction<String> original) {
        this.original = original;
    }

    /** The name of the thing with this index, the same for each call. */
    String of(int index) {
        return given.computeIfAbsent(index, this::next);
    }

    private String next(int index) {
        String plain = plain(original.apply(index));
        String name = plain;
        for (int n = 2; !taken.add(name); n++) {
            name = plain + "_" + n;
        }
        return name;
    }

    /** Everything but letters, digits, dots, underscores and hyphens becomes an underscore. */
    static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return plain.isEmpty() ? "_" : plain;
    }
}
