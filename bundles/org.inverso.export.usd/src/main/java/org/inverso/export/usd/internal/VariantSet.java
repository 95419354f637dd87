/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Alternatives of which one is chosen; the first is, unless a stronger layer says otherwise. */
final class VariantSet {

    private final String name;
    private final Map<String, Opinions> variants = new LinkedHashMap<>();
    private final PrimNames names = new PrimNames();

    /**
     * @param first the variant that is chosen
     */
    VariantSet(String name, String first) {
        this.name = name;
        add(first);
    }

    /** Another variant. */
    Opinions add(String variant) {
        Opinions opinions = new Opinions();
        variants.put(names.unique(variant), opinions);
        return opinions;
    }

    /** The variant that is chosen. */
    Opinions first() {
        return variants.values().iterator().next();
    }

    /** Whether there is anything to choose from. */
    boolean offers() {
        return variants.size() > 1;
    }

    String name() {
        return name;
    }

    /** Metadata that chooses the first variant. */
    String selection() {
        return "string " + name + " = " + UsdaText.quoted(variants.keySet().iterator().next());
    }

    void write(UsdaText text) {
        text.nested(
                "variantSet " + UsdaText.quoted(name) + " = {",
                "}",
                () ->
                        variants.forEach(
                                (variant, opinions) ->
                                        text.nested(
                                                UsdaText.quoted(variant) + " {",
                                                "}",
                                                () -> opinions.write(text))));
    }
}
