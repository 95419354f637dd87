/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.inverso.api.asset.Asset;
import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;

class EncodedImagesTest {

    private final ImageIoImaging imaging = new ImageIoImaging();

    private static Image noise() {
        byte[] rgba = new byte[4 * 64 * 64];
        new Random(5).nextBytes(rgba);
        return new Image(64, 64, rgba);
    }

    @Test
    void imageIsEncodedOnceForAllWhoAskForIt() {
        Image image = noise();

        List<byte[]> encoded =
                IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(i -> imaging.encodeJpeg(image, 0.9f))
                        .toList();

        assertThat(encoded).allSatisfy(bytes -> assertThat(bytes).isSameAs(encoded.get(0)));
        assertThat(imaging.encodePng(image)).isSameAs(imaging.encodePng(image));
    }

    @Test
    void qualityAndKindAreNotMixedUp() {
        Image image = noise();

        assertThat(imaging.encodeJpeg(image, 0.5f)).isNotEqualTo(imaging.encodeJpeg(image, 0.9f));
        assertThat(imaging.encodePng(image)).isNotEqualTo(imaging.encodeJpeg(image, 0.9f));
    }

    @Test
    void anotherImageOfTheSamePixelsHasTheSameBytes() {
        assertThat(imaging.encodeJpeg(noise(), 0.9f)).isEqualTo(imaging.encodeJpeg(noise(), 0.9f));
    }

    @Test
    void textureIsOfTheKindThatItsExtensionNames() {
        Image image = noise();
        Asset.Texture photo = new Asset.Texture("photo", image, true);
        Asset.Texture exact = new Asset.Texture("exact", image, false);

        assertThat(photo.extension()).isEqualTo("jpg");
        assertThat(imaging.encode(photo)).startsWith(0xff, 0xd8);
        assertThat(exact.extension()).isEqualTo("png");
        assertThat(imaging.encode(exact)).startsWith(0x89, 'P', 'N', 'G');
    }
}
