/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inverso.api.Recognition;
import org.inverso.api.Recognizer;
import org.inverso.api.Stage;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.imaging.RegionSampler;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Recognises the object in its surroundings, as photos of objects show it, from several squares
 * about it.
 */
@Component(
        service = Recognizer.class,
        property = {Stage.ID_PROPERTY + "=" + NetRecognizer.ID, "service.ranking:Integer=0"})
public final class NetRecognizer implements Recognizer {

    public static final String ID = "net";

    private static final String WEIGHTS = "/weights/recognizer.safetensors";
    private static final int SIZE = RecognitionNetwork.SIZE;

    /** Sides of the squares, in units of the longer side of the object's box. */
    private static final float[] SQUARES = {0.95f, 1.1f, 1.3f};

    private final DjlRuntime runtime;
    private final NetworkCache<RecognitionNetwork> networks;

    @Activate
    public NetRecognizer(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks = new NetworkCache<>(runtime, RecognitionNetwork::new);
    }

    @Deactivate
    public void close() {
        networks.close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String device() {
        return runtime.device();
    }

    @Override
    public Recognition recognize(Photo photo, Matte matte) {
        CropRegion around = CropRegion.around(matte.alpha());
        float longest = around.size() * CropRegion.FILL;
        float centreX = around.x() + around.size() / 2;
        float centreY = around.y() + around.size() / 2;
        int looks = 2 * SQUARES.length;
        int picture = 3 * SIZE * SIZE;
        float[] pixels = new float[looks * picture];
        for (int s = 0; s < SQUARES.length; s++) {
            float side = longest * SQUARES[s];
            CropRegion square = new CropRegion(centreX - side / 2, centreY - side / 2, side);
            RegionSampler.sample(photo.image(), square, side, SIZE, pixels, 2 * s * picture);
            mirror(pixels, 2 * s * picture, (2 * s + 1) * picture);
        }
        float[] mean = new float[RecognitionNetwork.CLASSES.size()];
        try (NetworkCache.Lease<RecognitionNetwork> lease =
                        networks.lease(WEIGHTS, NetRecognizer::weights);
                NDManager manager = runtime.newManager()) {
            NDArray input = manager.create(pixels, new Shape(looks, 3, SIZE, SIZE));
            float[] all = lease.network().forward(input).softmax(1).toFloatArray();
            for (int i = 0; i < all.length; i++) {
                mean[i % mean.length] += all[i] / looks;
            }
        }
        Map<String, Double> confidences = new LinkedHashMap<>();
        for (int c = 0; c < mean.length; c++) {
            confidences.put(RecognitionNetwork.CLASSES.get(c), (double) mean[c]);
        }
        return new Recognition(confidences);
    }

    private static void mirror(float[] pixels, int from, int to) {
        for (int r = 0; r < 3 * SIZE; r++) {
            for (int x = 0; x < SIZE; x++) {
                pixels[to + r * SIZE + x] = pixels[from + r * SIZE + SIZE - 1 - x];
            }
        }
    }

    /** The built-in network's parameters, a safetensors file. */
    public static byte[] weights() {
        try (InputStream in = NetRecognizer.class.getResourceAsStream(WEIGHTS)) {
            if (in == null) {
                throw new IllegalStateException("the bundle has no " + WEIGHTS);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
