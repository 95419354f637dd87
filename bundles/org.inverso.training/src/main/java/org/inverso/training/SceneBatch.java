/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.nn.Activation;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.ShLighting;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.training.synthesis.Cutout;

/** Inputs and labels of some crops, flat. */
final class SceneBatch {

    /**
     * How many crops of a batch the texture is learned from: its decoder takes a third of the time.
     */
    static final int TEXTURED = 8;

    final int size;
    final float[] crops;
    final float[] azimuthBins;
    final int[] bins;
    final float[] offsets;
    final float[] cameras;
    final float[] shapes;
    final float[] poses;
    final float[] lights;
    final float[] textures;

    private SceneBatch(int size, int shapeCount, int poseCount, float[] crops) {
        this.size = size;
        this.crops = crops;
        azimuthBins = new float[size * SceneNetwork.BINS];
        bins = new int[size];
        offsets = new float[size];
        cameras = new float[size * SceneNetwork.CAMERA];
        shapes = new float[size * shapeCount];
        poses = new float[size * poseCount];
        lights = new float[size * 27];
        textures =
                new float
                        [Math.min(size, TEXTURED)
                                * 3
                                * SceneNetwork.TEXTURE_SIZE
                                * SceneNetwork.TEXTURE_SIZE];
    }

    /**
     * @param crops of the cutouts, as the encoder sees them
     */
    static SceneBatch of(
            List<Cutout> cutouts, List<CropDegrader.Degraded> crops, CategoryModel category) {
        List<PoseParameter> limits = category.poseParameters();
        CameraCode cameraCode = CameraCode.of(category.template());
        SceneBatch batch =
                new SceneBatch(
                        cutouts.size(),
                        category.template().shapeCount(),
                        limits.size(),
                        new float[cutouts.size() * 4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE]);
        for (int i = 0; i < batch.size; i++) {
            CropDegrader.Degraded crop = crops.get(i);
            EncoderNetwork.fill(
                    crop.pixels(), batch.crops, i * 4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE);
            batch.label(i, cutouts.get(i), crop.camera(), cameraCode, limits);
        }
        return batch;
    }

    /**
     * Labels as another network sees them.
     *
     * @param heads what it says of crops; textures of the first {@link #TEXTURED} at least
     * @param crops the same ones as a learner sees them, {@code float[N * 4 * SIZE * SIZE]}, kept
     */
    static SceneBatch seen(SceneNetwork.Heads heads, float[] crops) {
        int size = (int) heads.azimuth().getShape().get(0);
        float[] shapes = heads.shape().toFloatArray();
        float[] poses = heads.pose() == null ? new float[0] : heads.pose().toFloatArray();
        SceneBatch batch = new SceneBatch(size, shapes.length / size, poses.length / size, crops);
        copy(heads.camera().toFloatArray(), batch.cameras);
        copy(shapes, batch.shapes);
        copy(poses, batch.poses);
        copy(heads.light().toFloatArray(), batch.lights);
        copy(Activation.sigmoid(heads.texture()).toFloatArray(), batch.textures);
        float[] logits = heads.azimuth().toFloatArray();
        float[] offsets = heads.azimuthOffset().toFloatArray();
        for (int i = 0; i < size; i++) {
            int best = i * SceneNetwork.BINS;
            for (int b = best + 1; b < (i + 1) * SceneNetwork.BINS; b++) {
                best = logits[b] > logits[best] ? b : best;
            }
            batch.azimuth(i, best - i * SceneNetwork.BINS + (double) offsets[best]);
        }
        return batch;
    }

    /** The labels of one of the first {@link #TEXTURED} crops, without the crop. */
    SceneBatch labels(int i) {
        SceneBatch one = new SceneBatch(1, shapes.length / size, poses.length / size, new float[0]);
        one.put(0, this, i);
        return one;
    }

    /** Labels of several, without their crops. */
    static SceneBatch joined(List<SceneBatch> labels) {
        SceneBatch first = labels.get(0);
        SceneBatch all =
                new SceneBatch(
                        labels.size(), first.shapes.length, first.poses.length, new float[0]);
        for (int i = 0; i < all.size; i++) {
            all.put(i, labels.get(i), 0);
        }
        return all;
    }

    private void put(int to, SceneBatch other, int from) {
        bins[to] = other.bins[from];
        offsets[to] = other.offsets[from];
        part(other.azimuthBins, from, azimuthBins, to, SceneNetwork.BINS);
        part(other.cameras, from, cameras, to, SceneNetwork.CAMERA);
        part(other.shapes, from, shapes, to, shapes.length / size);
        part(other.poses, from, poses, to, poses.length / size);
        part(other.lights, from, lights, to, 27);
        if (to < TEXTURED) {
            int texture = 3 * SceneNetwork.TEXTURE_SIZE * SceneNetwork.TEXTURE_SIZE;
            part(other.textures, from, textures, to, texture);
        }
    }

    private static void part(float[] source, int from, float[] dest, int to, int length) {
        System.arraycopy(source, from * length, dest, to * length, length);
    }

    private static void copy(float[] from, float[] dest) {
        System.arraycopy(from, 0, dest, 0, dest.length);
    }

    /**
     * @param position in units of a bin's width
     */
    private void azimuth(int i, double position) {
        bins[i] = Math.floorMod(Math.round(position), SceneNetwork.BINS);
        double offset = position - Math.round(position);
        offsets[i] = (float) offset;
        // Part of the weight goes to the bin on the other side of the border that is near.
        int neighbour = Math.floorMod(bins[i] + (offset > 0 ? 1 : -1), SceneNetwork.BINS);
        float share = (float) Math.abs(offset);
        azimuthBins[i * SceneNetwork.BINS + bins[i]] = 1 - share;
        azimuthBins[i * SceneNetwork.BINS + neighbour] = share;
    }

    private void label(
            int i,
            Cutout cutout,
            OrbitCamera camera,
            CameraCode cameraCode,
            List<PoseParameter> limits) {
        azimuth(i, (camera.azimuthDeg() + 360.0) % 360 / (360.0 / SceneNetwork.BINS));
        System.arraycopy(
                cameraCode.encode(camera),
                0,
                cameras,
                i * SceneNetwork.CAMERA,
                SceneNetwork.CAMERA);
        System.arraycopy(
                cutout.shape(), 0, shapes, i * cutout.shape().length, cutout.shape().length);
        for (int p = 0; p < limits.size(); p++) {
            float low = limits.get(p).minRadians();
            float high = limits.get(p).maxRadians();
            poses[i * limits.size() + p] =
                    high > low ? 2 * (cutout.pose()[p] - low) / (high - low) - 1 : 0;
        }
        float[] uniform = ShLighting.uniform().coefficients();
        for (int l = 0; l < 27; l++) {
            lights[27 * i + l] = cutout.light().coefficients()[l] - uniform[l];
        }
        if (i >= TEXTURED) {
            return;
        }
        int texels = SceneNetwork.TEXTURE_SIZE * SceneNetwork.TEXTURE_SIZE;
        for (int t = 0; t < texels; t++) {
            for (int c = 0; c < 3; c++) {
                textures[(3 * i + c) * texels + t] = (cutout.texture()[3 * t + c] & 0xff) / 255f;
            }
        }
    }
}
