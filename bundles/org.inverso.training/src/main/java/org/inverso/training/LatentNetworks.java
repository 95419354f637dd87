/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import org.inverso.disentangler.mlp.WPlusSceneNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;

/** The networks of the way over w+, of one set of parameters. */
record LatentNetworks(
        Parameters parameters,
        StyleUnits units,
        WPlusEncoderNetwork encoder,
        WPlusSceneNetwork scene) {

    /** Of the sizes that the parameters have. */
    static LatentNetworks read(Parameters parameters) {
        return new LatentNetworks(
                parameters,
                StyleUnits.read(parameters),
                WPlusEncoderNetwork.read(parameters),
                WPlusSceneNetwork.read(parameters));
    }
}
