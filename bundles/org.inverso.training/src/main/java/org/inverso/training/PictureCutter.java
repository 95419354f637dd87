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
import java.util.List;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;
import org.inverso.network.Parameters;
import org.inverso.segmenter.net.NetSegmenter;
import org.inverso.segmenter.net.SegmentationNetwork;

/** Cuts the objects out of small pictures with the built-in segmenter. */
final class PictureCutter implements AutoCloseable {

    private static final int SIZE = SegmentedCrops.SIZE;
    private static final int BATCH = 32;

    private final NDManager manager;
    private final SegmentationNetwork segmenter;

    PictureCutter(NDManager parent) {
        this.manager = parent.newSubManager();
        this.segmenter = new SegmentationNetwork(Parameters.read(manager, NetSegmenter.weights()));
    }

    /**
     * An object that was cut out.
     *
     * @param matte of the whole picture, {@link SegmentedCrops#SIZE} wide
     * @param crop what the encoder sees
     */
    record CutOut(Plane matte, Image crop) {

        /** Part of the picture that is object. */
        double area() {
            return PictureCutter.area(matte);
        }

        /** Part of the picture's border that is object: what is cut off has no outline there. */
        double atBorder() {
            int count = 0;
            int last = matte.width() - 1;
            for (int i = 0; i < last; i++) {
                count += matte.get(i, 0) >= Matte.THRESHOLD ? 1 : 0;
                count += matte.get(last, i) >= Matte.THRESHOLD ? 1 : 0;
                count += matte.get(last - i, last) >= Matte.THRESHOLD ? 1 : 0;
                count += matte.get(0, last - i) >= Matte.THRESHOLD ? 1 : 0;
            }
            return count / (4.0 * last);
        }

        /** Pixels that are neither object nor background, per pixel of the object. */
        double unsure() {
            int unsure = 0;
            int sure = 0;
            for (float value : matte.values()) {
                unsure += value > 0.2f && value < 0.8f ? 1 : 0;
                sure += value >= Matte.THRESHOLD ? 1 : 0;
            }
            return unsure / Math.max(1.0, sure);
        }
    }

    /**
     * @param pictures {@code float[N, 3, side, side]}, -1 to 1
     * @return one for each picture; its crop is of the whole picture when nothing was found
     */
    List<CutOut> cut(float[] pictures, int side) {
        int size = 3 * side * side;
        int count = pictures.length / size;
        List<CutOut> cutOuts = new ArrayList<>();
        for (int first = 0; first < count; first += BATCH) {
            int samples = Math.min(BATCH, count - first);
            float[] rgb = new float[samples * 3 * SIZE * SIZE];
            for (int i = 0; i < 3 * samples; i++) {
                enlarge(pictures, first * size + i * side * side, side, rgb, i * SIZE * SIZE);
            }
            cutOuts.addAll(enlarged(rgb, samples));
        }
        return cutOuts;
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

    private List<CutOut> enlarged(float[] rgb, int samples) {
        float[] mattes;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray pictures = scratch.create(rgb, new Shape(samples, 3, SIZE, SIZE)).mul(2).sub(1);
            mattes = Activation.sigmoid(segmenter.forward(pictures)).toFloatArray();
        }
        List<CutOut> cutOuts = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            Plane matte =
                    MainComponents.keep(
                            SegmentedCrops.sharpened(mattes, i * SIZE * SIZE), SegmentedCrops.KEEP);
            CropRegion region =
                    area(matte) > 0 ? CropRegion.around(matte) : new CropRegion(0, 0, SIZE);
            cutOuts.add(
                    new CutOut(
                            matte, SegmentedCrops.crop(rgb, i * 3 * SIZE * SIZE, matte, region)));
        }
        return cutOuts;
    }

    private static double area(Plane matte) {
        int count = 0;
        for (float value : matte.values()) {
            count += value >= Matte.THRESHOLD ? 1 : 0;
        }
        return count / (double) matte.values().length;
    }

    @Override
    public void close() {
        manager.close();
    }
}
