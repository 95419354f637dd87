/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.geometry.ShapeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CategoryLoaderTest {

    private static final int WHEELS = 4;

    @TempDir Path folder;

    @Test
    void carOfThisRepositoryLoads() {
        CategoryModel car = new CategoryLoader().load(CarFiles.FOLDER);

        assertThat(car.id()).isEqualTo("car");
        assertThat(car.clips()).containsExactly("drive", "steer", "indicators", "lights");
        assertThat(car.licence()).isEqualTo("Apache-2.0");
        assertThat(car.provenance()).isNotEmpty();
        assertThat(car.colors()).containsOnlyKeys("paint");
        assertThat(car.colors().get("paint")).containsKeys("white", "black").hasSize(12);
        assertThat(car.poseParameters())
                .extracting(PoseParameter::name)
                .containsExactly(ShapeModel.STEERING);
        assertThat(car.template().shapeCount()).isGreaterThanOrEqualTo(24);
        assertThat(car.template().parts())
                .filteredOn(part -> part.role().equals("wheel"))
                .hasSize(WHEELS)
                .allMatch(part -> part.pivot().isPresent() && part.axle().isPresent());
        assertThat(car.template().parts()).filteredOn(Part::steers).hasSize(2);
        assertThat(car.template().mirrorVertex()).hasSize(car.template().vertexCount());
        assertThat(car.weightNames())
                .allSatisfy(name -> assertThat(car.weights(name)).isNotEmpty());
    }

    @Test
    void carsOfThePriorStandOnTheGroundAndHaveTheSizeOfCars() {
        CategoryModel car = new CategoryLoader().load(CarFiles.FOLDER);
        ShapeModel model = new ShapeModel(car);
        float[] vertices = new float[3 * model.vertexCount()];
        for (ShapePrior.Component component : car.shapePrior().components()) {
            model.vertices(component.mean(), new float[model.poseCount()], null, vertices);
            float[] min = {9, 9, 9};
            float[] max = {-9, -9, -9};
            for (int i = 0; i < vertices.length; i++) {
                min[i % 3] = Math.min(min[i % 3], vertices[i]);
                max[i % 3] = Math.max(max[i % 3], vertices[i]);
            }
            assertThat(min[1]).as(component.name()).isCloseTo(0, within(0.02f));
            assertThat(max[1]).as(component.name()).isBetween(1f, 2.8f);
            assertThat(max[0]).as(component.name()).isBetween(0.7f, 1.4f);
            assertThat(max[2] - min[2]).as(component.name()).isBetween(2.4f, 7f);
        }
        assertThat(car.shapePrior().components().stream().mapToDouble(c -> c.weight()).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void weightsAreReadWhenAskedFor() throws IOException {
        CarFiles files = CarFiles.create();
        CategoryModel car = new CategoryLoader().load(files.write(folder));

        Path weights = folder.resolve("weights/encoder.safetensors");
        assertThat(car.weightNames()).containsExactly("encoder");
        assertThat(car.weights("encoder")).isEqualTo(Files.readAllBytes(weights));

        byte[] others = Files.readAllBytes(weights);
        others[others.length - 1]++;
        Files.write(weights, others);
        assertThatThrownBy(() -> car.weights("encoder"))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("have changed");
        assertThatThrownBy(() -> car.weights("decoder"))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("no weights 'decoder'");
    }

    @Test
    void hashCoversAllData(@TempDir Path other) {
        CategoryModel car = new CategoryLoader().load(CarFiles.create().write(folder));
        CategoryModel same = new CategoryLoader().load(CarFiles.create().write(other));
        assertThat(same.sha256()).isEqualTo(car.sha256()).hasSize(64);

        byte[] moreWeights = CarFiles.safetensors("{}", 0);
        CategoryModel more =
                new CategoryLoader()
                        .load(CarFiles.create().addWeights("more", moreWeights).write(other));
        assertThat(more.sha256()).isNotEqualTo(car.sha256());
    }

    @Test
    void laterMinorSchemaLoads() {
        CarFiles files = CarFiles.create();
        files.json.put("schema", "1.7").putObject("novelty").put("x", 1);
        assertThat(new CategoryLoader().load(files.write(folder)).id()).isEqualTo("car");
    }

    static Stream<Arguments> badData() {
        return Stream.of(
                bad(
                        "later major schema",
                        "schema 2.0 is not supported",
                        c -> c.json.put("schema", "2.0")),
                bad("no schema", "schema is missing", c -> c.json.remove("schema")),
                bad("id", "id '../car' is not valid", c -> c.json.put("id", "../car")),
                bad("version", "version 'new' is not valid", c -> c.json.put("version", "new")),
                bad("line break", "control characters", c -> c.json.put("label", "a\nb")),
                bad(
                        "path",
                        "template '../template.glb' is not valid",
                        c -> c.json.put("template", "../template.glb")),
                bad("absolute path", "is not valid", c -> c.json.put("template", "/etc/passwd")),
                bad("no template", "template.glb is missing", c -> c.files.remove("template.glb")),
                bad(
                        "not a template",
                        "not a GLB file",
                        c -> c.files.put("template.glb", new byte[99])),
                bad("no model card", "CARD.md is missing", c -> c.json.put("modelCard", "CARD.md")),
                bad(
                        "part twice",
                        "parts: body is there twice",
                        c ->
                                c.json.withArray("parts")
                                        .addObject()
                                        .put("name", "body")
                                        .put("role", "body")),
                bad(
                        "part absent",
                        "no node with a mesh for part wing",
                        c ->
                                c.json.withArray("parts")
                                        .addObject()
                                        .put("name", "wing")
                                        .put("role", "wing")),
                bad(
                        "axle",
                        "its axle has no direction",
                        c -> c.json.withObject("/parts/0").putArray("axle").add(0).add(0).add(0)),
                bad(
                        "target",
                        "morph targets are not the declared",
                        c -> ((ArrayNode) c.json.at("/shape/targets")).set(0, "nonsense")),
                bad(
                        "limits",
                        "max is not a list of",
                        c -> ((ArrayNode) c.json.at("/shape/limits/max")).remove(0)),
                bad(
                        "limit",
                        "min is missing or not a number",
                        c -> ((ArrayNode) c.json.at("/shape/limits/min")).set(0, "low")),
                bad(
                        "limits crossed",
                        "min is above max at 0",
                        c -> ((ArrayNode) c.json.at("/shape/limits/min")).set(0, 1000)),
                bad(
                        "prior",
                        "weights add up to",
                        c -> c.json.withObject("/shape/prior/components/0").put("weight", 0.9)),
                bad(
                        "std",
                        "negative std",
                        c -> ((ArrayNode) c.json.at("/shape/prior/components/0/std")).set(0, -1)),
                bad(
                        "pose",
                        "no part turns by the pose parameter neck",
                        c ->
                                c.json.withArray("pose")
                                        .addObject()
                                        .put("name", "neck")
                                        .put("min", 0)
                                        .put("max", 1)),
                bad(
                        "symmetry",
                        "symmetry.plane must be x",
                        c -> c.json.putObject("symmetry").put("plane", "z")),
                bad(
                        "weights absent",
                        "weights/encoder.safetensors is missing",
                        c -> c.files.remove("weights/encoder.safetensors")),
                bad(
                        "weights longer",
                        "has more than",
                        c -> c.files.put("weights/encoder.safetensors", new byte[1000])),
                bad(
                        "weights shorter",
                        "bytes, not",
                        c -> c.files.put("weights/encoder.safetensors", new byte[10])),
                bad(
                        "hash",
                        "SHA-256 is not the declared one",
                        c -> c.json.withObject("/weights/0").put("sha256", "0".repeat(64))),
                bad(
                        "header",
                        "not safetensors: its header's length",
                        c -> c.addWeights("x", new byte[100])),
                bad(
                        "tensor",
                        "a tensor lies outside",
                        c ->
                                c.addWeights(
                                        "x",
                                        CarFiles.safetensors(
                                                "{\"w\":{\"data_offsets\":[0,9]}}", 8))),
                bad(
                        "shape of a tensor",
                        "tensor w of shape [3] does not have 8 bytes",
                        c -> c.addWeights("x", CarFiles.tensor("w", 3, new float[2]))),
                bad(
                        "gap between tensors",
                        "its last 4 bytes belong to no tensor",
                        c -> {
                            byte[] whole = CarFiles.tensor("w", 2, new float[2]);
                            c.addWeights("x", Arrays.copyOf(whole, whole.length + 4));
                        }),
                bad(
                        "weights of another shape",
                        "weights disentangler: shape.bias has the shape [35], but the category"
                                + " needs [36]; train it again",
                        c ->
                                c.addWeights(
                                        "disentangler",
                                        CarFiles.tensor("shape.bias", 35, new float[35]))),
                bad(
                        "weights of another pose",
                        "pose.bias has the shape [2], but the category needs [1]",
                        c ->
                                c.addWeights(
                                        "disentangler",
                                        CarFiles.tensor("pose.bias", 2, new float[2]))),
                bad(
                        "weights not finite",
                        "weights x: tensor w holds a number that is not finite",
                        c ->
                                c.addWeights(
                                        "x", CarFiles.tensor("w", 2, new float[] {1, Float.NaN}))),
                bad(
                        "half weights not finite",
                        "weights x: tensor w holds a number that is not finite",
                        c ->
                                c.addWeights(
                                        "x",
                                        CarFiles.safetensors(
                                                "{\"w\":{\"dtype\":\"F16\",\"shape\":[1],"
                                                        + "\"data_offsets\":[0,2]}}",
                                                new byte[] {0, 0x7c}))),
                bad(
                        "vertex not finite",
                        "holds a number that is not finite",
                        CarFiles::spoilVertex),
                bad(
                        "colour of no material",
                        "the material 'wood' is not declared",
                        c ->
                                c.json.withObject("/colors/wood")
                                        .putArray("oak")
                                        .add(1)
                                        .add(1)
                                        .add(1)),
                bad(
                        "colour out of range",
                        "the colour of white is not from 0 to 1",
                        c ->
                                c.json.withObject("/colors/paint")
                                        .putArray("white")
                                        .add(1)
                                        .add(1)
                                        .add(2)),
                bad("colours as a list", "colors is not an object", c -> c.json.putArray("colors")),
                bad(
                        "huge weights",
                        "has more than 268435456 bytes",
                        c -> c.json.withObject("/weights/0").put("bytes", 300 << 20)));
    }

    private static Arguments bad(String name, String message, Consumer<CarFiles> how) {
        return Arguments.of(name, message, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badData(String name, String message, Consumer<CarFiles> how) {
        CarFiles files = CarFiles.create();
        how.accept(files);
        files.write(folder);

        assertThatThrownBy(() -> new CategoryLoader().load(folder))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void damagedJson() throws IOException {
        CarFiles.create().write(folder);
        for (String json : List.of("", "[]", "{\"schema\":", "nul", "{\"a\":1,\"a\":2}")) {
            Files.writeString(folder.resolve("category.json"), json);
            assertThatThrownBy(() -> new CategoryLoader().load(folder))
                    .as(json)
                    .isInstanceOf(CategoryException.class)
                    .hasMessageStartingWith("category.json: ")
                    .message()
                    .doesNotContain("\n");
        }
    }
}
