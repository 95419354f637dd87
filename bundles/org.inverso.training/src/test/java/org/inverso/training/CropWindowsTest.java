/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Plane;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CropWindowsTest {

    private static final int SIDE = 32;
    private static final int OUT = 64;

    private final NDManager manager =
            DjlRuntime.start(DjlRuntime.userCacheFolder(), 1).newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theWindowShowsWhatTheCropRegionDoes() {
        float[] matte = matte();
        float[] ramp = new float[SIDE * SIDE];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = 10 + i % SIDE + 3f * (i / SIDE);
        }
        CropWindows windows = CropWindows.around(manager, matte, SIDE, OUT);
        float[] crop = windows.of(manager.create(ramp, new Shape(1, 1, SIDE, SIDE))).toFloatArray();
        CropRegion region = CropRegion.around(new Plane(SIDE, SIDE, matte));
        for (int y = 0; y < OUT; y += 7) {
            for (int x = 0; x < OUT; x += 7) {
                float u = region.x() + (x + 0.5f) * region.size() / OUT - 0.5f;
                float v = region.y() + (y + 0.5f) * region.size() / OUT - 0.5f;
                assertThat(crop[y * OUT + x]).isCloseTo(10 + u + 3 * v, within(1e-2f));
            }
        }
    }

    @Test
    void thereIsNothingOutsideOfThePicture() {
        float[] all = new float[SIDE * SIDE];
        java.util.Arrays.fill(all, 1);
        float[] crop =
                CropWindows.around(manager, all, SIDE, OUT)
                        .of(manager.create(all, new Shape(1, 1, SIDE, SIDE)))
                        .toFloatArray();
        assertThat(crop[0]).isZero();
        assertThat(crop[OUT / 2 * OUT + OUT / 2]).isCloseTo(1, within(1e-5f));
    }

    @Test
    void aPictureWithoutAnObjectIsShownWhole() {
        float[] ones = new float[SIDE * SIDE];
        java.util.Arrays.fill(ones, 1);
        float[] crop =
                CropWindows.around(manager, new float[SIDE * SIDE], SIDE, SIDE)
                        .of(manager.create(ones, new Shape(1, 1, SIDE, SIDE)))
                        .toFloatArray();
        assertThat(crop).containsOnly(1f);
    }

    @Test
    void theGradientLandsOnThePixelsThatAreSeen() {
        JniUtils.setGradMode(true);
        NDArray picture = manager.ones(new Shape(1, 1, SIDE, SIDE));
        picture.setRequiresGradient(true);
        try (NDManager scratch = manager.newSubManager()) {
            NDArray sum = CropWindows.around(scratch, matte(), SIDE, OUT).of(picture.mul(2)).sum();
            JniUtils.backward(
                    (PtNDArray) sum, (PtNDArray) scratch.ones(sum.getShape()), false, false);
        }
        float[] gradient = picture.getGradient().toFloatArray();
        assertThat(gradient[16 * SIDE + 18]).isPositive();
        assertThat(gradient[0]).isZero();
    }

    /** An object of 12 by 8 pixels. */
    private static float[] matte() {
        float[] matte = new float[SIDE * SIDE];
        for (int y = 12; y < 20; y++) {
            for (int x = 12; x < 24; x++) {
                matte[y * SIDE + x] = 1;
            }
        }
        return matte;
    }
}
