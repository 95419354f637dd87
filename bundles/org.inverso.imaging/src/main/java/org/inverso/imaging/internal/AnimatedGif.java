/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.inverso.api.image.Image;

/** Moving pictures as GIF, with the JDK's writer. */
public final class AnimatedGif {

    /** GIF counts in hundredths of a second. */
    private static final int MILLIS_A_TICK = 10;

    /** What browsers look for to begin again at the end. */
    private static final String LOOP = "NETSCAPE";

    private static final byte[] FOREVER = {1, 0, 0};

    private final Codecs codecs;

    public AnimatedGif(Codecs codecs) {
        this.codecs = codecs;
    }

    public byte[] bytes(List<Image> frames, int frameMillis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = codecs.gifWriter();
            try {
                writer.setOutput(out);
                writer.prepareWriteSequence(null);
                for (int i = 0; i < frames.size(); i++) {
                    BufferedImage pixels = PictureEncoder.view(frames.get(i), false);
                    IIOMetadata metadata =
                            writer.getDefaultImageMetadata(
                                    ImageTypeSpecifier.createFromRenderedImage(pixels), null);
                    describe(metadata, frameMillis, i == 0);
                    writer.writeToSequence(new IIOImage(pixels, null, metadata), null);
                }
                writer.endWriteSequence();
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void describe(IIOMetadata metadata, int frameMillis, boolean first)
            throws IOException {
        String format = metadata.getNativeMetadataFormatName();
        IIOMetadataNode root = new IIOMetadataNode(format);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(frameMillis / MILLIS_A_TICK));
        control.setAttribute("transparentColorIndex", "0");
        root.appendChild(control);
        if (first) {
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", LOOP);
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(FOREVER.clone());
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        metadata.mergeTree(format, root);
    }
}
