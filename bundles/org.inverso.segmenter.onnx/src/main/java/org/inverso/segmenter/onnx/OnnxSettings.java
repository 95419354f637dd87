/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings of {@link OnnxSegmenter}.
 *
 * @param model path of a model file or name of an installed one; empty for the one that was
 *     installed last
 * @param normalization of the input; empty to choose by the model's input size and name
 * @param keepFraction see {@link org.inverso.api.image.MainComponents#keep}
 * @param threads inside one run, 0 for one per core
 */
public record OnnxSettings(
        String model, Optional<Normalization> normalization, double keepFraction, int threads) {

    /** The model that was installed last, and all else by itself. */
    public static final OnnxSettings DEFAULT = new OnnxSettings("", Optional.empty(), 0.3, 0);

    public OnnxSettings {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(normalization, "normalization");
        if (!(keepFraction >= 0 && keepFraction <= 1)) {
            throw new IllegalArgumentException("keepFraction must be 0 to 1, not " + keepFraction);
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
        }
    }

    /** Reads {@code auto}, {@code isnet} or {@code u2net}. */
    static Optional<Normalization> normalization(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "auto" -> Optional.empty();
            case "isnet" -> Optional.of(Normalization.ISNET);
            case "u2net" -> Optional.of(Normalization.U2NET);
            default ->
                    throw new IllegalArgumentException(
                            "normalization must be auto, isnet or u2net, not " + text);
        };
    }
}
