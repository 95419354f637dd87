/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.GltfAssetReader;
import org.inverso.imaging.ImageIoImaging;
import org.junit.jupiter.api.Test;

/** Shape keys as morph targets. */
class ShapeKeyTest {

    private static final int BODY = 1;

    private final ImageIoImaging imaging = new ImageIoImaging();
    private final GlbExporter exporter = new GlbExporter(imaging);
    private final SmallAsset plain = SmallAsset.create();
    private final SmallAsset keyed = SmallAsset.create();

    ShapeKeyTest() {
        Random random = new Random(3);
        keyed.meshes.set(
                BODY,
                withKeys(
                        plain.meshes.get(BODY),
                        key(random, "long", 0.7f),
                        key(random, "wide", -1.3f)));
    }

    private static Asset.Mesh withKeys(Asset.Mesh mesh, Asset.ShapeKey... keys) {
        return new Asset.Mesh(mesh.name(), mesh.primitives(), List.of(keys));
    }

    /** For the three squares of the body; normals stay. */
    private static Asset.ShapeKey key(Random random, String name, float weight) {
        return new Asset.ShapeKey(
                name,
                weight,
                List.of(numbers(random), numbers(random), numbers(random)),
                List.of(new float[12], new float[12], new float[12]));
    }

    private static float[] numbers(Random random) {
        float[] values = new float[12];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static JsonNode json(byte[] glb) throws Exception {
        int length = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        return new ObjectMapper().readTree(glb, 20, length);
    }

    @Test
    void targetsHaveNamesWeightsAndBounds() throws Exception {
        JsonNode json = json(exporter.export(keyed.asset()));
        JsonNode body = json.at("/meshes/0");

        assertThat(body.path("name").asText()).isEqualTo("body");
        assertThat(body.at("/extras/targetNames").toString()).isEqualTo("[\"long\",\"wide\"]");
        assertThat(body.path("weights").toString()).isEqualTo("[0.7,-1.3]");
        for (JsonNode primitive : body.path("primitives")) {
            assertThat(primitive.path("targets")).hasSize(2);
            for (JsonNode target : primitive.path("targets")) {
                JsonNode positions = json.path("accessors").get(target.path("POSITION").asInt());
                assertThat(positions.path("count").asInt()).isEqualTo(4);
                assertThat(positions.path("min")).hasSize(3);
                assertThat(positions.path("max")).hasSize(3);
                assertThat(target.has("NORMAL")).isTrue();
            }
        }
        assertThat(json.at("/meshes/1").has("weights")).isFalse();
        assertThat(json.at("/meshes/1/primitives/0").has("targets")).isFalse();
    }

    @Test
    void baseAndWeightsGiveTheVerticesOfTheFileWithoutKeys() {
        GltfAssetReader.Contents with = read(exporter.export(keyed.asset()));
        GltfAssetReader.Contents without = read(exporter.export(plain.asset()));

        assertThat(without.lost()).isEmpty();
        assertThat(with.lost()).containsExactly("shape keys; the shape stays as they were set");
        List<Asset.Primitive> expected = without.asset().meshes().get(0).primitives();
        List<Asset.Primitive> read = with.asset().meshes().get(0).primitives();
        for (int p = 0; p < expected.size(); p++) {
            assertClose(read.get(p).positions(), expected.get(p).positions());
            assertClose(read.get(p).normals(), expected.get(p).normals());
        }
    }

    private static void assertClose(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        float worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - expected[i]));
        }
        assertThat(worst).isLessThan(1e-5f);
    }

    private GltfAssetReader.Contents read(byte[] glb) {
        return new GltfAssetReader(imaging).read("small.glb", glb);
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        assertThat(exporter.export(keyed.asset())).isEqualTo(exporter.export(keyed.asset()));
    }

    @Test
    void keysThatDoNotFitAreRefused() {
        Asset.ShapeKey good = keyed.meshes.get(BODY).shapeKeys().get(0);
        Asset.ShapeKey few =
                new Asset.ShapeKey("few", 0, good.positions().subList(0, 2), good.normals());
        Asset.ShapeKey wild =
                new Asset.ShapeKey("wild", Float.NaN, good.positions(), good.normals());

        keyed.meshes.set(BODY, withKeys(plain.meshes.get(BODY), few));
        assertThatThrownBy(() -> exporter.export(keyed.asset()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mesh body, shape key few: it does not fit the primitives");
        keyed.meshes.set(BODY, withKeys(plain.meshes.get(BODY), wild));
        assertThatThrownBy(() -> exporter.export(keyed.asset()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mesh body, shape key wild weights are not all finite");
    }
}
