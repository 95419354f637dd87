/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.nio.ByteBuffer;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.TextureBands;

/**
 * A generated picture, the styles that it was made from, and what the supervised networks see in
 * it.
 *
 * @param cameraW style of the layers that carry the camera, {@code float[W]}
 * @param contentW style of the other layers, {@code float[W]}; may be the same
 * @param picture {@code float[3 * R * R]}, -1 to 1
 * @param matte of the object in it, {@code float[R * R]}, 0 to 1
 * @param found whether there was an object at all
 * @param azimuthDeg of the camera
 * @param sure probability of the azimuth's bin
 * @param camera {@code float[SceneNetwork.CAMERA]}, as the network writes it
 * @param shape weights of the shape targets
 * @param pose as the network writes it, -1 to 1
 * @param texture as {@link TextureBands} makes it
 * @param background as {@link BackgroundGrid} makes it
 */
record RendererExample(
        float[] cameraW,
        float[] contentW,
        float[] picture,
        float[] matte,
        boolean found,
        float azimuthDeg,
        float sure,
        float[] camera,
        float[] shape,
        float[] pose,
        float[] texture,
        float[] background) {

    /**
     * Lengths of an example's arrays.
     *
     * @param wSize W
     * @param resolution R
     */
    record Sizes(int wSize, int resolution, int shapeCount, int poseCount) {

        /** Of an example in a file. */
        int bytes() {
            int floats = 2 * wSize + 3 + SceneNetwork.CAMERA + shapeCount + poseCount;
            return 4 * floats + 4 * resolution * resolution + BackgroundGrid.SIZE;
        }
    }

    /** Styles, camera and shape in full precision, what is seen in steps of 1/255. */
    void write(ByteBuffer dest) {
        putFloats(dest, cameraW);
        putFloats(dest, contentW);
        dest.putFloat(found ? 1 : 0).putFloat(azimuthDeg).putFloat(sure);
        putFloats(dest, camera);
        putFloats(dest, shape);
        putFloats(dest, pose);
        putSteps(dest, picture, 0.5f, 0.5f);
        putSteps(dest, matte, 0, 1);
        putSteps(dest, background, 0.5f, 0.5f);
    }

    static RendererExample read(ByteBuffer from, Sizes sizes) {
        float[] cameraW = floats(from, new float[sizes.wSize()]);
        float[] contentW = floats(from, new float[sizes.wSize()]);
        boolean found = from.getFloat() > 0;
        float azimuthDeg = from.getFloat();
        float sure = from.getFloat();
        float[] camera = floats(from, new float[SceneNetwork.CAMERA]);
        float[] shape = floats(from, new float[sizes.shapeCount()]);
        float[] pose = floats(from, new float[sizes.poseCount()]);
        int pixels = sizes.resolution() * sizes.resolution();
        float[] picture = steps(from, new float[3 * pixels], 0.5f, 0.5f);
        float[] matte = steps(from, new float[pixels], 0, 1);
        float[] background = steps(from, new float[BackgroundGrid.SIZE], 0.5f, 0.5f);
        return new RendererExample(
                cameraW,
                contentW,
                picture,
                matte,
                found,
                azimuthDeg,
                sure,
                camera,
                shape,
                pose,
                TextureBands.of(picture, matte, sizes.resolution()),
                background);
    }

    private static void putFloats(ByteBuffer dest, float[] values) {
        for (float value : values) {
            dest.putFloat(value);
        }
    }

    private static float[] floats(ByteBuffer from, float[] dest) {
        for (int i = 0; i < dest.length; i++) {
            dest[i] = from.getFloat();
        }
        return dest;
    }

    private static void putSteps(ByteBuffer dest, float[] values, float offset, float scale) {
        for (float value : values) {
            dest.put((byte) Math.round(255 * Math.max(0, Math.min(1, offset + scale * value))));
        }
    }

    private static float[] steps(ByteBuffer from, float[] dest, float offset, float scale) {
        for (int i = 0; i < dest.length; i++) {
            dest[i] = ((from.get() & 0xff) / 255f - offset) / scale;
        }
        return dest;
    }
}
