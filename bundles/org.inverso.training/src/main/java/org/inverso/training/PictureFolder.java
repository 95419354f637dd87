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
            int width = source.getWidth();
            int height = source.getHeight();
            int[] argb = source.getRGB(0, 0, width, height, null, 0, width);
            double scale = longest / (double) Math.max(width, height);
            return scale >= 1 ? new Picture(width, height, argb) : shrunk(source, argb, scale);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Colours and alpha are shrunk each by itself: blending would blacken what is transparent. */
    private static Picture shrunk(BufferedImage source, int[] argb, double scale) {
        int width = Math.max(1, (int) Math.round(scale * source.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * source.getHeight()));
        int[] rgb = drawn(source.getWidth(), argb, width, height);
        int[] alphas = new int[argb.length];
        for (int i = 0; i < argb.length; i++) {
            alphas[i] = argb[i] >>> 24;
        }
        int[] alpha = drawn(source.getWidth(), alphas, width, height);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = alpha[i] << 24 | rgb[i] & 0xffffff;
        }
        return new Picture(width, height, rgb);
    }

    private static int[] drawn(int sourceWidth, int[] rgb, int width, int height) {
        int sourceHeight = rgb.length / sourceWidth;
        BufferedImage opaque =
                new BufferedImage(sourceWidth, sourceHeight, BufferedImage.TYPE_INT_RGB);
        opaque.setRGB(0, 0, sourceWidth, sourceHeight, rgb, 0, sourceWidth);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(opaque, 0, 0, width, height, null);
        graphics.dispose();
        return small.getRGB(0, 0, width, height, null, 0, width);
    }
}
