/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The Image I/O plug-ins that this bundle uses, each named explicitly.
 *
 * <p>Nothing is looked up by format: which plug-ins the process-wide registry holds depends on who
 * else runs in it, and a bundle's plug-ins must not stay in there when the bundle is gone. From
 * that registry come only the JDK's own plug-ins, which always are in it; TwelveMonkeys' are
 * created here and introduced to them in a private registry.
 */
public final class Codecs {

    private final Map<PictureFormat, ImageReaderSpi> readers = new EnumMap<>(PictureFormat.class);
    private final ImageWriterSpi pngWriter = ofJdk(ImageWriterSpi.class, "png");
    private final ImageWriterSpi jpegWriter = ofJdk(ImageWriterSpi.class, "jpeg");
    private final ImageWriterSpi gifWriter = ofJdk(ImageWriterSpi.class, "gif");

    public Codecs() {
        ServiceRegistry registry =
                new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        ImageReaderSpi jpeg = new JPEGImageReaderSpi();
        registry.registerServiceProvider(ofJdk(ImageReaderSpi.class, "jpeg"), ImageReaderSpi.class);
        registry.registerServiceProvider(ofJdk(ImageReaderSpi.class, "bmp"), ImageReaderSpi.class);
        registry.registerServiceProvider(jpeg, ImageReaderSpi.class);
        readers.put(PictureFormat.JPEG, jpeg);
        readers.put(PictureFormat.PNG, ofJdk(ImageReaderSpi.class, "png"));
        readers.put(PictureFormat.WEBP, new WebPImageReaderSpi());
        readers.put(PictureFormat.BMP, new BMPImageReaderSpi());
        readers.put(PictureFormat.GIF, ofJdk(ImageReaderSpi.class, "gif"));
        readers.put(PictureFormat.TIFF, new TIFFImageReaderSpi());
    }

    ImageReader reader(PictureFormat format) throws IOException {
        return readers.get(format).createReaderInstance();
    }

    ImageWriter pngWriter() throws IOException {
        return pngWriter.createWriterInstance();
    }

    ImageWriter jpegWriter() throws IOException {
        return jpegWriter.createWriterInstance();
    }

    ImageWriter gifWriter() throws IOException {
        return gifWriter.createWriterInstance();
    }

    private static <T extends ImageReaderWriterSpi> T ofJdk(Class<T> kind, String format) {
        Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (providers.hasNext()) {
            T provider = providers.next();
            if (provider.getClass().getModule() == ImageIO.class.getModule()
                    && List.of(provider.getFormatNames()).contains(format)) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java runtime has no " + format + " plug-in");
    }
}
