/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.inverso.imaging.ImageIoImaging;
import org.junit.jupiter.api.Test;

class UsdzExporterTest {

    private static final int LOCAL_HEADER = 0x04034b50;

    private final UsdzExporter exporter = new UsdzExporter(new ImageIoImaging());
    private final byte[] file = exporter.export(SmallAssets.car());

    @Test
    void layerComesFirstAndNamesTheTexturesInThePackage() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                entries.put(e.getName(), zip.readAllBytes());
            }
        }
        assertThat(entries.keySet()).containsExactly("car.usda", "textures/base_color.jpg");
        assertThat(
                        UsdaReader.read(entries.get("car.usda"))
                                .at("car/Materials/paint/BaseColor")
                                .get("inputs:file"))
                .isEqualTo("@textures/base_color.jpg@");
    }

    @Test
    void filesAreStoredAndBeginAtMultiplesOf64() {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        int files = 0;
        while (bytes.getInt(at) == LOCAL_HEADER) {
            assertThat(bytes.getShort(at + 6) & 8).as("data descriptor").isZero();
            assertThat(bytes.getShort(at + 8)).as("method").isZero();
            int size = bytes.getInt(at + 18);
            assertThat(bytes.getInt(at + 22)).isEqualTo(size);
            int data = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
            assertThat(data % 64).isZero();
            at = data + size;
            files++;
        }
        assertThat(files).isEqualTo(2);
    }

    @Test
    void assetInfoNamesThePackage() {
        Map<String, byte[]> files = exporter.export(SmallAssets.car(), "photo");
        assertThat(files).containsOnlyKeys("usdz");
        assertThat(new String(files.get("usdz"), StandardCharsets.ISO_8859_1))
                .contains("asset identifier = @photo.usdz@");
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        assertThat(exporter.export(SmallAssets.car())).isEqualTo(file);
    }
}
