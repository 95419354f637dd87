/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.inverso.training.PictureFolder.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

    private static final int ORANGE = 0xff8000;

    @TempDir Path folder;

    @Test
    void keepsColoursOfWhatIsTransparentWhenItShrinks() throws IOException {
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 40 * 20; i++) {
            int alpha = i % 40 < 20 ? 0 : 255;
            image.setRGB(i % 40, i / 40, alpha << 24 | ORANGE);
        }
        ImageIO.write(image, "png", folder.resolve("half.png").toFile());

        Picture picture = PictureFolder.read(folder, 20).get(0);

        assertThat(picture.width()).isEqualTo(20);
        assertThat(picture.height()).isEqualTo(10);
        assertThat(IntStream.of(picture.rgb())).allMatch(argb -> (argb & 0xffffff) == ORANGE);
        assertThat(picture.rgb()[2] >>> 24).isZero();
        assertThat(picture.rgb()[17] >>> 24).isEqualTo(255);
    }

    @Test
    void leavesSmallPicturesAsTheyAre() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, 0x40123456);
        ImageIO.write(image, "png", folder.resolve("small.png").toFile());

        Picture picture = PictureFolder.read(folder, 20).get(0);

        assertThat(picture.width()).isEqualTo(3);
        assertThat(picture.rgb()[4]).isEqualTo(0x40123456);
    }
}
