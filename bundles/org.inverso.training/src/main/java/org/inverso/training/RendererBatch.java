/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.CameraFactor;
import org.inverso.renderer.stylegan.Factors;
import org.inverso.renderer.stylegan.TextureBands;

/** Objects to render, each put together from the factors of one or of several examples. */
final class RendererBatch {

    private final List<Mixture> objects;

    /**
     * Where an object's factors come from.
     *
     * @param azimuthDeg of the camera, whatever that of its example
     */
    record Mixture(
            double azimuthDeg,
            RendererExample camera,
            RendererExample shape,
            RendererExample texture,
            RendererExample background) {

        /** All of one example. */
        static Mixture of(RendererExample example) {
            return new Mixture(example.azimuthDeg(), example, example, example, example);
        }

        /** Whether the generator has a picture of just this. */
        boolean isWhole() {
            return camera == shape
                    && camera == texture
                    && camera == background
                    && azimuthDeg == camera.azimuthDeg();
        }
    }

    RendererBatch(List<Mixture> objects) {
        this.objects = List.copyOf(objects);
    }

    int size() {
        return objects.size();
    }

    List<Mixture> objects() {
        return objects;
    }

    /** What the renderer gets. */
    Factors factors(NDManager manager) {
        return new Factors(
                array(
                        manager,
                        m -> CameraFactor.of(m.azimuthDeg(), m.camera().camera()),
                        CameraFactor.SIZE),
                shapes(manager),
                textures(manager),
                backgrounds(manager));
    }

    /** Weights of the shape targets, then pose, {@code float[N, S]}. */
    NDArray shapes(NDManager manager) {
        int targets = objects.get(0).shape().shape().length;
        int poses = objects.get(0).shape().pose().length;
        return array(
                manager,
                m -> {
                    float[] both = new float[targets + poses];
                    System.arraycopy(m.shape().shape(), 0, both, 0, targets);
                    System.arraycopy(m.shape().pose(), 0, both, targets, poses);
                    return both;
                },
                targets + poses);
    }

    /** {@code float[N, TextureBands.SIZE]}. */
    NDArray textures(NDManager manager) {
        return array(manager, m -> m.texture().texture(), TextureBands.SIZE);
    }

    /** {@code float[N, BackgroundGrid.SIZE]}. */
    NDArray backgrounds(NDManager manager) {
        return array(manager, m -> m.background().background(), BackgroundGrid.SIZE);
    }

    /** Codes of the cameras, azimuth left out, {@code float[N, SceneNetwork.CAMERA]}. */
    NDArray cameras(NDManager manager) {
        return array(manager, m -> m.camera().camera(), SceneNetwork.CAMERA);
    }

    /** Styles of the layers that carry the camera, {@code float[N, W]}. */
    NDArray cameraStyles(NDManager manager) {
        return array(manager, m -> m.camera().cameraW(), objects.get(0).camera().cameraW().length);
    }

    /** Styles of the other layers, {@code float[N, W]}. */
    NDArray contentStyles(NDManager manager) {
        return array(
                manager, m -> m.texture().contentW(), objects.get(0).texture().contentW().length);
    }

    /** 1 for objects of which there is a picture, else 0, {@code float[N, 1, 1]}. */
    NDArray whole(NDManager manager) {
        return array(manager, m -> new float[] {m.isWhole() ? 1 : 0}, 1, 1);
    }

    /** Azimuths in units of the network's bins, 0 to BINS. */
    double[] azimuthBins() {
        return objects.stream()
                .mapToDouble(m -> (m.azimuthDeg() % 360 + 360) % 360 * SceneNetwork.BINS / 360)
                .toArray();
    }

    private NDArray array(
            NDManager manager, Function<Mixture, float[]> values, long... shapeOfOne) {
        long[] shape = new long[shapeOfOne.length + 1];
        shape[0] = objects.size();
        System.arraycopy(shapeOfOne, 0, shape, 1, shapeOfOne.length);
        int size = (int) new Shape(shapeOfOne).size();
        float[] all = new float[objects.size() * size];
        IntStream.range(0, objects.size())
                .forEach(
                        n ->
                                System.arraycopy(
                                        values.apply(objects.get(n)), 0, all, n * size, size));
        return manager.create(all, new Shape(shape));
    }
}
