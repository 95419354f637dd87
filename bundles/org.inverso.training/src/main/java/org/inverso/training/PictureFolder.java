/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** All pictures of a folder, in order of their names. */
public final class PictureFolder {

    /**
     * @param rgb {@code int[height * width]}, 0xAARRGGBB, straight alpha
     */
    public record Picture(int width, int height, int[] rgb) {}

    private PictureFolder() {}

    /**
     * Reads all of them, in parallel.
     *
     * @param longest side above which they are shrunk
     * @throws UncheckedIOException when the folder or one of its pictures cannot be read
     */
    public static List<Picture> read(Path folder, int longest) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted =
                    files.filter(
                                    file ->
                                            file.toString()
                                                    .toLowerCase(java.util.Locale.ROOT)
                                                    .matches(".*\\.(jpe?g|png)"))
                            .sorted()
                            .toList();
            return sorted.parallelStream().map(file -> readOne(file, longest)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Picture readOne(Path file, int longest) {
        try {
            BufferedImage source = ImageIO.read(file.toFile());
            if (source == null) {
                throw new IOException("no picture");
            }
            double scale =
                    Math.min(1, longest / (double) Math.max(source.getWidth(), source.getHeight()));
            int width = Math.max(1, (int) Math.round(scale * source.getWidth()));
            int height = Math.max(1, (int) Math.round(scale * source.getHeight()));
            if (scale == 1) {
                return new Picture(
                        width, height, source.getRGB(0, 0, width, height, null, 0, width));
            }
            BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = small.createGraphics();
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(source, 0, 0, width, height, null);
            graphics.dispose();
            return new Picture(width, height, small.getRGB(0, 0, width, height, null, 0, width));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
