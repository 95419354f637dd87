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
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.imaging.ImageIoImaging;
import org.junit.jupiter.api.Test;

class GltfExporterTest {

    private final ImageIoImaging imaging = new ImageIoImaging();
    private final Asset asset = SmallAsset.create().asset();
    private final Map<String, byte[]> files = new GltfExporter(imaging).export(asset, "my car");

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(files.get("gltf"));
    }

    @Test
    void bufferAndTexturesAreFilesOfTheSameName() throws IOException {
        assertThat(files.keySet()).first().isEqualTo("gltf");
        assertThat(files).containsKey("bin");
        assertThat(json().at("/buffers/0/uri").asText()).isEqualTo("./my%20car.bin");
        assertThat(json().at("/buffers/0/byteLength").asInt()).isEqualTo(files.get("bin").length);
        for (JsonNode image : json().path("images")) {
            String uri = image.path("uri").asText();
            assertThat(uri).startsWith("./my%20car.");
            assertThat(files).containsKey(uri.substring("./my%20car.".length()));
            assertThat(image.has("bufferView")).isFalse();
        }
        assertThat(json().path("images").size()).isPositive();
    }

    @Test
    void everythingElseIsAsInGlb() throws IOException {
        byte[] glb = new GlbExporter(imaging).export(asset);
        int length = glb[12] & 0xff | (glb[13] & 0xff) << 8 | (glb[14] & 0xff) << 16;
        JsonNode binary = new ObjectMapper().readTree(glb, 20, length);

        for (String kept : new String[] {"nodes", "meshes", "materials", "animations"}) {
            assertThat(json().path(kept)).as(kept).isEqualTo(binary.path(kept));
        }
    }

    @Test
    void textureIsTheSameFileAsThatOfOtherFormats() throws IOException {
        String name = json().at("/images/0/name").asText();
        Asset.Texture texture =
                asset.textures().stream()
                        .filter(t -> t.name().equals(name))
                        .findFirst()
                        .orElseThrow();

        assertThat(files.get(name + "." + texture.extension())).isEqualTo(imaging.encode(texture));
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        Map<String, byte[]> again =
                new GltfExporter(new ImageIoImaging())
                        .export(SmallAsset.create().asset(), "my car");

        assertThat(again.keySet()).containsExactlyElementsOf(files.keySet());
        again.forEach((extension, bytes) -> assertThat(bytes).isEqualTo(files.get(extension)));
    }
}
