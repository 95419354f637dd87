/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurveTest {

    private static final int BLUE = new java.awt.Color(20, 110, 180).getRGB();

    @TempDir private Path folder;

    @Test
    void aFallingLossFallsInThePicture() throws IOException {
        BufferedImage image = draw(10, 5, 2.5, 1.25);

        int[] heights = heights(image);
        assertThat(heights[240]).isBetween(0, heights[400] - 20);
        assertThat(heights[400]).isLessThan(heights[650] - 20);
        // Halving is a straight line on this scale.
        assertThat((heights[300] + heights[620]) / 2).isBetween(heights[460] - 3, heights[460] + 3);
    }

    @Test
    void onlyTheLatestTrainingIsDrawn() throws IOException {
        Path metrics = folder.resolve("m.jsonl");
        List<String> lines = new ArrayList<>();
        for (double loss : new double[] {100, 90, 80, 3, 2, 1}) {
            lines.add(line(lines.size() % 3 + 1, loss));
        }
        Files.write(metrics, lines);
        Path png = folder.resolve("all.png");
        LearningCurve.draw(metrics, png);

        assertThat(png).hasSameBinaryContentAs(drawn(3, 2, 1));
    }

    @Test
    void oneMeasurementIsADotAndNoneIsNoPicture() throws IOException {
        assertThat(Arrays.stream(heights(draw(4))).filter(h -> h >= 0).count()).isBetween(3L, 7L);

        Path png = folder.resolve("none.png");
        LearningCurve.draw(folder.resolve("missing.jsonl"), png);
        assertThat(png).doesNotExist();
    }

    private BufferedImage draw(double... losses) throws IOException {
        return ImageIO.read(drawn(losses).toFile());
    }

    private Path drawn(double... losses) throws IOException {
        List<String> lines = new ArrayList<>();
        for (double loss : losses) {
            lines.add(line(lines.size() + 1, loss));
        }
        Path metrics = Files.write(folder.resolve("metrics.jsonl"), lines);
        Path png = folder.resolve("curve.png");
        LearningCurve.draw(metrics, png);
        return png;
    }

    private static String line(int step, double loss) {
        return String.format(Locale.ROOT, "{\"step\":%d,\"loss\":%f}", step, loss);
    }

    /** Row of the curve in each column, -1 where there is none. */
    private static int[] heights(BufferedImage image) {
        int[] heights = new int[image.getWidth()];
        for (int x = 0; x < heights.length; x++) {
            heights[x] = -1;
            for (int y = 0; y < image.getHeight(); y++) {
                if (image.getRGB(x, y) == BLUE) {
                    heights[x] = y;
                    break;
                }
            }
        }
        return heights;
    }
}
