/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.training.MaskAgreement.Agreement;

/**
 * A sheet of crops with what the networks made of them: green where only the object is, red where
 * only the prediction is.
 */
final class MaskSheet {

    private static final int COLUMNS = 12;
    private static final int MOST = 72;

    private MaskSheet() {}

    static void write(Path file, List<Image> crops, List<Agreement> agreements) throws IOException {
        int stride = Math.max(1, crops.size() / MOST);
        int count = Math.min(MOST, (crops.size() + stride - 1) / stride);
        int side = crops.get(0).width();
        BufferedImage sheet =
                new BufferedImage(
                        Math.min(count, COLUMNS) * side,
                        (count + COLUMNS - 1) / COLUMNS * side,
                        BufferedImage.TYPE_INT_RGB);
        for (int n = 0; n < count; n++) {
            Image crop = crops.get(n * stride);
            boolean[] covered = agreements.get(n * stride).covered();
            for (int i = 0; i < side * side; i++) {
                sheet.setRGB(
                        n % COLUMNS * side + i % side,
                        n / COLUMNS * side + i / side,
                        colour(crop, i, covered[i]));
            }
        }
        ImageIO.write(sheet, "png", file.toFile());
    }

    private static int colour(Image crop, int i, boolean covered) {
        int x = i % crop.width();
        int y = i / crop.width();
        boolean object = crop.get(x, y, 3) >= 255 * Matte.THRESHOLD;
        int red = crop.get(x, y, 0);
        int green = crop.get(x, y, 1);
        int blue = crop.get(x, y, 2);
        if (object != covered) {
            red = (covered ? 255 + red : red) / 2;
            green = (covered ? green : 255 + green) / 2;
            blue /= 2;
        }
        return red << 16 | green << 8 | blue;
    }
}
