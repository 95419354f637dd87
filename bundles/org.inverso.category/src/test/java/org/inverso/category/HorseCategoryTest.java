/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.junit.jupiter.api.Test;

/** The horse in the repository is one that the reader takes: skinned, symmetric, with its clips. */
class HorseCategoryTest {

    private static final Path FOLDER = Path.of("../org.inverso.category.horse/src/main/resources");

    @Test
    void readerTakesIt() {
        CategoryModel horse = new CategoryLoader().load(FOLDER);

        TemplateMesh template = horse.template();
        assertThat(template.faceCount()).isBetween(3_000, 15_000);
        assertThat(template.shapeCount()).isGreaterThanOrEqualTo(24);
        assertThat(template.skin()).isPresent();
        assertThat(template.mirrorVertex()).hasSize(template.vertexCount());
        assertThat(horse.clips()).containsExactly("idle", "walk", "trot", "gallop");
        assertThat(horse.coats()).extracting(Coat::name).contains("bay", "chestnut", "zebra");
    }

    @Test
    void allPartsStandOnTheGroundAndFaceForwards() {
        TemplateMesh template = new CategoryLoader().load(FOLDER).template();

        for (String hoof : new String[] {"hoof_fl", "hoof_fr", "hoof_rl", "hoof_rr"}) {
            assertThat(bound(template, hoof, 1, -1)).as(hoof).isBetween(-0.003, 0.003);
        }
        assertThat(bound(template, "head", 2, -1)).isGreaterThan(bound(template, "body", 2, 1));
        assertThat(bound(template, "eye_l", 0, -1)).isPositive();
    }

    @Test
    void descriptorFitsTheSchema() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream schema = getClass().getResourceAsStream("/category.schema.json")) {
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

    /** The largest (sign 1) or smallest (sign -1) coordinate of a part, metres. */
    private static double bound(TemplateMesh template, String name, int axis, int sign) {
        Part part =
                template.parts().stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        int first = part.firstVertex();
        return sign
                * IntStream.range(first, first + part.vertexCount())
                        .mapToDouble(v -> sign * template.positions()[3 * v + axis])
                        .max()
                        .orElseThrow();
    }
}
