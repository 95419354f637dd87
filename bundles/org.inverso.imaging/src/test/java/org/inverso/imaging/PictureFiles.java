/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Picture files made for tests. The test card has a red, a green, a blue and a white quarter: top
 * left, top right, bottom left, bottom right.
 */
final class PictureFiles {

    static final int WIDTH = 32;
    static final int HEIGHT = 24;

    private PictureFiles() {}

    static BufferedImage card(int type) {
        return card(type, WIDTH, HEIGHT);
    }

    static BufferedImage card(int type, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean left = x < width / 2;
                boolean top = y < height / 2;
                image.setRGB(
                        x, y, left ? top ? 0xffff0000 : 0xff0000ff : top ? 0xff00ff00 : 0xffffffff);
            }
        }
        return image;
    }

    /** The card with its white quarter cut out. */
    static BufferedImage cutOutCard() {
        BufferedImage image = card(BufferedImage.TYPE_INT_ARGB);
        for (int y = HEIGHT / 2; y < HEIGHT; y++) {
            for (int x = WIDTH / 2; x < WIDTH; x++) {
                image.setRGB(x, y, 0);
            }
        }
        return image;
    }

    /** Grey from black at the left to white at the right. */
    static BufferedImage grayRamp(int type) {
        BufferedImage image = new BufferedImage(256, 16, type);
        WritableRaster raster = image.getRaster();
        int scale = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 256; x++) {
                raster.setSample(x, y, 0, x * scale);
            }
        }
        return image;
    }

    static byte[] file(String format, BufferedImage image) {
        return file(format, image, false, null);
    }

    static byte[] progressiveJpeg(BufferedImage image) {
        return file("jpeg", image, true, null);
    }

    static byte[] tiff(BufferedImage image, String compression) {
        return file("tiff", image, false, compression);
    }

    private static byte[] file(
            String format, BufferedImage image, boolean progressive, String compression) {
        return written(format, new IIOImage(image, null, null), progressive, compression);
    }

    private static byte[] written(
            String format, IIOImage image, boolean progressive, String compression) {
        ImageWriter writer = jdkWriter(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            if (compression != null || "jpeg".equals(format)) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                if (compression != null) {
                    param.setCompressionType(compression);
                } else {
                    param.setCompressionQuality(0.95f);
                }
            }
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter jdkWriter(String format) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getModule() == ImageIO.class.getModule()) {
                return writer;
            }
        }
        throw new IllegalStateException("no writer for " + format);
    }

    /** The card as Photoshop writes CMYK: with Adobe's marker and inverted inks. */
    static byte[] cmykJpeg() {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
        BufferedImage card = card(BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = card.getRGB(x, y);
                // Inverted: what cyan leaves over of red, and so on; no black.
                raster.setPixel(
                        x, y, new int[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 255});
            }
        }
        byte[] jpeg = written("jpeg", new IIOImage(raster, null, null), false, null);
        byte[] adobe = {
            (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
        };
        return inserted(jpeg, 2, adobe);
    }

    /** A JPEG with an EXIF block that says how it is stored. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] tiff = exif(orientation);
        ByteBuffer segment = ByteBuffer.allocate(10 + tiff.length);
        segment.putShort((short) 0xffe1).putShort((short) (8 + tiff.length));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff);
        return inserted(jpeg, 2, segment.array());
    }

    /** A JPEG with an ICC profile. */
    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        ByteBuffer segment = ByteBuffer.allocate(18 + profile.length);
        segment.putShort((short) 0xffe2).putShort((short) (16 + profile.length));
        segment.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(profile);
        return inserted(jpeg, 2, segment.array());
    }

    /** A PNG with an eXIf chunk that says how it is stored. */
    static byte[] pngWithExif(byte[] png, int orientation) {
        return inserted(png, 33, chunk("eXIf", exif(orientation)));
    }

    private static byte[] exif(int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26).order(ByteOrder.BIG_ENDIAN);
        tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
        return tiff.array();
    }

    /** A card that an encoder stored with an orientation, so that it is the card when upright. */
    static BufferedImage storedFor(int orientation) {
        BufferedImage upright = card(BufferedImage.TYPE_INT_RGB);
        boolean transposed = orientation >= 5;
        BufferedImage stored =
                new BufferedImage(
                        transposed ? HEIGHT : WIDTH,
                        transposed ? WIDTH : HEIGHT,
                        BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < stored.getWidth(); x++) {
                // Where EXIF says the stored row 0 and column 0 are in the upright picture.
                int fromLeft =
                        switch (orientation) {
                            case 1, 4 -> x;
                            case 2, 3 -> WIDTH - 1 - x;
                            case 5, 8 -> y;
                            default -> WIDTH - 1 - y;
                        };
                int fromTop =
                        switch (orientation) {
                            case 1, 2 -> y;
                            case 3, 4 -> HEIGHT - 1 - y;
                            case 5, 6 -> x;
                            default -> HEIGHT - 1 - x;
                        };
                stored.setRGB(x, y, upright.getRGB(fromLeft, fromTop));
            }
        }
        return stored;
    }

    /** A valid PNG whose header claims any size, with next to no data. */
    static byte[] pngClaiming(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) 8).put((byte) 2);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        png.writeBytes(chunk("IHDR", header.array()));
        png.writeBytes(chunk("IDAT", deflated(new byte[1000])));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    /** A small, whole PNG with compressed text that unpacks to many megabytes. */
    static byte[] pngWithTextBomb() {
        byte[] keyword = "Comment\0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] text = deflated(new byte[64 << 20]);
        byte[] body = Arrays.copyOf(keyword, keyword.length + text.length);
        System.arraycopy(text, 0, body, keyword.length, text.length);
        return inserted(file("png", card(BufferedImage.TYPE_INT_RGB)), 33, chunk("zTXt", body));
    }

    static byte[] chunk(String type, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + body.length);
        chunk.putInt(body.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(body);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + body.length);
        chunk.putInt((int) crc.getValue());
        return chunk.array();
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    static byte[] inserted(byte[] file, int at, byte[] part) {
        return ByteBuffer.allocate(file.length + part.length)
                .put(file, 0, at)
                .put(part)
                .put(file, at, file.length - at)
                .array();
    }

    /** A committed file, written by Blender, because Java has no WebP writer. */
    static byte[] webp(String name) {
        try (InputStream in = PictureFiles.class.getResourceAsStream(name + ".webp")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture with the noise and the smooth parts of a photo. */
    static BufferedImage photoLike(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.CYAN, width, height, Color.DARK_GRAY));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        Random random = new Random(5);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) Math.max(0, Math.min(255, (data[i] & 0xff) + random.nextInt(9) - 4));
        }
        return image;
    }
}
