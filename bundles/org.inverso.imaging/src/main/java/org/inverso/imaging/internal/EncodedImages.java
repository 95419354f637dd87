/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.inverso.api.image.Image;

/**
 * The bytes of images that are in use: several file formats hold the same textures, and each is
 * encoded once. What nobody holds an image of any more is forgotten.
 */
public final class EncodedImages {

    private final PictureEncoder encoder;

    /** A finished task does not refer to its image. */
    private final Map<Image, Map<Encoding, FutureTask<byte[]>>> known = new WeakHashMap<>();

    public EncodedImages(PictureEncoder encoder) {
        this.encoder = encoder;
    }

    private record Encoding(boolean jpeg, float quality) {}

    public byte[] png(Image image) {
        return get(image, new Encoding(false, 0), () -> encoder.png(image));
    }

    public byte[] jpeg(Image image, float quality) {
        return get(image, new Encoding(true, quality), () -> encoder.jpeg(image, quality));
    }

    /** Of several threads that ask at once, one encodes and the others wait for it. */
    private byte[] get(Image image, Encoding encoding, Callable<byte[]> encode) {
        FutureTask<byte[]> task;
        synchronized (known) {
            task =
                    known.computeIfAbsent(image, i -> new HashMap<>())
                            .computeIfAbsent(encoding, e -> new FutureTask<>(encode));
        }
        // Does nothing when it has run or runs already.
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an image cannot be encoded", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
