/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import org.inverso.api.category.CategoryModel;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.geometry.ShapeModel;

/**
 * Renders what the network's heads predict, and takes image gradients back to the predictions:
 * through the rasterizer's own backward pass, the shape model and the camera. Belongs to one
 * thread.
 */
public final class PredictedView implements AutoCloseable {

    /** Distances at which a face adds less than this to the soft mask do not count. */
    private static final double LEAST = 0.005;

    private final ShapeModel model;
    private final RasterSession session;
    private final CameraGradient camera;
    private final RasterScene scene = new RasterScene();
    private final float[] restGradient;
    private float azimuthDeg;
    private float[] code;
    private float[] shape;
    private float[] pose;

    /**
     * @param size side of the images, pixels
     * @param sigmaInv sharpness of the soft mask, see {@link RasterSettings}; 0 for hard coverage
     * @param coloured whether views have texture and light
     */
    public PredictedView(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            int size,
            float sigmaInv,
            boolean coloured) {
        model = new ShapeModel(category);
        camera = new CameraGradient(CameraCode.of(category.template()));
        float reach = sigmaInv > 0 ? (float) Math.sqrt(-Math.log(LEAST) / sigmaInv) : 0;
        RasterSettings settings =
                RasterSettings.of(size)
                        .withSoftMask(sigmaInv, reach, 1)
                        .withCullBackFaces(true)
                        .withShading(
                                coloured
                                        ? RasterSettings.Shading.SPHERICAL_HARMONICS
                                        : RasterSettings.Shading.NONE);
        session = rasterizer.open(category.template().faces(), model.vertexCount(), settings);
        restGradient = new float[3 * model.vertexCount()];
        scene.positions = new float[3 * model.vertexCount()];
        scene.view = new float[16];
        scene.projection = new float[16];
        if (coloured) {
            scene.uvs = category.template().uvs();
            scene.textureWidth = SceneNetwork.TEXTURE_SIZE;
            scene.textureHeight = SceneNetwork.TEXTURE_SIZE;
        }
    }

    /**
     * Images that are overwritten by the next call. The arguments must stay as they are until
     * {@link #backward}.
     *
     * @param newCode {@code float[CAMERA]}, see {@link CameraCode}
     * @param newShape {@code float[K]}
     * @param newPose {@code float[P]}, radians
     */
    public RasterImages render(
            float newAzimuthDeg, float[] newCode, float[] newShape, float[] newPose) {
        azimuthDeg = newAzimuthDeg;
        code = newCode;
        shape = newShape;
        pose = newPose;
        camera.matrices(azimuthDeg, code, scene.view, scene.projection);
        model.vertices(shape, pose, null, scene.positions);
        return session.forward(scene);
    }

    /**
     * The same in colour.
     *
     * @param albedo {@code float[3*T*T]}, linear, rows of RGB texels
     * @param light {@code float[27]}, see {@link org.inverso.api.scene.ShLighting}
     */
    public RasterImages render(
            float newAzimuthDeg,
            float[] newCode,
            float[] newShape,
            float[] newPose,
            float[] albedo,
            float[] light) {
        scene.texture = albedo;
        scene.lights = light;
        return render(newAzimuthDeg, newCode, newShape, newPose);
    }

    /** Vertices of the last view, {@code float[V*3]}, object frame. */
    public float[] vertices() {
        return scene.positions;
    }

    /**
     * Takes gradients of the last view's images back.
     *
     * @param surface gradient of other losses with regard to {@link #vertices}, {@code float[V*3]};
     *     null for none
     * @param dest overwritten
     */
    public void backward(RasterUpstream upstream, float[] surface, ViewGradients dest) {
        RasterGradients gradients = session.backward(upstream);
        camera.backward(azimuthDeg, code, gradients.view, gradients.projection, dest);
        for (int i = 0; i < dest.vertices.length; i++) {
            dest.vertices[i] = gradients.positions[i] + (surface == null ? 0 : surface[i]);
        }
        model.backward(
                shape,
                pose,
                null,
                scene.positions,
                dest.vertices,
                dest.shape,
                dest.pose,
                restGradient);
        if (scene.texture != null) {
            System.arraycopy(gradients.texture, 0, dest.texture, 0, dest.texture.length);
            System.arraycopy(gradients.lights, 0, dest.light, 0, dest.light.length);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
