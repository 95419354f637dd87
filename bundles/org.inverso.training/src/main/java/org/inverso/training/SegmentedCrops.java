/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.NetSegmenter;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.inverso.training.CropDegrader.Degraded;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Cuts renderings out of photos that they were put into, as the built-in segmenter does: the scene
 * networks get to see its mistakes.
 */
final class SegmentedCrops implements AutoCloseable {

    /** Side of the photos; less than the segmenter takes, for the sake of time. */
    static final int SIZE = 160;

    private static final int OUT = EncoderNetwork.SIZE;

    /** Pieces smaller than this part of the largest one are no part of the object. */
    static final double KEEP = 0.25;

    /** Of the true mask; with less the segmenter found something else. */
    private static final double LEAST_IOU = 0.35;

    private final NDManager manager;
    private final Parameters parameters;
    private final SegmentationNetwork network;
    private final Compositor compositor;

    /**
     * @param store of the objects that stand further away
     */
    SegmentedCrops(NDManager parent, CutoutStore store, List<Picture> backgrounds) {
        this.manager = parent.newSubManager();
        this.parameters = Parameters.read(manager, NetSegmenter.weights());
        this.network = new SegmentationNetwork(parameters);
        this.compositor = new Compositor(SIZE, List.of(store), backgrounds, List.of());
    }

    /**
     * @return for each cutout what the encoder sees, or nothing when the segmenter did not find it
     */
    List<Optional<Degraded>> of(List<Cutout> cutouts, SplittableRandom random) {
        List<Compositor.Scene> scenes = new ArrayList<>();
        int picture = 3 * SIZE * SIZE;
        float[] pixels = new float[cutouts.size() * picture];
        for (int i = 0; i < cutouts.size(); i++) {
            Compositor.Scene scene = compositor.around(cutouts.get(i), random);
            scenes.add(scene);
            for (int p = 0; p < picture; p++) {
                pixels[i * picture + p] = 2 * scene.rgb()[p] - 1;
            }
        }
        float[] found;
        try (NDManager scratch = manager.newSubManager()) {
            found =
                    Activation.sigmoid(
                                    network.forward(
                                            scratch.create(
                                                    pixels,
                                                    new Shape(cutouts.size(), 3, SIZE, SIZE))))
                            .toFloatArray();
        }
        List<Optional<Degraded>> crops = new ArrayList<>();
        for (int i = 0; i < cutouts.size(); i++) {
            Plane matte = MainComponents.keep(sharpened(found, i * SIZE * SIZE), KEEP);
            crops.add(
                    iou(matte.values(), scenes.get(i).mask()) < LEAST_IOU
                            ? Optional.empty()
                            : Optional.of(
                                    crop(scenes.get(i).rgb(), matte, cutouts.get(i).camera())));
        }
        return crops;
    }

    /** With the contrast that the segmenter gives its mattes. */
    static Plane sharpened(float[] found, int offset) {
        float[] alpha = new float[SIZE * SIZE];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = NetSegmenter.sharpened(found[offset + i]);
        }
        return new Plane(SIZE, SIZE, alpha);
    }

    private static double iou(float[] found, float[] truth) {
        int common = 0;
        int either = 0;
        for (int i = 0; i < found.length; i++) {
            boolean a = found[i] >= Matte.THRESHOLD;
            boolean b = truth[i] >= Matte.THRESHOLD;
            common += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }
        return common / Math.max(1.0, either);
    }

    private static Degraded crop(float[] rgb, Plane matte, OrbitCamera camera) {
        CropRegion region = CropRegion.around(matte);
        return new Degraded(crop(rgb, 0, matte, region), CropDegrader.seenIn(region, SIZE, camera));
    }

    /**
     * What the encoder sees.
     *
     * @param rgb {@code float[3*SIZE*SIZE]} from {@code offset} on, planes, 0 to 1
     */
    static Image crop(float[] rgb, int offset, Plane matte, CropRegion region) {
        byte[] rgba = new byte[4 * OUT * OUT];
        float scale = region.size() / OUT;
        for (int y = 0; y < OUT; y++) {
            for (int x = 0; x < OUT; x++) {
                float u = region.x() + (x + 0.5f) * scale - 0.5f;
                float v = region.y() + (y + 0.5f) * scale - 0.5f;
                boolean inside = u > -1 && v > -1 && u < SIZE && v < SIZE;
                int at = 4 * (y * OUT + x);
                for (int c = 0; c < 3; c++) {
                    float value = inside ? bilinear(rgb, offset + c * SIZE * SIZE, SIZE, u, v) : 0;
                    rgba[at + c] = (byte) Math.round(255 * value);
                }
                float alpha = inside ? bilinear(matte.values(), 0, SIZE, u, v) : 0;
                rgba[at + 3] = (byte) Math.round(255 * alpha);
            }
        }
        return new Image(OUT, OUT, rgba);
    }

    static float bilinear(float[] plane, int offset, int size, float u, float v) {
        u = Math.max(0, Math.min(size - 1.001f, u));
        v = Math.max(0, Math.min(size - 1.001f, v));
        int at = offset + (int) v * size + (int) u;
        float fu = u - (int) u;
        float fv = v - (int) v;
        float upper = plane[at] + fu * (plane[at + 1] - plane[at]);
        float lower = plane[at + size] + fu * (plane[at + size + 1] - plane[at + size]);
        return upper + fv * (lower - upper);
    }

    @Override
    public void close() {
        parameters.close();
        manager.close();
    }
}
