/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.GltfTemplateReader;
import org.inverso.geometry.TemplateDeclaration;
import org.inverso.imaging.ImageIoImaging;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GlbExporterTest {

    private final GlbExporter exporter = new GlbExporter(new ImageIoImaging());

    /** A GLB file taken apart again. */
    private record Glb(JsonNode json, ByteBuffer data) {

        static Glb of(byte[] file) throws IOException {
            ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(in.getInt()).isEqualTo(0x46546c67);
            assertThat(in.getInt()).isEqualTo(2);
            assertThat(in.getInt()).isEqualTo(file.length);
            int jsonLength = in.getInt();
            assertThat(jsonLength % 4).isZero();
            assertThat(in.getInt()).isEqualTo(0x4e4f534a);
            JsonNode json = new ObjectMapper().readTree(file, 20, jsonLength);
            in.position(20 + jsonLength);
            int dataLength = in.getInt();
            assertThat(dataLength % 4).isZero();
            assertThat(in.getInt()).isEqualTo(0x004e4942);
            assertThat(in.remaining()).isEqualTo(dataLength);
            assertThat(json.at("/buffers/0/byteLength").intValue()).isEqualTo(dataLength);
            return new Glb(json, in.slice().order(ByteOrder.LITTLE_ENDIAN));
        }

        float[] floats(int accessor) {
            JsonNode a = json.path("accessors").path(accessor);
            JsonNode view = json.path("bufferViews").path(a.get("bufferView").intValue());
            String type = a.get("type").asText();
            int components = type.equals("SCALAR") ? 1 : type.charAt(3) - '0';
            float[] values = new float[components * a.get("count").intValue()];
            int at = view.get("byteOffset").intValue() + a.get("byteOffset").intValue();
            for (int i = 0; i < values.length; i++) {
                values[i] = data.getFloat(at + 4 * i);
            }
            return values;
        }
    }

    private Glb export(SmallAsset asset) throws IOException {
        return Glb.of(exporter.export(asset.asset()));
    }

    @Test
    void nodesKeepTreeTransformsAndExtras() throws IOException {
        JsonNode json = export(SmallAsset.create()).json();

        assertThat(json.at("/asset/version").asText()).isEqualTo("2.0");
        assertThat(json.at("/asset/generator").asText()).isEqualTo("Inverso");
        assertThat(json.at("/asset/extras/input").asText()).isEqualTo("photo.jpg");
        assertThat(json.at("/scenes/0/nodes").toString()).isEqualTo("[0]");
        assertThat(json.at("/nodes/0/children").toString()).isEqualTo("[1,2,3]");
        assertThat(json.at("/nodes/0").has("translation")).isFalse();
        assertThat(json.at("/nodes/2/name").asText()).isEqualTo("wheel_l");
        assertThat(json.at("/nodes/2/translation/0").floatValue()).isEqualTo(0.7f);
        assertThat(json.at("/nodes/2/rotation/1").doubleValue())
                .isCloseTo(Math.sin(0.15), within(1e-6));
        assertThat(json.at("/nodes/2/extras").toString())
                .isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"role\":\"wheel\"}");
        assertThat(json.at("/nodes/2/mesh")).isEqualTo(json.at("/nodes/3/mesh"));
    }

    @Test
    void onlyWhatIsUsedIsWritten() throws IOException {
        JsonNode json = export(SmallAsset.create()).json();

        assertThat(names(json, "meshes")).containsExactly("body", "wheel");
        assertThat(names(json, "materials")).containsExactly("paint", "glass", "lamp", "dial");
        assertThat(names(json, "images")).containsExactly("albedo");
        assertThat(json.at("/meshes/0/primitives/0/attributes").has("TEXCOORD_0")).isTrue();
        assertThat(json.at("/meshes/0/primitives/1/attributes").has("TEXCOORD_0")).isFalse();
        assertThat(json.findValues("bufferView").stream().map(JsonNode::intValue).distinct())
                .hasSize(json.path("bufferViews").size());
    }

    private static List<String> names(JsonNode json, String array) {
        List<String> names = new ArrayList<>();
        json.path(array).forEach(n -> names.add(n.path("name").asText()));
        return names;
    }

    @Test
    void boundsAreExactAndNormalsUnit() throws IOException {
        Glb glb = export(SmallAsset.create());
        JsonNode primitive = glb.json().at("/meshes/0/primitives/1");
        int position = primitive.at("/attributes/POSITION").intValue();
        JsonNode accessor = glb.json().path("accessors").path(position);

        assertThat(glb.floats(position)).containsExactly(SmallAsset.square(0.7f, 0).positions());
        assertThat(accessor.at("/min/0").doubleValue()).isEqualTo(-0.1f);
        assertThat(accessor.at("/max/0").doubleValue()).isEqualTo(0.1f);
        assertThat(accessor.at("/max/1").doubleValue()).isEqualTo(0.7f);
        assertThat(glb.floats(primitive.at("/attributes/NORMAL").intValue()))
                .containsExactly(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    }

    @Test
    void materialsUseExtensionsOnlyWhereNeeded() throws IOException {
        JsonNode json = export(SmallAsset.create()).json();

        assertThat(json.get("extensionsUsed").toString())
                .isEqualTo(
                        "[\"KHR_materials_clearcoat\",\"KHR_materials_emissive_strength\","
                                + "\"KHR_xmp_json_ld\"]");
        assertThat(json.has("extensionsRequired")).isFalse();
        JsonNode paint = json.at("/materials/0");
        assertThat(paint.at("/extensions/KHR_materials_clearcoat/clearcoatFactor").floatValue())
                .isEqualTo(0.75f);
        assertThat(paint.has("alphaMode")).isFalse();
        JsonNode glass = json.at("/materials/1");
        assertThat(glass.get("alphaMode").asText()).isEqualTo("BLEND");
        assertThat(glass.get("doubleSided").asBoolean()).isTrue();
        assertThat(glass.has("extensions")).isFalse();
        JsonNode lamp = json.at("/materials/2");
        assertThat(lamp.get("emissiveFactor").toString()).isEqualTo("[1.0,0.5,0.0]");
        assertThat(
                        lamp.at("/extensions/KHR_materials_emissive_strength/emissiveStrength")
                                .floatValue())
                .isEqualTo(6);
        assertThat(json.at("/materials/3").has("extensions")).isFalse();

        SmallAsset plain = SmallAsset.create();
        plain.meshes.set(1, new Asset.Mesh("body", List.of(SmallAsset.square(0, 2))));
        plain.provenance.clear();
        assertThat(export(plain).json().has("extensionsUsed")).isFalse();
        assertThat(export(plain).json().has("textures")).isFalse();
    }

    @Test
    void variantsMapPrimitivesToTheirMaterials() throws IOException {
        SmallAsset asset = SmallAsset.create();
        asset.variants.add(new Asset.Variant("dark", Map.of(1, 0, 3, 0)));
        asset.variants.add(new Asset.Variant("bright", Map.of(1, 3)));
        JsonNode json = export(asset).json();

        assertThat(json.at("/extensions/KHR_materials_variants/variants").toString())
                .isEqualTo("[{\"name\":\"dark\"},{\"name\":\"bright\"}]");
        assertThat(json.get("extensionsUsed").toString()).contains("KHR_materials_variants");
        List<String> materials = names(json, "materials");
        JsonNode paint =
                json.at("/meshes/0/primitives/0/extensions/KHR_materials_variants/mappings");
        assertThat(paint).hasSize(2);
        for (JsonNode mapping : paint) {
            assertThat(materials.get(mapping.get("material").intValue()))
                    .isEqualTo(mapping.get("variants").toString().equals("[0]") ? "spare" : "lamp");
        }
        // The glass is the same in all of them.
        assertThat(json.at("/meshes/0/primitives/1").has("extensions")).isFalse();
        assertThat(json.has("extensionsRequired")).isFalse();
    }

    @Test
    void provenanceIsAnXmpPacket() throws IOException {
        JsonNode json = export(SmallAsset.create()).json();
        assertThat(json.at("/asset/extensions/KHR_xmp_json_ld/packet").intValue()).isZero();
        JsonNode packet = json.at("/extensions/KHR_xmp_json_ld/packets/0");
        assertThat(packet.get("xmp:CreatorTool").asText()).isEqualTo("test");
        assertThat(packet.get("inverso:input").asText()).isEqualTo("photo.jpg");
        assertThat(packet.get("@context").has("inverso")).isTrue();
    }

    @Test
    void textureIsAPictureOfItsKind() throws IOException {
        SmallAsset asset = SmallAsset.create();
        Glb glb = export(asset);
        assertThat(glb.json().at("/images/0/mimeType").asText()).isEqualTo("image/jpeg");
        assertThat(picture(glb)).startsWith(0xff, 0xd8, 0xff);
        var decoded = ImageIO.read(new ByteArrayInputStream(picture(glb)));
        assertThat(decoded.getWidth()).isEqualTo(16);

        Asset.Texture jpeg = asset.textures.get(1);
        asset.textures.set(1, new Asset.Texture("albedo", jpeg.image(), false));
        glb = export(asset);
        assertThat(glb.json().at("/images/0/mimeType").asText()).isEqualTo("image/png");
        assertThat(picture(glb)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(glb.json().at("/materials/0").has("alphaMode")).isFalse();

        jpeg.image().rgba()[3] = 0;
        assertThat(export(asset).json().at("/materials/0/alphaMode").asText()).isEqualTo("BLEND");
    }

    private static byte[] picture(Glb glb) {
        JsonNode view =
                glb.json()
                        .path("bufferViews")
                        .path(glb.json().at("/images/0/bufferView").intValue());
        byte[] bytes = new byte[view.get("byteLength").intValue()];
        glb.data().get(view.get("byteOffset").intValue(), bytes);
        return bytes;
    }

    @Test
    void clipsShareTheirTimes() throws IOException {
        Glb glb = export(SmallAsset.create());
        JsonNode clip = glb.json().at("/animations/0");

        assertThat(clip.get("name").asText()).isEqualTo("drive");
        assertThat(clip.at("/samplers/0/input")).isEqualTo(clip.at("/samplers/1/input"));
        assertThat(clip.at("/samplers/2/input")).isNotEqualTo(clip.at("/samplers/0/input"));
        assertThat(clip.at("/channels/1/target/node").intValue()).isEqualTo(3);
        assertThat(clip.at("/channels/1/target/path").asText()).isEqualTo("rotation");
        int input = clip.at("/samplers/0/input").intValue();
        assertThat(glb.floats(input)).containsExactly(0, 0.25f, 0.5f, 0.75f, 1);
        assertThat(glb.json().path("accessors").path(input).at("/max/0").asDouble()).isEqualTo(1);
        float[] turns = glb.floats(clip.at("/samplers/0/output").intValue());
        Quaternionf half = new Quaternionf(turns[8], turns[9], turns[10], turns[11]);
        assertThat(half.transform(new Vector3f(0, 1, 0)).y).isCloseTo(-1, within(1e-6f));
    }

    @Test
    void whatIsHiddenIsSwitchedOnInSteps() throws IOException {
        SmallAsset asset = SmallAsset.create();
        int lamp = asset.nodes.size();
        asset.nodes.add(
                new Asset.Node(
                        "lamp",
                        1,
                        new Vector3f(0, 0, 2),
                        new Quaternionf(),
                        new Vector3f(0),
                        2,
                        Asset.NONE,
                        Map.of()));
        asset.clips.add(
                new Asset.Clip(
                        "blink",
                        List.of(
                                new Asset.Channel(
                                        lamp,
                                        "scale",
                                        new float[] {0, 0.5f},
                                        new float[] {1, 1, 1, 0, 0, 0},
                                        Asset.Interpolation.STEP))));

        Glb glb = export(asset);

        JsonNode node = glb.json().path("nodes").path(lamp);
        assertThat(node.get("scale")).hasToString("[0.0,0.0,0.0]");
        assertThat(glb.json().path("nodes").path(1).has("scale")).isFalse();
        JsonNode blink = glb.json().at("/animations/1");
        assertThat(blink.at("/channels/0/target/path").asText()).isEqualTo("scale");
        assertThat(blink.at("/samplers/0/interpolation").asText()).isEqualTo("STEP");
        assertThat(glb.floats(blink.at("/samplers/0/output").intValue()))
                .containsExactly(1, 1, 1, 0, 0, 0);
        assertThat(glb.json().at("/animations/0/samplers/0/interpolation").asText())
                .isEqualTo("LINEAR");
    }

    @Test
    void indicesAreShortUntilTheyDoNotFit() throws IOException {
        for (int vertices : new int[] {65535, 65536}) {
            float[] positions = new float[3 * vertices];
            float[] normals = new float[3 * vertices];
            for (int v = 0; v < vertices; v++) {
                positions[3 * v] = v;
                positions[3 * v + 2] = v % 3;
                normals[3 * v + 1] = 1;
            }
            int[] indices = {0, 1, vertices - 1};
            SmallAsset asset = SmallAsset.create();
            asset.meshes.set(
                    2,
                    new Asset.Mesh(
                            "large",
                            List.of(
                                    new Asset.Primitive(
                                            positions,
                                            normals,
                                            new float[2 * vertices],
                                            indices,
                                            2))));
            Glb glb = export(asset);
            JsonNode accessor =
                    glb.json()
                            .path("accessors")
                            .path(glb.json().at("/meshes/1/primitives/0/indices").intValue());
            assertThat(accessor.get("componentType").intValue())
                    .isEqualTo(vertices == 65535 ? 5123 : 5125);
        }
    }

    @Test
    void sameAssetSameBytes() {
        SmallAsset asset = SmallAsset.create();
        byte[] bytes = exporter.export(asset.asset());
        SmallAsset again = SmallAsset.create();
        again.provenance = new TreeMap<>(Comparator.reverseOrder());
        again.provenance.putAll(asset.provenance);
        assertThat(exporter.export(again.asset())).isEqualTo(bytes);
    }

    @Test
    void anIndependentReaderSeesTheSameTriangles() throws IOException {
        SmallAsset asset = SmallAsset.create();
        asset.meshes.set(1, new Asset.Mesh("body", List.of(SmallAsset.square(0.1f, 1))));
        asset.meshes.set(2, new Asset.Mesh("wheel", List.of(SmallAsset.square(0, 1))));
        byte[] glb = exporter.export(asset.asset());
        // Left for the Khronos validator, which does not run here.
        Files.write(Path.of("target", "textured.glb"), glb);
        Files.write(Path.of("target", "small.glb"), exporter.export(SmallAsset.create().asset()));

        TemplateMesh mesh =
                new GltfTemplateReader()
                        .read(
                                glb,
                                new TemplateDeclaration(
                                        Stream.of("body", "wheel_l", "wheel_r")
                                                .map(
                                                        n ->
                                                                new TemplateDeclaration
                                                                        .PartDeclaration(
                                                                        n,
                                                                        n,
                                                                        Optional.empty(),
                                                                        false))
                                                .toList(),
                                        List.of(
                                                new TemplateDeclaration.MaterialDeclaration(
                                                        "paint", "paint")),
                                        List.of(),
                                        false));
        assertThat(mesh.vertexCount()).isEqualTo(12);
        assertThat(Arrays.copyOf(mesh.faces(), 9)).containsExactly(0, 1, 2, 0, 2, 3, 4, 5, 6);
        Vector3f corner =
                new Quaternionf()
                        .rotateY(0.3f)
                        .transform(new Vector3f(-0.1f, 0, 0.1f))
                        .add(0.7f, 0.3f, 1.1f);
        assertThat(mesh.positions()[12]).isCloseTo(corner.x, within(1e-6f));
        assertThat(mesh.positions()[14]).isCloseTo(corner.z, within(1e-6f));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of("index 9 of 4", spoilt(p -> p.indices()[0] = 9)),
                Arguments.of("not all finite", spoilt(p -> p.positions()[0] = Float.NaN)),
                Arguments.of("not of unit length", spoilt(p -> Arrays.fill(p.normals(), 0))),
                Arguments.of(
                        "factor of 2.0",
                        (Consumer<SmallAsset>) a -> a.materials.get(2).baseColor()[0] = 2),
                Arguments.of(
                        "times do not increase",
                        (Consumer<SmallAsset>)
                                a -> a.clips.get(0).channels().get(0).times()[1] = 2),
                Arguments.of(
                        "comes before its parent",
                        (Consumer<SmallAsset>) a -> a.nodes.add(0, a.nodes.get(2))));
    }

    private static Consumer<SmallAsset> spoilt(Consumer<Asset.Primitive> how) {
        return a -> how.accept(a.meshes.get(1).primitives().get(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void contradictions(String message, Consumer<SmallAsset> how) {
        SmallAsset asset = SmallAsset.create();
        how.accept(asset);
        Asset spoilt = asset.asset();
        assertThatThrownBy(() -> exporter.export(spoilt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void emptyAsset() throws IOException {
        byte[] file =
                exporter.export(
                        new Asset(
                                "empty", List.of(), List.of(), List.of(), List.of(), List.of(),
                                Map.of()));
        JsonNode json = new ObjectMapper().readTree(file, 20, file.length - 20);
        assertThat(json.has("buffers")).isFalse();
        assertThat(json.has("accessors")).isFalse();
    }
}
