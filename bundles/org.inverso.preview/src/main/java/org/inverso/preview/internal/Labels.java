/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small texts, where the machine has fonts. */
final class Labels {

    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final int SIZE = 15;

    /**
     * A text's pixels.
     *
     * @param coverage {@code byte[height * width]}
     */
    record Text(int width, int height, byte[] coverage) {}

    private final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);

    private Labels() {}

    /** Nothing when there are no fonts; previews then go without labels. */
    static Optional<Labels> ifThereAreFonts() {
        try {
            Labels labels = new Labels();
            labels.text("x");
            return Optional.of(labels);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Java tells of missing fonts and font libraries in all of these ways.
            LOG.info("Previews go without labels: this machine has no fonts ({})", e.toString());
            return Optional.empty();
        }
    }

    Text text(String words) {
        BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D probing = probe.createGraphics();
        FontMetrics metrics = probing.getFontMetrics(font);
        int width = metrics.stringWidth(words) + 2;
        int height = metrics.getHeight();
        int ascent = metrics.getAscent();
        probing.dispose();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setFont(font);
        graphics.setColor(Color.WHITE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.drawString(words, 1, ascent);
        graphics.dispose();
        byte[] coverage = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        return new Text(width, height, coverage);
    }
}
