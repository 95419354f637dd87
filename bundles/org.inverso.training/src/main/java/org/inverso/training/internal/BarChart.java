/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.internal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A bar for each of some values. */
public final class BarChart {

    private static final int BAR = 48;
    private static final int HEIGHT = 260;
    private static final int MARGIN = 32;
    private static final Color CHOSEN = new Color(0x1f77b4);
    private static final Color OTHER = new Color(0xb0b8c0);

    private BarChart() {}

    /**
     * Writes a PNG.
     *
     * @param values not below 0
     * @param chosen how many of the first bars stand out
     */
    public static void draw(Path png, String title, double[] values, int chosen)
            throws IOException {
        int width = Math.max(360, values.length * BAR + 2 * MARGIN);
        BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, width, HEIGHT);
            g.setColor(Color.BLACK);
            g.drawString(title, MARGIN, MARGIN / 2 + 4);
            double largest = 1e-9;
            for (double value : values) {
                largest = Math.max(largest, value);
            }
            for (int i = 0; i < values.length; i++) {
                int x = MARGIN + i * BAR;
                int height = (int) Math.round(values[i] / largest * (HEIGHT - 3 * MARGIN));
                int top = HEIGHT - MARGIN - height;
                g.setColor(i < chosen ? CHOSEN : OTHER);
                g.fillRect(x + 4, top, BAR - 8, height);
                g.setColor(Color.BLACK);
                g.drawString(String.format(Locale.ROOT, "%.1f", values[i]), x + 6, top - 4);
                g.drawString(Integer.toString(i), x + BAR / 2 - 6, HEIGHT - MARGIN / 2);
            }
        } finally {
            g.dispose();
        }
        ImageIO.write(image, "png", png.toFile());
    }
}
