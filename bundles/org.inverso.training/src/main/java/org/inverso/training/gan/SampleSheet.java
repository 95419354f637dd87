/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.gan;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Many small pictures in one. */
public final class SampleSheet {

    private SampleSheet() {}

    /**
     * Writes a PNG.
     *
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     * @param columns pictures in a row
     */
    public static void write(Path png, float[] pictures, int side, int columns) throws IOException {
        int count = pictures.length / (3 * side * side);
        int rows = (count + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(columns * side, rows * side, BufferedImage.TYPE_INT_RGB);
        int plane = side * side;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < plane; i++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = 127.5f * (pictures[(3 * n + c) * plane + i] + 1);
                    rgb = rgb << 8 | Math.round(Math.max(0, Math.min(255, value)));
                }
                sheet.setRGB(n % columns * side + i % side, n / columns * side + i / side, rgb);
            }
        }
        Files.createDirectories(png.toAbsolutePath().getParent());
        ImageIO.write(sheet, "png", png.toFile());
    }
}
