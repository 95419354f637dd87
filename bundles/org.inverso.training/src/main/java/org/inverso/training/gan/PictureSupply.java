/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A limited number of pictures of another source, each of which is made once, when it is first
 * wanted. What is drawn depends on the random number only, not on what was drawn before.
 */
public final class PictureSupply implements TrainingPictures {

    private final TrainingPictures source;
    private final int size;
    private final AtomicReferenceArray<byte[]> pictures;

    /**
     * @param side of the source's pictures, pixels
     * @param count of different pictures, one byte a colour each
     */
    public PictureSupply(TrainingPictures source, int side, int count) {
        this.source = source;
        this.size = 3 * side * side;
        this.pictures = new AtomicReferenceArray<>(count);
    }

    @Override
    public void draw(SplittableRandom random, float[] dest, int offset) {
        int number = random.nextInt(pictures.length());
        byte[] picture = pictures.get(number);
        if (picture == null) {
            picture = made(number);
            pictures.set(number, picture);
        }
        for (int i = 0; i < size; i++) {
            dest[offset + i] = (picture[i] & 0xff) / 127.5f - 1;
        }
    }

    private byte[] made(int number) {
        float[] planes = new float[size];
        source.draw(new SplittableRandom(number), planes, 0);
        byte[] picture = new byte[size];
        for (int i = 0; i < size; i++) {
            picture[i] = (byte) Math.round(Math.max(0, Math.min(255, 127.5f * (planes[i] + 1))));
        }
        return picture;
    }
}
