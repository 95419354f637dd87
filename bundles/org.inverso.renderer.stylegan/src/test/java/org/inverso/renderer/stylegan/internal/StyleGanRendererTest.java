/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.renderer.stylegan.RendererShape;
import org.inverso.renderer.stylegan.StyleSpace;
import org.inverso.runtime.djl.DjlRuntime;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StyleGanRendererTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final StyleGanRenderer stage = new StyleGanRenderer(runtime);

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyFactorDecidesThePicture() {
        CategoryModel category = category(Map.of());
        Image picture = stage.render(scene(30, 0.2f, 100, 50), category, 24);
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.height()).isEqualTo(24);
        assertThat(picture.get(5, 5, 3)).isEqualTo(255);
        assertThat(stage.render(scene(30, 0.2f, 100, 50), category, 24).rgba())
                .isEqualTo(picture.rgba());
        for (SceneEstimate other :
                List.of(
                        scene(120, 0.2f, 100, 50),
                        scene(30, -0.9f, 100, 50),
                        scene(30, 0.2f, 220, 50),
                        scene(30, 0.2f, 100, 250))) {
            assertThat(stage.render(other, category, 24).rgba()).isNotEqualTo(picture.rgba());
        }
    }

    @Test
    void aCategoryWithoutARendererIsAnErrorThatSaysWhatToDo() {
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () -> stage.render(scene(0, 0, 0, 0), new WeightsOnly("n", Map.of()), 16))
                .withMessageContaining("Category thing 2.3.4 has no weights \"renderer\"")
                .withMessageContaining("--stage renderer");
    }

    @Test
    void aRendererOfAnotherGeneratorIsRefused() {
        CategoryModel category = category(Map.of("generator", generator(0.5f)));
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> stage.render(scene(0, 0, 0, 0), category, 16))
                .withMessageContaining("another generator");
    }

    @Test
    void aSceneWithAnotherShapeSpaceIsRefused() {
        SceneEstimate scene = scene(0, 0, 0, 0);
        SceneEstimate other =
                new SceneEstimate(
                        scene.camera(),
                        new float[7],
                        new float[0],
                        new float[0],
                        scene.texture(),
                        scene.lighting(),
                        scene.background(),
                        1);
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(() -> stage.render(other, category(Map.of()), 16))
                .withMessageContaining("the scene has 7");
    }

    @Test
    void weightsThatCannotBeReadAreAnErrorThatNamesTheCategory() {
        byte[] none = "no weights".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(CategoryException.class)
                .isThrownBy(
                        () ->
                                stage.render(
                                        scene(0, 0, 0, 0), category(Map.of("renderer", none)), 16))
                .withMessageContaining("Category thing 2.3.4")
                .withMessageContaining("not a safetensors file");
    }

    @Test
    void picturesOfNothingAreRefused() {
        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> stage.render(scene(0, 0, 0, 0), category(Map.of()), 0));
    }

    private CategoryModel category(Map<String, byte[]> others) {
        Map<String, byte[]> weights = new HashMap<>();
        weights.put("generator", generator(0));
        weights.put("renderer", renderer());
        weights.putAll(others);
        return new WeightsOnly(
                Integer.toHexString(
                        31 * Arrays.hashCode(weights.get("generator"))
                                + Arrays.hashCode(weights.get("renderer"))),
                weights);
    }

    private byte[] generator(float wMean) {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 1);
            parameters.constant(StyleGenerator.W_MEAN, wMean, 8);
            new StyleGenerator(parameters, new GeneratorShape(6, 8, 2, List.of(8, 6, 4)));
            return parameters.write(true);
        }
    }

    private byte[] renderer() {
        try (NDManager manager = runtime.newManager()) {
            Parameters parameters = Parameters.random(manager, 2);
            new RendererNetwork(parameters, new RendererShape(6, 2, 8, 8, 2));
            float[] identity = new float[8 * 8];
            for (int i = 0; i < 8; i++) {
                identity[9 * i] = 2;
            }
            NDArray basis = parameters.arrays().get(StyleSpace.BASIS);
            basis.set(identity);
            return parameters.write(true);
        }
    }

    private static SceneEstimate scene(
            float azimuthDeg, float shape, int textureGrey, int backgroundGrey) {
        return new SceneEstimate(
                new OrbitCamera(azimuthDeg, 10, 0, 8, 3, 0, 0, new Vector3f(0, 1, 0)),
                new float[] {shape, -shape},
                new float[0],
                new float[0],
                Optional.of(grey(textureGrey)),
                ShLighting.uniform(),
                Optional.of(grey(backgroundGrey)),
                1);
    }

    private static Image grey(int value) {
        byte[] rgba = new byte[4 * 16 * 16];
        Arrays.fill(rgba, (byte) value);
        return new Image(16, 16, rgba);
    }
}
