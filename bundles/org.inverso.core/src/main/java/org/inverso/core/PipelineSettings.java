/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

/**
 * What the pipeline itself decides.
 *
 * @param cropSize side of the square that encoder and refiner see, pixels
 * @param maskSize longer side of the mask on which the fit is measured, pixels
 * @param recognitionThreshold confidence from which on a category is taken without being asked for
 */
public record PipelineSettings(int cropSize, int maskSize, double recognitionThreshold) {

    /** What the encoders are trained on. */
    public static final int DEFAULT_CROP_SIZE = 128;

    public static final int DEFAULT_MASK_SIZE = 256;

    public static final double DEFAULT_RECOGNITION_THRESHOLD = 0.25;

    public static final PipelineSettings DEFAULTS =
            new PipelineSettings(
                    DEFAULT_CROP_SIZE, DEFAULT_MASK_SIZE, DEFAULT_RECOGNITION_THRESHOLD);

    public PipelineSettings {
        if (cropSize < 16 || maskSize < 16) {
            throw new IllegalArgumentException("cropSize and maskSize must be at least 16");
        }
        if (!(recognitionThreshold >= 0 && recognitionThreshold <= 1)) {
            throw new IllegalArgumentException("recognitionThreshold must be from 0 to 1");
        }
    }
}
