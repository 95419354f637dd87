/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.NetSegmenter;
import org.inverso.segmenter.net.SegmentationNetwork;

/** The built-in segmenter and the category's supervised encoder and disentangler. */
final class SupervisedProbe implements CameraProbe, AutoCloseable {

    /** Side of the mattes. */
    static final int SIZE = SegmentedCrops.SIZE;

    private static final int CROP = EncoderNetwork.SIZE;
    private static final int BATCH = 32;

    /** Part of the picture below which nothing was found in it. */
    private static final double LEAST_OBJECT = 0.02;

    private final NDManager manager;
    private final SegmentationNetwork segmenter;
    private final EncoderNetwork encoder;
    private final SceneNetwork scene;

    /**
     * @param category with the weights {@code encoder} and {@code disentangler}
     */
    SupervisedProbe(NDManager parent, CategoryModel category) {
        this.manager = parent.newSubManager();
        this.segmenter = new SegmentationNetwork(Parameters.read(manager, NetSegmenter.weights()));
        this.encoder = new EncoderNetwork(Parameters.read(manager, category.weights("encoder")));
        this.scene = SceneNetwork.read(Parameters.read(manager, category.weights("disentangler")));
    }

    /**
     * All that the networks make of a picture.
     *
     * @param camera {@code float[SceneNetwork.CAMERA]}, see {@link CameraCode}
     * @param pose as the network writes it, -1 to 1
     * @param matte of the picture, {@code float[SIZE * SIZE]}
     */
    record Reading(Seen seen, float[] camera, float[] pose, float[] matte) {}

    @Override
    public List<Seen> look(float[] pictures, int side) {
        return read(pictures, side).stream().map(Reading::seen).toList();
    }

    /**
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     */
    List<Reading> read(float[] pictures, int side) {
        int size = 3 * side * side;
        int count = pictures.length / size;
        List<Reading> seen = new ArrayList<>();
        for (int first = 0; first < count; first += BATCH) {
            int samples = Math.min(BATCH, count - first);
            float[] rgb = new float[samples * 3 * SIZE * SIZE];
            for (int i = 0; i < 3 * samples; i++) {
                enlarge(pictures, first * size + i * side * side, side, rgb, i * SIZE * SIZE);
            }
            seen.addAll(enlarged(rgb, samples));
        }
        return seen;
    }

    /** Bilinear, and from 0 to 1. */
    private static void enlarge(float[] from, int at, int side, float[] dest, int offset) {
        float step = side / (float) SIZE;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                float value =
                        SegmentedCrops.bilinear(
                                from, at, side, (x + 0.5f) * step - 0.5f, (y + 0.5f) * step - 0.5f);
                dest[offset + y * SIZE + x] = Math.max(0, Math.min(1, (value + 1) / 2));
            }
        }
    }

    private List<Reading> enlarged(float[] rgb, int samples) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray pictures = scratch.create(rgb, new Shape(samples, 3, SIZE, SIZE)).mul(2).sub(1);
            float[] mattes = Activation.sigmoid(segmenter.forward(pictures)).toFloatArray();
            float[] crops = new float[samples * 4 * CROP * CROP];
            boolean[] found = new boolean[samples];
            float[][] kept = new float[samples][];
            for (int i = 0; i < samples; i++) {
                Plane matte =
                        MainComponents.keep(
                                SegmentedCrops.sharpened(mattes, i * SIZE * SIZE),
                                SegmentedCrops.KEEP);
                found[i] = isThere(matte);
                kept[i] = matte.values();
                CropRegion region =
                        found[i] ? CropRegion.around(matte) : new CropRegion(0, 0, SIZE);
                Image crop = SegmentedCrops.crop(rgb, i * 3 * SIZE * SIZE, matte, region);
                EncoderNetwork.fill(crop, crops, i * 4 * CROP * CROP);
            }
            NDArray latent =
                    encoder.forward(scratch.create(crops, new Shape(samples, 4, CROP, CROP)));
            return read(scene.forward(latent, 1), found, kept);
        }
    }

    private static boolean isThere(Plane matte) {
        int count = 0;
        for (float value : matte.values()) {
            count += value >= Matte.THRESHOLD ? 1 : 0;
        }
        return count > LEAST_OBJECT * matte.values().length;
    }

    private List<Reading> read(SceneNetwork.Heads heads, boolean[] found, float[][] mattes) {
        int bins = SceneNetwork.BINS;
        float[] probabilities = heads.azimuth().softmax(1).toFloatArray();
        float[] offsets = heads.azimuthOffset().toFloatArray();
        float[] camera = heads.camera().toFloatArray();
        float[] shapes = heads.shape().toFloatArray();
        float[] poses = heads.pose() == null ? new float[0] : heads.pose().toFloatArray();
        List<Reading> readings = new ArrayList<>();
        for (int n = 0; n < found.length; n++) {
            int best = 0;
            for (int b = 1; b < bins; b++) {
                if (probabilities[n * bins + b] > probabilities[n * bins + best]) {
                    best = b;
                }
            }
            double azimuth = (best + (double) offsets[n * bins + best]) * 360 / bins;
            Seen seen =
                    new Seen(
                            found[n],
                            Math.IEEEremainder(azimuth, 360),
                            camera[n * SceneNetwork.CAMERA] * CameraCode.ELEVATION_UNIT,
                            probabilities[n * bins + best],
                            part(shapes, n, found.length));
            readings.add(
                    new Reading(
                            seen,
                            part(camera, n, found.length),
                            part(poses, n, found.length),
                            mattes[n]));
        }
        return readings;
    }

    /** The n-th of equally long parts. */
    private static float[] part(float[] all, int n, int parts) {
        int size = all.length / parts;
        return Arrays.copyOfRange(all, n * size, (n + 1) * size);
    }

    @Override
    public void close() {
        manager.close();
    }
}
