/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.GltfAssetReader;
import org.inverso.imaging.ImageIoImaging;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

/** A headlight whose glow a clip shows casts light where readers know how; elsewhere it glows. */
class LampTest {

    private static final int GLOW = 2;

    private final ImageIoImaging imaging = new ImageIoImaging();
    private final byte[] glb = new GlbExporter(imaging).export(lamp(0));
    private final JsonNode json = json(glb);

    private static JsonNode json(byte[] file) {
        try {
            int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
            return new ObjectMapper().readTree(file, 20, length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Asset lamp(float shown) {
        Asset.Primitive triangle =
                new Asset.Primitive(
                        new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0},
                        new float[] {0, 0, 1, 0, 0, 1, 0, 0, 1},
                        new float[6],
                        new int[] {0, 1, 2},
                        0);
        Asset.Material material =
                new Asset.Material(
                        "lens", new float[] {1, 1, 1, 1}, -1, 0, 1, new float[3], 1, 0, 0, false);
        Asset.Node glow =
                new Asset.Node(
                        "headlight_l_glow",
                        1,
                        new Vector3f(0.5f, 0.6f, 2),
                        new Quaternionf(),
                        new Vector3f(shown),
                        1,
                        Asset.NONE,
                        Map.of("role", "glow"));
        return new Asset(
                "car",
                List.of(node("car", -1, -1, "root"), node("headlight_l", 0, 0, "headlight"), glow),
                List.of(
                        new Asset.Mesh("headlight_l", List.of(triangle)),
                        new Asset.Mesh("headlight_l_glow", List.of(triangle))),
                List.of(material),
                List.of(),
                List.of(
                        new Asset.Clip(
                                "lights",
                                List.of(
                                        new Asset.Channel(
                                                GLOW,
                                                "scale",
                                                new float[] {0, 1, 2},
                                                new float[] {1, 1, 1, 0, 0, 0, 1, 1, 1},
                                                Asset.Interpolation.STEP)))),
                Map.of());
    }

    private static Asset.Node node(String name, int parent, int mesh, String role) {
        return new Asset.Node(
                name, parent, new Vector3f(), new Quaternionf(), mesh, Map.of("role", role));
    }

    @Test
    void lightIsWhereTheGlowIsAndShinesForwards() {
        JsonNode node = json.at("/nodes/3");
        assertThat(node.path("name").asText()).isEqualTo("headlight_l_glow_light");
        assertThat(json.at("/nodes/1/children").toString()).isEqualTo("[2,3]");
        assertThat(node.path("translation").toString()).isEqualTo("[0.5,0.6,2.0]");
        Quaternionf turned = new Quaternionf(0, (float) node.at("/rotation/1").asDouble(), 0, 0);
        assertThat(turned.transform(new Vector3f(0, 0, -1)).distance(0, 0, 1)).isLessThan(1e-6f);
        assertThat(json.at("/extensions/KHR_lights_punctual/lights/0/type").asText())
                .isEqualTo("spot");
    }

    @Test
    void lightIsDarkUntilTheClipRaisesIt() {
        assertThat(json.at("/extensions/KHR_lights_punctual/lights/0/intensity").asDouble())
                .isZero();
        JsonNode channels = json.at("/animations/0/channels");
        assertThat(channels).hasSize(2);
        assertThat(channels.at("/0/target").toString())
                .isEqualTo("{\"node\":2,\"path\":\"scale\"}");
        assertThat(channels.at("/1/target/path").asText()).isEqualTo("pointer");
        assertThat(channels.at("/1/target/extensions/KHR_animation_pointer/pointer").asText())
                .isEqualTo("/extensions/KHR_lights_punctual/lights/0/intensity");
        JsonNode sampler = json.at("/animations/0/samplers/1");
        assertThat(sampler.path("interpolation").asText()).isEqualTo("STEP");
        JsonNode output = json.path("accessors").path(sampler.path("output").asInt());
        assertThat(output.path("type").asText()).isEqualTo("SCALAR");
        assertThat(output.path("count").asInt()).isEqualTo(3);
    }

    @Test
    void noReaderHasToKnowTheExtensions() {
        assertThat(json.path("extensionsUsed").toString())
                .isEqualTo("[\"KHR_animation_pointer\",\"KHR_lights_punctual\"]");
        assertThat(json.has("extensionsRequired")).isFalse();
    }

    @Test
    void lampThatIsOnShines() {
        assertThat(
                        json(new GlbExporter(imaging).export(lamp(1)))
                                .at("/extensions/KHR_lights_punctual/lights/0/intensity")
                                .asDouble())
                .isPositive();
    }

    @Test
    void readingAndWritingDoesNotDoubleTheLights() {
        GltfAssetReader.Contents contents = new GltfAssetReader(imaging).read("car.glb", glb);

        assertThat(contents.lost()).isEmpty();
        assertThat(contents.asset().nodes()).hasSize(3);
        assertThat(new GlbExporter(imaging).export(contents.asset())).isEqualTo(glb);
    }
}
