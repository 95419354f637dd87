/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StyleGeneratorTest {

    private static final GeneratorShape TINY = new GeneratorShape(6, 8, 2, List.of(8, 6, 4));

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    private Parameters parameters;
    private StyleGenerator generator;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        parameters = Parameters.random(manager, 1);
        generator = new StyleGenerator(parameters, TINY);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void sizesAreReadFromTheWeights() {
        Parameters read = Parameters.read(manager, parameters.write(true));
        assertThat(GeneratorShape.of(read)).isEqualTo(TINY);
        assertThat(TINY.resolution()).isEqualTo(16);
        assertThat(TINY.styles()).isEqualTo(6);
        assertThat(GeneratorShape.at(64)).isEqualTo(GeneratorShape.DEFAULT);
        assertThat(GeneratorShape.at(256).channels()).containsExactly(128, 128, 64, 48, 16, 8, 8);
        assertThatIllegalArgumentException().isThrownBy(() -> GeneratorShape.at(48));
    }

    @Test
    void eachEntryPointHasItsShape() {
        NDArray z = z(5);
        NDArray w = generator.w(z);
        assertThat(w.getShape()).isEqualTo(new Shape(5, 8));
        NDArray wPlus = generator.wPlus(w);
        assertThat(wPlus.getShape()).isEqualTo(new Shape(5, 6, 8));
        NDArray pictures = generator.pictures(wPlus, noise(5));
        assertThat(pictures.getShape()).isEqualTo(new Shape(5, 3, 16, 16));
        assertThat(generator.pictures(z, 1, noise(5)).toFloatArray())
                .containsExactly(pictures.toFloatArray(), within(1e-5f));
    }

    @Test
    void theSameSeedDrawsTheSamePicture() {
        float[] first = generator.pictures(z(2), 0.7, noise(2)).toFloatArray();
        assertThat(generator.pictures(z(2), 0.7, noise(2)).toFloatArray()).containsExactly(first);
    }

    @Test
    void theLengthOfZDoesNotMatter() {
        float[] w = generator.w(z(1)).toFloatArray();
        assertThat(generator.w(z(1).mul(7)).toFloatArray()).containsExactly(w, within(1e-5f));
    }

    @Test
    void truncationGoesFromTheMeanToW() {
        generator.measureMean(manager);
        float[] mean = parameters.arrays().get(StyleGenerator.W_MEAN).toFloatArray();
        float[] w = generator.w(z(1)).toFloatArray();
        assertThat(mean).isNotEqualTo(new float[mean.length]);
        assertThat(generator.truncated(generator.w(z(1)), 0).toFloatArray())
                .containsExactly(mean, within(1e-6f));
        assertThat(generator.truncated(generator.w(z(1)), 1).toFloatArray()).containsExactly(w);
        float[] half = generator.truncated(generator.w(z(1)), 0.5).toFloatArray();
        for (int i = 0; i < half.length; i++) {
            assertThat(half[i]).isCloseTo((mean[i] + w[i]) / 2, within(1e-6f));
        }
    }

    @Test
    void aStyleChangesItsOwnLayerAndLaterOnesOnly() {
        // The colours of a block take the style of the next convolution: style l reaches the sum
        // from the block of its layer on, and no earlier colours.
        NDArray wPlus = generator.wPlus(generator.w(z(1)));
        NDArray changed = wPlus.duplicate();
        changed.set(new NDIndex(":, 5:"), changed.get(":, 5:").add(1));
        float[] first = generator.pictures(wPlus, noise(1)).toFloatArray();
        float[] second = generator.pictures(changed, noise(1)).toFloatArray();
        assertThat(second).isNotEqualTo(first);
        // The last style belongs to the last colours alone: what it changes is linear in it.
        NDArray twice = wPlus.duplicate();
        twice.set(new NDIndex(":, 5:"), twice.get(":, 5:").add(2));
        float[] third = generator.pictures(twice, noise(1)).toFloatArray();
        for (int i = 0; i < first.length; i++) {
            assertThat(third[i] - first[i]).isCloseTo(2 * (second[i] - first[i]), within(1e-3f));
        }
    }

    @Test
    void noiseHasNoEffectUntilItsStrengthIsLearned() {
        NDArray wPlus = generator.wPlus(generator.w(z(1)));
        List<NDArray> other = LayerNoise.of(manager, TINY, 1, new SplittableRandom(99));
        float[] first = generator.pictures(wPlus, noise(1)).toFloatArray();
        assertThat(generator.pictures(wPlus, other).toFloatArray()).containsExactly(first);
        parameters.arrays().get("synthesis.16.conv1.noise").set(new float[] {0.5f});
        assertThat(generator.pictures(wPlus, other).toFloatArray())
                .isNotEqualTo(generator.pictures(wPlus, noise(1)).toFloatArray());
    }

    @Test
    void aViewCodeReplacesTheFirstStyles() {
        parameters.weight(ViewCodes.STYLES, 1, 1, 2, 3, 8);
        parameters.constant(ViewCodes.AZIMUTHS, 30, 2);
        ViewCodes views = ViewCodes.of(parameters, TINY).orElseThrow();
        assertThat(views.azimuths()).containsExactly(30.0, 30.0);
        NDArray wPlus = generator.wPlus(generator.w(z(2)));
        NDArray seen = views.apply(wPlus, 1);
        assertThat(seen.getShape()).isEqualTo(wPlus.getShape());
        float[] codes = parameters.arrays().get(ViewCodes.STYLES).toFloatArray();
        float[] before = wPlus.toFloatArray();
        float[] after = seen.toFloatArray();
        for (int i = 0; i < after.length; i++) {
            int layer = i / 8 % 6;
            assertThat(after[i])
                    .isEqualTo(layer < 3 ? codes[3 * 8 + layer * 8 + i % 8] : before[i]);
        }
    }

    private NDArray z(int samples) {
        return LayerNoise.normal(manager, new SplittableRandom(7), samples, TINY.zSize());
    }

    private List<NDArray> noise(int samples) {
        return LayerNoise.of(manager, TINY, samples, new SplittableRandom(8));
    }
}
