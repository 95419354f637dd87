/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

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

    private SceneBatch(int size, int shapeCount, int poseCount) {
        this.size = size;
        crops = new float[size * 4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE];
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
                new SceneBatch(cutouts.size(), category.template().shapeCount(), limits.size());
        for (int i = 0; i < batch.size; i++) {
            CropDegrader.Degraded crop = crops.get(i);
            EncoderNetwork.fill(
                    crop.pixels(), batch.crops, i * 4 * EncoderNetwork.SIZE * EncoderNetwork.SIZE);
            batch.label(i, cutouts.get(i), crop.camera(), cameraCode, limits);
        }
        return batch;
    }

    private void label(
            int i,
            Cutout cutout,
            OrbitCamera camera,
            CameraCode cameraCode,
            List<PoseParameter> limits) {
        double width = 360.0 / SceneNetwork.BINS;
        double position = (camera.azimuthDeg() + 360.0) % 360 / width;
        bins[i] = (int) Math.round(position) % SceneNetwork.BINS;
        double offset = position - Math.round(position);
        offsets[i] = (float) offset;
        // Part of the weight goes to the bin on the other side of the border that is near.
        int neighbour = Math.floorMod(bins[i] + (offset > 0 ? 1 : -1), SceneNetwork.BINS);
        float share = (float) Math.abs(offset);
        azimuthBins[i * SceneNetwork.BINS + bins[i]] = 1 - share;
        azimuthBins[i * SceneNetwork.BINS + neighbour] = share;
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
