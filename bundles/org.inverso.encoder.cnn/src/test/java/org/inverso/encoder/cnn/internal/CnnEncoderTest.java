/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.encoder.cnn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.inverso.api.CategoryException;
import org.inverso.api.LatentCode;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.category.CategoryLoader;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CnnEncoderTest {

    private static final Path CAR = Path.of("../org.inverso.category.car/src/main/resources");

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final CnnEncoder encoder = new CnnEncoder(runtime);

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void theSameCropAlwaysGetsTheSameCode() {
        CategoryModel category = withWeights(randomWeights(1));
        LatentCode first = encoder.encode(crop(1), category);
        CnnEncoder other = new CnnEncoder(runtime);
        LatentCode again = other.encode(crop(1), category);
        other.close();
        assertThat(again.values()).containsExactly(first.values());
        assertThat(encoder.encode(crop(2), category).values()).isNotEqualTo(first.values());
    }

    @Test
    void ofASymmetricObjectItLooksAtTheMirrorImageToo() {
        Map<String, byte[]> weights = Map.of("encoder", randomWeights(1));
        float[] alone = encoder.encode(crop(1), new WeightsOnly("one", weights)).values();

        float[] both = encoder.encode(crop(1), new WeightsOnly("two", weights, true)).values();
        float[] swapped =
                encoder.encode(mirrored(crop(1)), new WeightsOnly("two", weights, true)).values();

        int length = alone.length;
        assertThat(both).hasSize(2 * length);
        assertThat(Arrays.copyOf(both, length)).containsExactly(alone, within(1e-4f));
        assertThat(Arrays.copyOf(swapped, length))
                .containsExactly(Arrays.copyOfRange(both, length, 2 * length), within(1e-4f));
        assertThat(Arrays.copyOfRange(swapped, length, 2 * length))
                .containsExactly(alone, within(1e-4f));
        assertThat(Arrays.copyOf(swapped, length)).isNotEqualTo(alone);
    }

    private static Crop mirrored(Crop crop) {
        int side = crop.pixels().width();
        byte[] rgba = new byte[crop.pixels().rgba().length];
        for (int i = 0; i < side * side; i++) {
            int to = i - i % side + side - 1 - i % side;
            System.arraycopy(crop.pixels().rgba(), 4 * i, rgba, 4 * to, 4);
        }
        return new Crop(crop.region(), new Image(side, side, rgba));
    }

    @Test
    void eachCategoryIsReadWithItsOwnWeights() {
        CategoryModel one = withWeights(randomWeights(1));
        CategoryModel two = withWeights(randomWeights(2));
        float[] code = encoder.encode(crop(1), one).values();
        assertThat(encoder.encode(crop(1), two).values()).isNotEqualTo(code);
        assertThat(encoder.encode(crop(1), one).values()).containsExactly(code);
    }

    @Test
    void theConfigurationNamesTheWeights() {
        CategoryModel category =
                new WeightsOnly(
                        "both",
                        Map.of("encoder", randomWeights(1), "inverse-encoder", randomWeights(2)));
        float[] usual = encoder.encode(crop(1), category).values();
        CnnEncoder other = new CnnEncoder(runtime, "inverse-encoder");
        try {
            assertThat(other.encode(crop(1), category).values())
                    .isNotEqualTo(usual)
                    .containsExactly(
                            encoder.encode(crop(1), withWeights(randomWeights(2))).values());
        } finally {
            other.close();
        }
    }

    @Test
    void manyThreadsMayEncodeAtOnce() throws Exception {
        CategoryModel category = withWeights(randomWeights(1));
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            alone.add(encoder.encode(crop(i), category).values());
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<LatentCode>> together = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Crop crop = crop(i % 4);
            together.add(pool.submit(() -> encoder.encode(crop, category)));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(together.get(i).get(60, TimeUnit.SECONDS).values())
                    .containsExactly(alone.get(i % 4));
        }
        pool.shutdown();
    }

    @Test
    void theCarGetsAFiniteCodeThatItsDisentanglerWillKnow() {
        LatentCode code = encoder.encode(crop(3), new CategoryLoader().load(CAR));
        assertThat(code.encoderId()).isEqualTo("cnn").isEqualTo(encoder.id());
        assertThat(code.values()).hasSize(2 * 256);
        float sum = 0;
        for (float value : code.values()) {
            assertThat(value).isFinite().isNotNegative();
            sum += value;
        }
        assertThat(sum).isPositive();
    }

    @Test
    void aCategoryWithoutWeightsForItIsAnError() {
        CategoryModel category = new WeightsOnly("none", Map.of());
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> encoder.encode(crop(1), category))
                .withMessageContaining("no weights \"encoder\"");
    }

    @Test
    void weightsThatCannotBeReadAreAnErrorThatNamesTheCategory() {
        CategoryModel category = withWeights("no weights".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> encoder.encode(crop(1), category))
                .withMessageContaining("Category thing 2.3.4")
                .withMessageContaining("\"encoder\"")
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void weightsOfAnotherNetworkAreAnErrorThatNamesTheParameter() {
        byte[] foreign;
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            parameters.weight("stem.weight", 1, 1, 24, 3, 5, 5);
            foreign = parameters.write(true);
        }
        CategoryModel category = withWeights(foreign);
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> encoder.encode(crop(1), category))
                .withMessageContaining("stem.weight has shape (24, 3, 5, 5)");
    }

    @Test
    void aCropOfAnotherSizeIsRefused() {
        CategoryModel category = withWeights(randomWeights(1));
        Crop small = new Crop(new CropRegion(0, 0, 64), Image.blank(64, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(small, category));
    }

    private static CategoryModel withWeights(byte[] encoder) {
        String hash = Integer.toHexString(java.util.Arrays.hashCode(encoder));
        return new WeightsOnly(hash, Map.of("encoder", encoder));
    }

    private byte[] randomWeights(long seed) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, seed);
            new EncoderNetwork(parameters);
            return parameters.write(true);
        }
    }

    private static Crop crop(long seed) {
        byte[] rgba = new byte[4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE];
        new SplittableRandom(seed).nextBytes(rgba);
        return new Crop(
                new CropRegion(0, 0, EncoderNetwork.SIZE),
                new Image(EncoderNetwork.SIZE, EncoderNetwork.SIZE, rgba));
    }
}
