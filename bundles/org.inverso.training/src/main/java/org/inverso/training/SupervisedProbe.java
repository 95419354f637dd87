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

    @Override
    public List<Seen> look(float[] pictures, int side) {
        int size = 3 * side * side;
        List<Seen> seen = new ArrayList<>();
        for (int at = 0; at < pictures.length; at += BATCH * size) {
            int end = Math.min(pictures.length, at + BATCH * size);
            seen.addAll(seen(cutter.cut(Arrays.copyOfRange(pictures, at, end), side)));
        }
        return seen;
    }

    private List<Seen> seen(List<PictureCutter.CutOut> cutOuts) {
        int samples = cutOuts.size();
        float[] crops = new float[samples * 4 * CROP * CROP];
        boolean[] found = new boolean[samples];
        for (int i = 0; i < samples; i++) {
            found[i] = cutOuts.get(i).area() > LEAST_OBJECT;
            EncoderNetwork.fill(cutOuts.get(i).crop(), crops, i * 4 * CROP * CROP);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray latent =
                    encoder.forward(scratch.create(crops, new Shape(samples, 4, CROP, CROP)));
            return read(scene.forward(latent, 1), found);
        }
    }

    private List<Seen> read(SceneNetwork.Heads heads, boolean[] found) {
        int bins = SceneNetwork.BINS;
        float[] probabilities = heads.azimuth().softmax(1).toFloatArray();
        float[] offsets = heads.azimuthOffset().toFloatArray();
        float[] camera = heads.camera().toFloatArray();
        float[] shapes = heads.shape().toFloatArray();
        List<Seen> seen = new ArrayList<>();
        for (int n = 0; n < found.length; n++) {
            int best = 0;
            for (int b = 1; b < bins; b++) {
                if (probabilities[n * bins + b] > probabilities[n * bins + best]) {
                    best = b;
                }
            }
            float[] shape = new float[scene.shapeCount()];
            System.arraycopy(shapes, n * shape.length, shape, 0, shape.length);
            double azimuth = (best + (double) offsets[n * bins + best]) * 360 / bins;
            seen.add(
                    new Seen(
                            found[n],
                            Math.IEEEremainder(azimuth, 360),
                            camera[n * SceneNetwork.CAMERA] * CameraCode.ELEVATION_UNIT,
                            probabilities[n * bins + best],
                            shape));
        }
        return seen;
    }

    @Override
    public void close() {
        manager.close();
    }
}
