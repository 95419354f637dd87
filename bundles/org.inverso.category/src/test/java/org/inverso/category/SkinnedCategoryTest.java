/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.SkinnedArm;
import org.inverso.geometry.WeldedTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Categories with a skeleton, and the schema that describes all of them. */
class SkinnedCategoryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream in = CategoryLoader.class.getResourceAsStream("/category.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void poseSpaceAndCoatsAreRead() {
        CategoryModel arm = load(arm());

        assertThat(arm.template().skin()).isPresent();
        assertThat(arm.clips()).containsExactly("wave");
        List<PoseParameter> pose = arm.poseParameters();
        assertThat(pose)
                .extracting(PoseParameter::name)
                .containsExactly("sway", "bend", "lean", "curl");
        assertThat(pose.get(0).joints())
                .containsExactly(new PoseParameter.JointShare("shoulder", 1));
        assertThat(pose.get(3).joints())
                .containsExactly(
                        new PoseParameter.JointShare("elbow", 0.5f),
                        new PoseParameter.JointShare("wrist", 1));
        assertThat(pose.get(3).axis().distance(0.6f, 0.8f, 0)).isLessThan(1e-6f);
        assertThat(pose.get(3).mean()).isZero();
        assertThat(pose.get(3).std()).isEqualTo(0.4f);
        assertThat(arm.poses()).extracting(NamedPose::name).containsExactly("straight", "bent");
        assertThat(arm.poses().get(1).values()).containsExactly(0, 0.9f, 0, 0);
        Coat striped = arm.coats().get(1);
        assertThat(striped.weight()).isEqualTo(0.5);
        assertThat(striped.colors().get("palm")).containsExactly(0.1f, 0.05f, 0.03f);
        assertThat(striped.patterns().get(0).kind()).isEqualTo(Coat.Kind.BARS);
        assertThat(striped.patterns().get(0).materials()).containsExactly("sleeve");
    }

    @Test
    void buildsNameThePosesAndCoatsThatSuitThem() {
        ObjectNode arm = arm();
        assertThat(load(arm).shapePrior().components().get(0).poses()).isEmpty();
        assertThat(load(arm).shapePrior().components().get(0).coats()).isEmpty();
        ObjectNode build = arm.withObject("/shape/prior/components/0");
        build.putArray("poses").add("bent");
        build.putArray("coats").add("striped").add("tan");

        ShapePrior.Component loaded = load(arm).shapePrior().components().get(0);

        assertThat(SCHEMA.validate(arm)).isEmpty();
        assertThat(loaded.poses()).containsExactly("bent");
        assertThat(loaded.coats()).containsExactly("striped", "tan");
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        ObjectNode arm = arm();
        ObjectNode sway = (ObjectNode) arm.at("/pose/0");
        sway.remove(List.of("mean", "std"));
        sway.put("min", 0.25).put("max", 1.75);
        arm.withObject("/coats/0").put("weight", 3);
        arm.withObject("/coats/1").remove(List.of("weight", "patterns"));

        CategoryModel loaded = load(arm);

        assertThat(loaded.poseParameters().get(0).mean()).isEqualTo(0.25f);
        assertThat(loaded.poseParameters().get(0).std()).isCloseTo(0.25f, within(1e-6f));
        assertThat(loaded.coats()).extracting(Coat::weight).containsExactly(0.75, 0.25);
        assertThat(loaded.coats().get(1).patterns()).isEmpty();
    }

    /** What the schema can express; the reader refuses it in the same way. */
    static Stream<Arguments> bad() {
        return Stream.of(
                spoil("next major", "schema 2.0 is not supported", a -> a.put("schema", "2.0")),
                spoil("no root", "root is missing", a -> a.withObject("/skeleton").remove("root")),
                spoil(
                        "both",
                        "pose.curl has both joint and joints",
                        a -> a.withObject("/pose/3").put("joint", "wrist")),
                spoil(
                        "no axis",
                        "axis is not a list of 3 numbers",
                        a -> a.withObject("/pose/1").remove("axis")),
                spoil(
                        "share",
                        "share is not from -10.0 to 10.0",
                        a -> a.withObject("/pose/3/joints/0").put("share", 11)),
                spoil(
                        "std",
                        "pose.bend.std is not from 0.0",
                        a -> a.withObject("/pose/1").put("std", -0.1)),
                spoil(
                        "pose's weight",
                        "poses.bent.weight is missing",
                        a -> a.withObject("/poses/1").remove("weight")),
                spoil(
                        "pose's values",
                        "poses.bent: values is missing",
                        a -> a.withObject("/poses/1").remove("values")),
                spoil(
                        "build's poses",
                        "poses is not a list of at most 1000",
                        a -> a.withObject("/shape/prior/components/0").put("poses", "bent")),
                spoil(
                        "build's coat twice",
                        "coats: tan is there twice",
                        a ->
                                a.withObject("/shape/prior/components/0")
                                        .putArray("coats")
                                        .add("tan")
                                        .add("tan")),
                spoil(
                        "pattern",
                        "coats.striped: no pattern is called 'checks'",
                        a -> a.withObject("/coats/1/patterns/0").put("kind", "checks")),
                spoil(
                        "colour",
                        "the colour of palm is not from 0 to 1",
                        a -> ((ArrayNode) a.at("/coats/0/colors/palm")).set(0, 255)),
                spoil(
                        "no colours",
                        "coats.tan: colors is missing",
                        a -> a.withObject("/coats/0").remove("colors")),
                spoil(
                        "amount",
                        "coats.striped.amount is not from 0.0 to 1.0",
                        a -> a.withObject("/coats/1/patterns/0").put("amount", 2)));
    }

    /** What takes more than the schema to find out. */
    static Stream<Arguments> inconsistent() {
        return Stream.of(
                spoil(
                        "root",
                        "begins with shoulder, not with hip",
                        a -> a.withObject("/skeleton").put("root", "hip")),
                spoil("rigid", "but no skeleton is declared", a -> a.remove("skeleton")),
                spoil(
                        "joint",
                        "turns the joint knee, which",
                        a -> a.withObject("/pose/0").put("joint", "knee")),
                spoil("no joint", "names no joint", a -> a.withObject("/pose/0").remove("joint")),
                spoil(
                        "joint twice",
                        "pose.curl.joints: wrist is there twice",
                        a -> a.withObject("/pose/3/joints/0").put("joint", "wrist")),
                spoil(
                        "no direction",
                        "pose.bend.axis has no direction",
                        a -> ((ArrayNode) a.at("/pose/1/axis")).set(0, 0)),
                spoil(
                        "mean",
                        "pose.bend.mean is not from -1.2 to 1.2",
                        a -> a.withObject("/pose/1").put("mean", 2)),
                spoil(
                        "pose unknown",
                        "poses.bent: no pose parameter is called knee",
                        a -> a.withObject("/poses/1/values").put("knee", 1)),
                spoil(
                        "pose beyond",
                        "poses.bent.bend is not from -1.2 to 1.2",
                        a -> a.withObject("/poses/1/values").put("bend", 1.3)),
                spoil(
                        "build's pose unknown",
                        "there is no sitting among the category's poses",
                        a ->
                                a.withObject("/shape/prior/components/0")
                                        .putArray("poses")
                                        .add("sitting")),
                spoil(
                        "build's coat unknown",
                        "there is no plaid among the category's coats",
                        a ->
                                a.withObject("/shape/prior/components/0")
                                        .putArray("coats")
                                        .add("plaid")),
                spoil(
                        "poses' weights",
                        "poses: their weights add up to 1.75",
                        a -> a.withObject("/poses/0").put("weight", 1)),
                spoil(
                        "clip",
                        "template has no animation for the clip run",
                        a -> a.withArray("clips").addObject().put("name", "run")),
                spoil(
                        "coat's material",
                        "coats.tan: the material 'fur' is not declared",
                        a -> a.withObject("/coats/0/colors").putArray("fur").add(0).add(0).add(0)),
                spoil(
                        "pattern's material",
                        "coats.striped: the material 'fur' is not declared",
                        a -> a.withObject("/coats/1/patterns/0").putArray("materials").add("fur")),
                spoil(
                        "coats' weights",
                        "coats: all have the weight 0",
                        a -> {
                            a.withObject("/coats/0").put("weight", 0);
                            a.withObject("/coats/1").put("weight", 0);
                        }));
    }

    private static Arguments spoil(String name, String message, Consumer<ObjectNode> how) {
        return Arguments.of(name, message, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bad(String name, String message, Consumer<ObjectNode> how) {
        ObjectNode arm = arm();
        how.accept(arm);

        assertRefused(message, arm);
        assertThat(SCHEMA.validate(arm)).as("the schema's view").isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void inconsistent(String name, String message, Consumer<ObjectNode> how) {
        ObjectNode arm = arm();
        how.accept(arm);

        assertRefused(message, arm);
        assertThat(SCHEMA.validate(arm)).as("the schema's view").isEmpty();
    }

    private static void assertRefused(String message, JsonNode arm) {
        assertThatThrownBy(() -> load(arm))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    static List<Path> categoriesOfThisRepository() throws IOException {
        try (Stream<Path> bundles = Files.list(Path.of(".."))) {
            return bundles.map(bundle -> bundle.resolve("src/main/resources"))
                    .filter(data -> Files.exists(data.resolve("category.json")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void categoriesOfThisRepository(Path data) throws IOException {
        JsonNode descriptor = MAPPER.readTree(Files.readAllBytes(data.resolve("category.json")));
        assertThat(SCHEMA.validate(descriptor)).isEmpty();

        CategoryModel category = new CategoryLoader().load(data);

        assertThat(category.template().mirrorVertex()).hasSize(category.template().vertexCount());
        assertThat(category.template().shapeCount()).isGreaterThanOrEqualTo(24);
        assertThat(category.template().faceCount()).isBetween(3_000, 15_000);
        assertThat(category.clips()).hasSize(4);
        assertThat(openEdges(category.template())).as("edges with one side only").isZero();
    }

    /** Edges that are not used as often in one direction as in the other. */
    private static long openEdges(TemplateMesh template) {
        WeldedTopology topology = WeldedTopology.of(template);
        Map<List<Integer>, Integer> balance = new HashMap<>();
        int[] faces = template.faces();
        for (int i = 0; i < faces.length; i++) {
            int a = topology.weldedIndex(faces[i]);
            int b = topology.weldedIndex(faces[i % 3 == 2 ? i - 2 : i + 1]);
            balance.merge(List.of(Math.min(a, b), Math.max(a, b)), a < b ? 1 : -1, Integer::sum);
        }
        return balance.entrySet().stream()
                .filter(e -> e.getValue() != 0 && !e.getKey().get(0).equals(e.getKey().get(1)))
                .count();
    }

    @Test
    void laterMinorFollowsTheSchemaAndLoads() {
        ObjectNode arm = arm();
        arm.put("schema", "1.9").putObject("novelty").put("x", 1);

        assertThat(SCHEMA.validate(arm)).isEmpty();
        assertThat(load(arm).id()).isEqualTo("arm");
    }

    private static ObjectNode arm() {
        try {
            return (ObjectNode) MAPPER.readTree(SkinnedArm.DESCRIPTOR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CategoryModel load(JsonNode descriptor) {
        Map<String, byte[]> files =
                Map.of(
                        "category.json",
                        descriptor.toString().getBytes(StandardCharsets.UTF_8),
                        "template.glb",
                        SkinnedArm.create().glb());
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }
}
