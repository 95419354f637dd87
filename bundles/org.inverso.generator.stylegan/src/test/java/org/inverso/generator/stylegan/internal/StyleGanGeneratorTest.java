/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StyleGanGeneratorTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final StyleGanGenerator stage = new StyleGanGenerator(runtime);

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void contentAndViewDecideThePicture() {
        CategoryModel category = withWeights(weights(true));
        assertThat(stage.azimuths(category)).containsExactly(-90.0, -90.0);
        Image picture = stage.generate(category, 3, 0, 0.7);
        assertThat(picture.width()).isEqualTo(16);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.get(5, 5, 3)).isEqualTo(255);
        assertThat(stage.generate(category, 3, 0, 0.7).rgba()).isEqualTo(picture.rgba());
        assertThat(stage.generate(category, 4, 0, 0.7).rgba()).isNotEqualTo(picture.rgba());
        assertThat(stage.generate(category, 3, 1, 0.7).rgba()).isNotEqualTo(picture.rgba());
    }

    @Test
    void aCategoryWithoutAGeneratorIsAnErrorThatSaysWhatToDo() {
        CategoryModel category = new WeightsOnly("none", Map.of());
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> stage.azimuths(category))
                .withMessageContaining("Category thing 2.3.4 has no weights \"generator\"")
                .withMessageContaining("--stage gan");
    }

    @Test
    void aGeneratorWithoutViewCodesHasNoViews() {
        CategoryModel category = withWeights(weights(false));
        assertThat(stage.azimuths(category)).isEmpty();
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> stage.generate(category, 1, 0, 1))
                .withMessageContaining("no view codes");
    }

    @Test
    void weightsThatCannotBeReadAreAnErrorThatNamesTheCategory() {
        CategoryModel category = withWeights("no weights".getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> stage.azimuths(category))
                .withMessageContaining("Category thing 2.3.4")
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void viewsAndTruncationsThatDoNotExistAreRefused() {
        CategoryModel category = withWeights(weights(true));
        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> stage.generate(category, 1, 2, 1))
                .withMessageContaining("views 0 to 1");
        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> stage.generate(category, 1, 0, Double.NaN));
    }

    private static CategoryModel withWeights(byte[] generator) {
        return new WeightsOnly(
                Integer.toHexString(Arrays.hashCode(generator)), Map.of("generator", generator));
    }

    private byte[] weights(boolean views) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            new StyleGenerator(parameters, new GeneratorShape(6, 8, 2, List.of(8, 6, 4)));
            if (views) {
                parameters.weight(ViewCodes.STYLES, 1, 1, 2, 2, 8);
                parameters.constant(ViewCodes.AZIMUTHS, -90, 2);
            }
            return parameters.write(true);
        }
    }
}
