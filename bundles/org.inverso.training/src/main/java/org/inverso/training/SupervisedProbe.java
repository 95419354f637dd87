/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;

/** The built-in segmenter and the category's supervised encoder and disentangler. */
final class SupervisedProbe implements CameraProbe, AutoCloseable {

    /** Side of the mattes. */
    static final int SIZE = SegmentedCrops.SIZE;

    private static final int CROP = EncoderNetwork.SIZE;
    private static final int BATCH = 32;

    /** Part of the picture below which nothing was found in it. */
    private static final double LEAST_OBJECT = 0.02;

    private final NDManager manager;
    private final PictureCutter cutter;
    private final EncoderNetwork encoder;
    private final SceneNetwork scene;

    /**
     * @param category with the weights {@code encoder} and {@code disentangler}
     */
    SupervisedProbe(NDManager parent, CategoryModel category) {
        this.manager = parent.newSubManager();
        this.cutter = new PictureCutter(manager);
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
        List<Reading> readings = new ArrayList<>();
        for (int at = 0; at < pictures.length; at += BATCH * size) {
            int end = Math.min(pictures.length, at + BATCH * size);
            readings.addAll(readings(cutter.cut(Arrays.copyOfRange(pictures, at, end), side)));
        }
        return readings;
    }

    private List<Reading> readings(List<PictureCutter.CutOut> cutOuts) {
        int samples = cutOuts.size();
        float[] crops = new float[samples * 4 * CROP * CROP];
        boolean[] found = new boolean[samples];
        float[][] kept = new float[samples][];
        for (int i = 0; i < samples; i++) {
            found[i] = cutOuts.get(i).area() > LEAST_OBJECT;
            kept[i] = cutOuts.get(i).matte().values();
            EncoderNetwork.fill(cutOuts.get(i).crop(), crops, i * 4 * CROP * CROP);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray latent =
                    encoder.forward(scratch.create(crops, new Shape(samples, 4, CROP, CROP)));
            return read(scene.forward(latent, 1), found, kept);
        }
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
