/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.ViewFinder.View;
import org.inverso.training.internal.FeatureCloud;
import org.inverso.training.inverse.SphereCategory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeneratorFileTest {

    private static final GeneratorShape SHAPE = new GeneratorShape(4, 3, 1, List.of(4, 4));
    private static final float[] FINGERPRINT = {0.5f, -1};
    private static final FeatureCloud REFERENCE =
            new FeatureCloud(new float[][] {{1, 2}, {3, 4}, {5, 6}});

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;
    private byte[] bare;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        Parameters fresh = Parameters.random(manager, 1);
        new StyleGenerator(fresh, SHAPE);
        bare = fresh.write(true);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aCategoryWithoutAGeneratorSaysHowToTrainOne() {
        CategoryModel bare =
                new SphereCategory(
                        new CategoryLoader()
                                .load(
                                        Path.of(
                                                "..",
                                                "org.inverso.category.car",
                                                "src/main/resources")));
        assertThatThrownBy(() -> GeneratorFile.of(bare))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("train " + bare.id() + " --stage gan");
    }

    @Test
    void theGeneratorReadsItsViewCodes() {
        List<View> views =
                List.of(
                        new View(new float[] {1, 2, 3}, -90, 5, 10),
                        new View(new float[] {4, 5, 6}, 30, 5, 10));
        byte[] file = GeneratorFile.with(manager, bare, views, 2, REFERENCE, FINGERPRINT);
        Parameters read = Parameters.read(manager, file);
        assertThat(new StyleGenerator(read).shape()).isEqualTo(SHAPE);
        assertThat(ViewCodes.of(read, SHAPE).orElseThrow().azimuths()).containsExactly(-90.0, 30.0);
        assertThat(read.arrays().get(ViewCodes.STYLES).toFloatArray())
                .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    }

    @Test
    void newViewCodesTakeThePlaceOfTheOldOnes() {
        List<View> one = List.of(new View(new float[] {1, 2, 3}, -90, 5, 10));
        byte[] first = GeneratorFile.with(manager, bare, one, 2, REFERENCE, FINGERPRINT);
        byte[] second = GeneratorFile.with(manager, first, List.of(), 1, REFERENCE, FINGERPRINT);
        assertThat(ViewCodes.of(Parameters.read(manager, second), SHAPE)).isEmpty();
    }

    @Test
    void featuresComeBackForTheSameRecognizerOnly() {
        byte[] file = GeneratorFile.with(manager, bare, List.of(), 1, REFERENCE, FINGERPRINT);
        Parameters read = Parameters.read(manager, file);
        FeatureCloud known = GeneratorFile.reference(read, FINGERPRINT).orElseThrow();
        assertThat(known.features()).hasDimensions(3, 2);
        assertThat(known.features()[2]).containsExactly(new float[] {5, 6}, within(1e-3f));
        assertThat(GeneratorFile.reference(read, new float[] {0.5f, -2})).isEmpty();
        assertThat(GeneratorFile.reference(Parameters.read(manager, bare), FINGERPRINT)).isEmpty();
    }
}
