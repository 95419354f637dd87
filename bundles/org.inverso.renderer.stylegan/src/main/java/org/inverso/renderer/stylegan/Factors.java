/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDArray;

/**
 * What is to be rendered, as the network reads it.
 *
 * @param camera {@code float[N, CameraFactor.SIZE]}, see {@link CameraFactor}
 * @param shape weights of the shape targets, then pose from -1 to 1 between its parameters' limits,
 *     {@code float[N, S]}
 * @param texture {@code float[N, TextureBands.SIZE]}, see {@link TextureBands}
 * @param background {@code float[N, BackgroundGrid.SIZE]}, see {@link BackgroundGrid}
 */
public record Factors(NDArray camera, NDArray shape, NDArray texture, NDArray background) {}
