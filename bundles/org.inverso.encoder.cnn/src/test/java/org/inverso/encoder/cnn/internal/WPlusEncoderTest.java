/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.encoder.cnn.WPlusEncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.network.StyleUnits;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WPlusEncoderTest {

    private static final int LAYERS = 3;
    private static final float[] MEAN = {0.5f, -0.25f};

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final WPlusEncoder encoder = new WPlusEncoder(runtime);

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void aCodeHasAStyleForEachLayerOfTheGenerator() {
        LatentCode code = encoder.encode(noise(1), category(weights(1, 2)));
        assertThat(code.encoderId()).isEqualTo("wplus").isEqualTo(encoder.id());
        assertThat(code.values()).hasSize(LAYERS * MEAN.length);
        assertThat(encoder.encode(noise(2), category(weights(1, 2))).values())
                .isNotEqualTo(code.values());
    }

    @Test
    void stylesAreInTheUnitsOfTheGenerator() {
        // Whatever the network says, without any deviation w is its mean.
        float[] code = encoder.encode(noise(1), category(weights(1, 0))).values();
        assertThat(code).containsExactly(0.5f, -0.25f, 0.5f, -0.25f, 0.5f, -0.25f);
    }

    @Test
    void detailThatAGeneratorCannotDrawIsNotSeen() {
        CategoryModel category = category(weights(1, 2));
        float[] even = encoder.encode(board(1, 0), category).values();
        assertThat(encoder.encode(board(1, 60), category).values())
                .containsExactly(even, within(1e-4f));
        assertThat(encoder.encode(board(8, 60), category).values()).isNotEqualTo(even);
    }

    @Test
    void aCategoryWithoutTheWeightsSaysHowToTrainThem() {
        CategoryModel category = new WeightsOnly("none", Map.of("encoder", weights(1, 1)));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> encoder.encode(noise(1), category))
                .withMessageContaining("no weights \"latent-encoder\"")
                .withMessageContaining("./inverso train thing --stage latent");
    }

    @Test
    void weightsThatCannotBeReadAreAnErrorThatNamesTheCategory() {
        CategoryModel category = category("no weights".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> encoder.encode(noise(1), category))
                .withMessageContaining("Category thing 2.3.4")
                .withMessageContaining("\"latent-encoder\" that encoder wplus cannot read");
    }

    private static CategoryModel category(byte[] weights) {
        String hash = Integer.toHexString(java.util.Arrays.hashCode(weights));
        return new WeightsOnly(hash, Map.of("latent-encoder", weights));
    }

    private byte[] weights(long seed, float deviation) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, seed);
            new WPlusEncoderNetwork(parameters, LAYERS, MEAN.length);
            StyleUnits.read(parameters).set(MEAN, deviation);
            return parameters.write(true);
        }
    }

    private static Crop noise(long seed) {
        byte[] rgba = new byte[4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE];
        new SplittableRandom(seed).nextBytes(rgba);
        return crop(rgba);
    }

    /** A grey chess board whose squares are some pixels wide and differ so much from grey. */
    private static Crop board(int square, int contrast) {
        int side = EncoderNetwork.SIZE;
        byte[] rgba = new byte[4 * side * side];
        for (int i = 0; i < side * side; i++) {
            boolean black = (i % side / square + i / side / square) % 2 == 0;
            int grey = 128 + (black ? -contrast : contrast);
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] = (byte) grey;
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        return crop(rgba);
    }

    private static Crop crop(byte[] rgba) {
        return new Crop(
                new CropRegion(0, 0, EncoderNetwork.SIZE),
                new Image(EncoderNetwork.SIZE, EncoderNetwork.SIZE, rgba));
    }
}
