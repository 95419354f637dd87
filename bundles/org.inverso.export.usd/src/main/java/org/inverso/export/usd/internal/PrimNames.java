/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.HashSet;
import java.util.Set;

/** Names of the prims below one parent: identifiers, and no two the same. */
final class PrimNames {

    private final Set<String> taken = new HashSet<>();

    /** A name that nobody has, as near to the wanted one as can be. */
    String unique(String wanted) {
        String plain = identifier(wanted);
        String name = plain;
        for (int n = 2; !taken.add(name); n++) {
            name = plain + "_" + n;
        }
        return name;
    }

    /** Letters, digits and underscores of ASCII, not beginning with a digit. */
    static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
