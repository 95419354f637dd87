/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import org.inverso.api.image.Image;
import org.inverso.refiner.TargetMask;

/**
 * What a rendered view is compared with: a crop at half its size.
 *
 * @param mask matte
 * @param rgb {@code float[H*W*3]}, display colours, 0 to 1, black where the matte is 0
 */
public record ViewTarget(TargetMask mask, float[] rgb) {

    public static ViewTarget of(Image crop) {
        int half = crop.width() / 2;
        float[] rgb = new float[3 * half * half];
        for (int y = 0; y < 2 * half; y++) {
            for (int x = 0; x < 2 * half; x++) {
                int at = 3 * (y / 2 * half + x / 2);
                float share = crop.get(x, y, 3) / (4 * 255f * 255f);
                for (int c = 0; c < 3; c++) {
                    rgb[at + c] += share * crop.get(x, y, c);
                }
            }
        }
        return new ViewTarget(TargetMask.of(crop).halved(), rgb);
    }
}
