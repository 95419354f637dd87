/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.Part;
import org.inverso.api.category.ShapePrior;
import org.inverso.geometry.ShapeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template of birds: what its authoring script promises, seen through the reader. */
class BirdTemplateTest {

    private static final Path FOLDER = Path.of("../org.inverso.category.bird/src/main/resources");
    private static final CategoryModel BIRD = new CategoryLoader().load(FOLDER);
    private static final ShapeModel SHAPES = new ShapeModel(BIRD);

    static Iterable<ShapePrior.Component> builds() {
        return BIRD.shapePrior().components();
    }

    @Test
    void descriptorFitsTheSchema() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream schema =
                CategoryLoader.class.getResourceAsStream("/category.schema.json")) {
            assertThat(
                            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                    .getSchema(mapper.readTree(schema))
                                    .validate(
                                            mapper.readTree(
                                                    Files.readAllBytes(
                                                            FOLDER.resolve("category.json")))))
                    .isEmpty();
        }
    }

    @Test
    void clipsAreThere() {
        assertThat(BIRD.clips()).containsExactly("idle", "hop", "flap", "glide");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyBuildStandsOnTheGround(ShapePrior.Component build) {
        float[] v = vertices(build, new float[SHAPES.poseCount()]);

        float low = Float.MAX_VALUE;
        for (Part part : BIRD.template().parts()) {
            if (part.role().equals("foot")) {
                for (int i = 0; i < part.vertexCount(); i++) {
                    low = Math.min(low, v[3 * (part.firstVertex() + i) + 1]);
                }
            }
        }
        assertThat(low).isCloseTo(0, within(0.004f));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void wingsFoldAndSpreadByPose(ShapePrior.Component build) {
        float folded = span(vertices(build, pose("standing")));
        float spread = span(vertices(build, pose("gliding")));

        assertThat(folded).isLessThan(0.45f * spread);
    }

    /** From a tenth on, the refiner tries a pose whatever the networks say. */
    @ParameterizedTest
    @ValueSource(strings = {"standing", "perched"})
    void mostBirdsStandOrPerch(String name) {
        assertThat(BIRD.poses())
                .filteredOn(pose -> pose.name().equals(name))
                .singleElement()
                .satisfies(pose -> assertThat(pose.weight()).isGreaterThanOrEqualTo(0.1));
    }

    @Test
    void equalValuesOfBothSidesPoseInMirrorImage() {
        float[] v = vertices(BIRD.shapePrior().components().get(0), pose("flap_up"));

        int[] mirror = BIRD.template().mirrorVertex();
        for (int i = 0; i < mirror.length; i++) {
            assertThat(v[3 * mirror[i]]).isCloseTo(-v[3 * i], within(1e-4f));
            assertThat(v[3 * mirror[i] + 1]).isCloseTo(v[3 * i + 1], within(1e-4f));
            assertThat(v[3 * mirror[i] + 2]).isCloseTo(v[3 * i + 2], within(1e-4f));
        }
    }

    private static float[] vertices(ShapePrior.Component build, float[] pose) {
        return SHAPES.vertices(build.mean(), pose, null, new float[3 * SHAPES.vertexCount()]);
    }

    private static float[] pose(String name) {
        return BIRD.poses().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .map(NamedPose::values)
                .orElseThrow();
    }

    /** From wing tip to wing tip, metres. */
    private static float span(float[] v) {
        float wide = 0;
        for (int i = 0; i < v.length; i += 3) {
            wide = Math.max(wide, v[i]);
        }
        return 2 * wide;
    }
}
