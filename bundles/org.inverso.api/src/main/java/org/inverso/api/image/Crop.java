/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.image;

/**
 * The object cut out of its photo.
 *
 * @param region of the photo
 * @param pixels square; alpha is the matte
 */
public record Crop(CropRegion region, Image pixels) {}
