/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.Recognition;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for any weights: these tests do not know what the network has learned. */
class NetRecognizerTest {

    private static final int WIDTH = 90;
    private static final int HEIGHT = 70;

    private final NetRecognizer recognizer =
            new NetRecognizer(DjlRuntime.start(DjlRuntime.userCacheFolder(), 1));

    @AfterEach
    void close() {
        recognizer.close();
    }

    @Test
    void confidencesAreProbabilitiesOfAllClasses() {
        Recognition recognition = recognizer.recognize(photo(1, false), matte(false));
        assertThat(recognition.confidences())
                .containsOnlyKeys("car", "horse", "bird", Recognition.NONE);
        double sum = 0;
        for (double confidence : recognition.confidences().values()) {
            assertThat(confidence).isBetween(0.0, 1.0);
            sum += confidence;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void theSamePhotoIsAlwaysTheSameThing() {
        Recognition first = recognizer.recognize(photo(1, false), matte(false));
        assertThat(recognizer.recognize(photo(1, false), matte(false))).isEqualTo(first);
        assertThat(recognizer.recognize(photo(2, false), matte(false))).isNotEqualTo(first);
    }

    @Test
    void leftAndRightHardlyMatter() {
        for (int seed = 0; seed < 4; seed++) {
            Recognition one = recognizer.recognize(photo(seed, false), matte(false));
            Recognition other = recognizer.recognize(photo(seed, true), matte(true));
            one.confidences()
                    .forEach(
                            (name, confidence) ->
                                    assertThat(other.confidence(name))
                                            .isCloseTo(confidence, within(0.02)));
        }
    }

    @Test
    void withoutAnObjectThereIsNothingToRecognise() {
        Matte empty = new Matte(new Plane(WIDTH, HEIGHT, new float[WIDTH * HEIGHT]), "test");
        Photo photo = photo(1, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recognizer.recognize(photo, empty))
                .withMessageContaining("empty");
    }

    /** Soft coloured blobs. */
    private static Photo photo(long seed, boolean mirrored) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] wave = random.doubles(12, 0.05, 0.4).toArray();
        byte[] rgba = new byte[4 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = 4 * (y * WIDTH + (mirrored ? WIDTH - 1 - x : x));
                for (int c = 0; c < 3; c++) {
                    double phase = wave[4 * c] * x + wave[4 * c + 1] * y + wave[4 * c + 2] * 9;
                    rgba[at + c] = (byte) (127 + 120 * Math.sin(phase));
                }
                rgba[at + 3] = (byte) 255;
            }
        }
        return new Photo("blobs", "", new Image(WIDTH, HEIGHT, rgba), false, Optional.empty());
    }

    /** An object left of the middle. */
    private static Matte matte(boolean mirrored) {
        float[] alpha = new float[WIDTH * HEIGHT];
        for (int y = 20; y < 50; y++) {
            for (int x = 10; x < 54; x++) {
                alpha[y * WIDTH + (mirrored ? WIDTH - 1 - x : x)] = 1;
            }
        }
        return new Matte(new Plane(WIDTH, HEIGHT, alpha), "test");
    }
}
