/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryPackageTest {

    private static final Path CAR = Path.of("../org.inverso.category.car/src/main/resources");

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    @TempDir private Path category;
    @TempDir private Path trained;

    @BeforeEach
    void copyTheCarWithoutItsWeights() throws IOException {
        for (String file : List.of("category.json", "template.glb", "MODEL_CARD.md")) {
            Files.copy(CAR.resolve(file), category.resolve(file));
        }
        Files.write(trained.resolve("encoder.safetensors"), weights(1));
        Files.write(trained.resolve("disentangler.safetensors"), weights(2));
    }

    @Test
    void packagedWeightsLoadWithTheCategory() throws IOException {
        CategoryPackage.add(category, trained, List.of("encoder", "disentangler"));
        CategoryModel car = new CategoryLoader().load(category);
        assertThat(car.weightNames()).containsExactlyInAnyOrder("encoder", "disentangler");
        assertThat(car.weights("encoder")).isEqualTo(weights(1));
        assertThat(car.weights("disentangler")).isEqualTo(weights(2));
    }

    @Test
    void hashesAndSizesAreThoseOfTheFiles() throws Exception {
        CategoryPackage.add(category, trained, List.of("encoder"));
        JsonNode entry =
                new ObjectMapper()
                        .readTree(category.resolve("category.json").toFile())
                        .at("/weights/0");
        byte[] packaged = Files.readAllBytes(category.resolve(entry.get("file").asText()));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(packaged);
        assertThat(entry.get("sha256").asText()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(entry.get("bytes").asInt()).isEqualTo(packaged.length);
        assertThat(packaged).isEqualTo(weights(1));
    }

    @Test
    void newWeightsReplaceOldOnes() throws IOException {
        CategoryPackage.add(category, trained, List.of("encoder"));
        String before = new CategoryLoader().load(category).sha256();
        Files.write(trained.resolve("encoder.safetensors"), weights(9));
        CategoryPackage.add(category, trained, List.of("encoder"));
        CategoryModel car = new CategoryLoader().load(category);
        assertThat(car.weights("encoder")).isEqualTo(weights(9));
        assertThat(car.sha256()).isNotEqualTo(before);
    }

    @Test
    void weightsOfOtherNamesStay() throws IOException {
        CategoryPackage.add(category, trained, List.of("encoder", "disentangler"));
        Files.write(trained.resolve("generator.safetensors"), weights(3));
        CategoryPackage.add(category, trained, List.of("generator"));
        CategoryModel car = new CategoryLoader().load(category);
        assertThat(car.weightNames()).contains("encoder", "disentangler", "generator");
        assertThat(car.weights("generator")).isEqualTo(weights(3));
        assertThat(car.weights("encoder")).isEqualTo(weights(1));
    }

    @Test
    void weightsThatWereNeverTrainedCannotBePackaged() throws IOException {
        String before = Files.readString(category.resolve("category.json"));
        assertThatThrownBy(() -> CategoryPackage.add(category, trained, List.of("generator")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("generator.safetensors");
        assertThat(category.resolve("category.json")).hasContent(before);
    }

    private byte[] weights(long seed) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, seed);
            parameters.weight("w", 1, 4, 4, 4);
            return parameters.write(true);
        }
    }
}
