/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

/**
 * A crop as the convolutions of a latent encoder see it, and what is to be said of it.
 *
 * @param features as {@link org.inverso.encoder.cnn.WPlusEncoderNetwork#features} makes them
 * @param wPlus true styles, {@code float[L * W]}; empty where they are not known
 * @param labels of this one crop
 */
record LatentExample(float[] features, float[] wPlus, SceneBatch labels) {

    boolean isGenerated() {
        return wPlus.length > 0;
    }
}
