/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/**
 * What an encoder saw.
 *
 * @param values {@code float[D]}, shared, not to be modified
 * @param encoderId the encoder that made it; a disentangler only reads codes of the encoder that it
 *     was trained with
 */
public record LatentCode(float[] values, String encoderId) {}
