/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.disentangler.mlp.CameraCode;

/** Scenes as the network reads them. What a scene does not tell is grey. */
public final class SceneFactors {

    private SceneFactors() {}

    /** One scene. */
    public static Factors of(NDManager manager, SceneEstimate scene, CategoryModel category) {
        float[] camera =
                CameraFactor.of(
                        scene.camera().azimuthDeg(),
                        CameraCode.of(category.template()).encode(scene.camera()));
        float[] shape = shape(scene, category.poseParameters());
        float[] texture =
                scene.texture()
                        .map(atlas -> TextureBands.of(atlas, category.template()))
                        .orElseGet(() -> new float[TextureBands.SIZE]);
        float[] background =
                scene.background()
                        .map(BackgroundGrid::of)
                        .orElseGet(() -> new float[BackgroundGrid.SIZE]);
        return new Factors(
                manager.create(camera, new Shape(1, camera.length)),
                manager.create(shape, new Shape(1, shape.length)),
                manager.create(texture, new Shape(1, texture.length)),
                manager.create(background, new Shape(1, background.length)));
    }

    private static float[] shape(SceneEstimate scene, List<PoseParameter> parameters) {
        int targets = scene.shape().length;
        float[] shape = new float[targets + scene.pose().length];
        System.arraycopy(scene.shape(), 0, shape, 0, targets);
        for (int p = 0; p < scene.pose().length; p++) {
            PoseParameter parameter = parameters.get(p);
            float middle = (parameter.maxRadians() + parameter.minRadians()) / 2;
            float half = (parameter.maxRadians() - parameter.minRadians()) / 2;
            shape[targets + p] = (scene.pose()[p] - middle) / Math.max(half, 1e-6f);
        }
        return shape;
    }
}
