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
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.network.Scaled;

/**
 * Objects cut out of a generator's pictures, with the styles that they were drawn from. Half of
 * them are examples with the built-in segmenter's mattes; the others are drawn anew each time, with
 * a {@link MatteStudent}'s, so that no style is learned by heart.
 */
final class GeneratedCrops {

    private static final int SIDE = EncoderNetwork.SIZE;

    private final StyleStudio studio;
    private final int cameraLayers;
    private final MatteStudent matting;
    private final List<RendererExample> known;

    /**
     * @param cameraLayers first layers that carry the camera
     */
    GeneratedCrops(
            StyleStudio studio,
            int cameraLayers,
            MatteStudent matting,
            List<RendererExample> known) {
        this.studio = studio;
        this.cameraLayers = cameraLayers;
        this.matting = matting;
        this.known = List.copyOf(known);
    }

    /**
     * Crops without faults.
     *
     * @param wPlus {@code float[N, L * W]}
     * @param colors {@code float[N, 3, SIZE, SIZE]}, 0 to 1, with what is behind the object
     * @param alpha {@code float[N, 1, SIZE, SIZE]}
     */
    record Crops(NDArray wPlus, NDArray colors, NDArray alpha) {

        /** As an {@link EncoderNetwork} reads them, {@code float[N, 4, SIZE, SIZE]}. */
        NDArray forEncoder() {
            NDArray rgb = Scaled.by(colors.mul(alpha), 2).sub(1);
            return rgb.concat(Scaled.by(alpha, 2).sub(1), 1);
        }
    }

    /** Half examples, half new ones. */
    Crops draw(NDManager scratch, int count, SplittableRandom random) {
        float[][] camera = studio.draw(count, ExampleFactory.PSI, random);
        float[][] content = studio.draw(count, ExampleFactory.PSI, random);
        for (int n = 0; n < count; n += 2) {
            content[n] = camera[n];
        }
        int fresh = count / 2;
        int size = 3 * studio.resolution() * studio.resolution();
        float[] pictures = new float[count * size];
        float[] mattes = new float[count * size / 3];
        float[] drawn = studio.pictures(fresh, (n, l) -> l < cameraLayers ? camera[n] : content[n]);
        System.arraycopy(drawn, 0, pictures, 0, drawn.length);
        float[] cut = mattes(scratch, drawn, fresh);
        System.arraycopy(cut, 0, mattes, 0, cut.length);
        for (int n = fresh; n < count; n++) {
            RendererExample example = known.get(random.nextInt(known.size()));
            put(example, n, camera, content, pictures, mattes);
        }
        return crops(scratch, camera, content, pictures, mattes);
    }

    /** Some of the examples that were made. */
    Crops of(NDManager scratch, List<RendererExample> examples) {
        int size = 3 * studio.resolution() * studio.resolution();
        float[][] camera = new float[examples.size()][];
        float[][] content = new float[examples.size()][];
        float[] pictures = new float[examples.size() * size];
        float[] mattes = new float[pictures.length / 3];
        for (int n = 0; n < examples.size(); n++) {
            put(examples.get(n), n, camera, content, pictures, mattes);
        }
        return crops(scratch, camera, content, pictures, mattes);
    }

    private static void put(
            RendererExample example,
            int n,
            float[][] camera,
            float[][] content,
            float[] pictures,
            float[] mattes) {
        camera[n] = example.cameraW();
        content[n] = example.contentW();
        int size = example.picture().length;
        System.arraycopy(example.picture(), 0, pictures, n * size, size);
        System.arraycopy(example.matte(), 0, mattes, n * size / 3, size / 3);
    }

    private float[] mattes(NDManager scratch, float[] pictures, int count) {
        int side = studio.resolution();
        NDArray input = scratch.create(pictures, new Shape(count, 3, side, side)).clip(-1, 1);
        return Activation.sigmoid(matting.forward(input)).toFloatArray();
    }

    private Crops crops(
            NDManager scratch,
            float[][] camera,
            float[][] content,
            float[] pictures,
            float[] mattes) {
        int side = studio.resolution();
        int count = camera.length;
        CropWindows windows = CropWindows.around(scratch, mattes, side, SIDE);
        NDArray colors = scratch.create(pictures, new Shape(count, 3, side, side));
        NDArray alpha = scratch.create(mattes, new Shape(count, 1, side, side));
        int wSize = camera[0].length;
        float[] wPlus = new float[count * studio.layers() * wSize];
        for (int i = 0; i < count * studio.layers(); i++) {
            int n = i / studio.layers();
            boolean carriesCamera = i % studio.layers() < cameraLayers;
            float[] w = carriesCamera ? camera[n] : content[n];
            System.arraycopy(w, 0, wPlus, i * wSize, wSize);
        }
        return new Crops(
                scratch.create(wPlus, new Shape(count, (long) studio.layers() * wSize)),
                windows.of(Scaled.by(colors.clip(-1, 1).add(1), 0.5)),
                windows.of(alpha));
    }
}
