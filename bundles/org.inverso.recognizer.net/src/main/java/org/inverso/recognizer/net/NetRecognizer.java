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
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.imaging.RegionSampler;
import org.inverso.network.Layer;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Recognises the object in three ways: a detector looks for it in its crop, a small network at how
 * it looks in squares about it, and another one at its outline. The two small ones are taken for
 * one, their geometric mean, which is independent of the detector given what the object is.
 */
@Component(
        service = Recognizer.class,
        property = {Stage.ID_PROPERTY + "=" + NetRecognizer.ID, "service.ranking:Integer=0"})
public final class NetRecognizer implements Recognizer {

    public static final String ID = "net";

    private static final String LOOK_WEIGHTS = "/weights/recognizer.safetensors";
    private static final String OUTLINE_WEIGHTS = "/weights/outline.safetensors";
    private static final String DETECTOR_WEIGHTS = "/weights/detector.safetensors";
    private static final int SIZE = RecognitionNetwork.SIZE;

    /** Beyond the photo's borders the detector sees grey, from 0 to 255. */
    private static final float BEYOND = 114;

    /** How often both small networks met each class when they learned. */
    private static final double[] PRIOR = {1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 2.0};

    /** Sides of the squares, in units of the longer side of the object's box. */
    private static final float[] SQUARES = {0.95f, 1.1f, 1.3f};

    private final DjlRuntime runtime;
    private final NetworkCache<RecognitionNetwork> looks;
    private final NetworkCache<OutlineNetwork> outlines;
    private final NetworkCache<DetectionNetwork> detectors;

    @Activate
    public NetRecognizer(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.looks =
                new NetworkCache<>(
                        runtime, parameters -> new RecognitionNetwork(parameters.channelsLast()));
        this.outlines =
                new NetworkCache<>(
                        runtime, parameters -> new OutlineNetwork(parameters.channelsLast()));
        this.detectors =
                new NetworkCache<>(
                        runtime, parameters -> new DetectionNetwork(parameters.channelsLast()));
    }

    @Deactivate
    public void close() {
        looks.close();
        outlines.close();
        detectors.close();
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
        float[] look = look(photo, around);
        float[] outline = outline(matte.alpha(), around);
        float[] detected = detected(photo.image(), matte.alpha(), around);
        double[] all = new double[look.length];
        double sum = 0;
        for (int c = 0; c < all.length; c++) {
            all[c] = detected[c] * Math.sqrt(look[c] * outline[c]) / PRIOR[c];
            sum += all[c];
        }
        Map<String, Double> confidences = new LinkedHashMap<>();
        for (int c = 0; c < all.length; c++) {
            confidences.put(RecognitionNetwork.CLASSES.get(c), all[c] / sum);
        }
        return new Recognition(confidences);
    }

    /** Probability of each class by what is seen in squares about the object. */
    private float[] look(Photo photo, CropRegion around) {
        float longest = around.size() * CropRegion.FILL;
        float centreX = around.x() + around.size() / 2;
        float centreY = around.y() + around.size() / 2;
        int views = 2 * SQUARES.length;
        int picture = 3 * SIZE * SIZE;
        float[] pixels = new float[views * picture];
        for (int s = 0; s < SQUARES.length; s++) {
            float side = longest * SQUARES[s];
            CropRegion square = new CropRegion(centreX - side / 2, centreY - side / 2, side);
            RegionSampler.sample(photo.image(), square, side, SIZE, pixels, 2 * s * picture);
            mirror(pixels, 3, SIZE, 2 * s);
        }
        return mean(looks, LOOK_WEIGHTS, pixels, new Shape(views, 3, SIZE, SIZE));
    }

    /** Probability of each class by the outline and its mirror image. */
    private float[] outline(Plane alpha, CropRegion around) {
        int side = OutlineNetwork.SIZE;
        float[] pixels = new float[2 * side * side];
        OutlineNetwork.sample(alpha, around, pixels, 0);
        mirror(pixels, 1, side, 0);
        return mean(outlines, OUTLINE_WEIGHTS, pixels, new Shape(2, 1, side, side));
    }

    /** Probability of each class by what the detector finds in the object's crop. */
    private float[] detected(Image photo, Plane alpha, CropRegion around) {
        int side = DetectionReading.SIZE;
        float[] pixels = new float[3 * side * side];
        RegionSampler.sample(photo, around, around.size(), side, pixels, 0);
        float step = around.size() / side;
        for (int i = 0; i < side * side; i++) {
            float x = around.x() + (i % side + 0.5f) * step;
            float y = around.y() + (i / side + 0.5f) * step;
            boolean inside = x >= 0 && y >= 0 && x < photo.width() && y < photo.height();
            for (int c = 0; c < 3; c++) {
                int at = c * side * side + i;
                pixels[at] = inside ? 127.5f * (pixels[at] + 1) : BEYOND;
            }
        }
        float[] half = halfBox(alpha, around);
        try (NetworkCache.Lease<DetectionNetwork> lease =
                        detectors.lease(DETECTOR_WEIGHTS, () -> weights(DETECTOR_WEIGHTS));
                NDManager manager = runtime.newManager()) {
            DetectionNetwork.Grid grid =
                    lease.network().forward(manager.create(pixels, new Shape(1, 3, side, side)));
            return DetectionReading.of(
                    grid.heat().toFloatArray(),
                    grid.box().toFloatArray(),
                    half[0] / step,
                    half[1] / step);
        }
    }

    /** Half the width and the height of the object's box, pixels of the photo. */
    private static float[] halfBox(Plane alpha, CropRegion around) {
        float centreX = around.x() + around.size() / 2;
        float centreY = around.y() + around.size() / 2;
        float[] half = new float[2];
        for (int y = 0; y < alpha.height(); y++) {
            for (int x = 0; x < alpha.width(); x++) {
                if (alpha.get(x, y) >= Matte.THRESHOLD) {
                    half[0] = Math.max(half[0], Math.abs(x + 0.5f - centreX) + 0.5f);
                    half[1] = Math.max(half[1], Math.abs(y + 0.5f - centreY) + 0.5f);
                }
            }
        }
        return half;
    }

    private <N extends Layer> float[] mean(
            NetworkCache<N> networks, String weights, float[] pixels, Shape shape) {
        float[] mean = new float[RecognitionNetwork.CLASSES.size()];
        try (NetworkCache.Lease<N> lease = networks.lease(weights, () -> weights(weights));
                NDManager manager = runtime.newManager()) {
            NDArray input = manager.create(pixels, shape);
            float[] all = lease.network().forward(input).softmax(1).toFloatArray();
            for (int i = 0; i < all.length; i++) {
                mean[i % mean.length] += all[i] * mean.length / all.length;
            }
        }
        return mean;
    }

    /** Puts the mirror image of a picture behind it. */
    private static void mirror(float[] pixels, int channels, int side, int picture) {
        int from = picture * channels * side * side;
        int to = from + channels * side * side;
        for (int r = 0; r < channels * side; r++) {
            for (int x = 0; x < side; x++) {
                pixels[to + r * side + x] = pixels[from + r * side + side - 1 - x];
            }
        }
    }

    /** The parameters of the built-in network for how objects look, a safetensors file. */
    public static byte[] weights() {
        return weights(LOOK_WEIGHTS);
    }

    private static byte[] weights(String name) {
        try (InputStream in = NetRecognizer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the bundle has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
