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
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.encoder.cnn.EncoderNetwork;
import org.inverso.geometry.PictureFit;
import org.inverso.geometry.ShapeModel;
import org.inverso.network.Parameters;
import org.inverso.refiner.TargetMask;
import org.inverso.training.inverse.PredictedView;

/** How well what networks see in crops covers the crops' mattes, without any refinement. */
final class MaskAgreement implements AutoCloseable {

    private static final int SIZE = EncoderNetwork.SIZE;
    private static final int BATCH = 16;

    private final CategoryModel category;
    private final ShapeModel model;
    private final CameraCode cameras;
    private final PredictedView view;

    MaskAgreement(CategoryModel category, DifferentiableRasterizer rasterizer) {
        this.category = category;
        this.model = new ShapeModel(category);
        this.cameras = CameraCode.of(category.template());
        this.view = new PredictedView(category, rasterizer, SIZE, 0, false);
    }

    /**
     * Of one crop.
     *
     * @param maskIou of the mask as predicted and the matte
     * @param framedIou the same with the picture plane moved so that the mask has the matte's box,
     *     with which refinement begins; 0 when the camera is inside the object
     * @param azimuthDeg most probable one
     * @param covered whether the object as predicted covers each pixel, {@code boolean[H*W]}
     */
    record Agreement(double maskIou, double framedIou, double azimuthDeg, boolean[] covered) {}

    /**
     * @param crops as the encoder sees them
     */
    List<Agreement> of(
            NDManager manager, EncoderNetwork encoder, SceneNetwork scene, List<Image> crops) {
        List<Agreement> agreements = new ArrayList<>();
        for (int first = 0; first < crops.size(); first += BATCH) {
            List<Image> some = crops.subList(first, Math.min(crops.size(), first + BATCH));
            float[] pixels = new float[some.size() * 4 * SIZE * SIZE];
            for (int i = 0; i < some.size(); i++) {
                EncoderNetwork.fill(some.get(i), pixels, i * 4 * SIZE * SIZE);
            }
            try (NDManager scratch = manager.newSubManager()) {
                NDArray input = scratch.create(pixels, new Shape(some.size(), 4, SIZE, SIZE));
                Predictions predictions =
                        new Predictions(scene.forward(encoder.forward(input), 1), category);
                for (int i = 0; i < some.size(); i++) {
                    agreements.add(compare(predictions, i, TargetMask.of(some.get(i))));
                }
            }
        }
        return agreements;
    }

    /**
     * Mean mask IoU of two networks of the category.
     *
     * @param names of the weights of encoder and disentangler
     */
    double mean(NDManager manager, List<String> names, List<Image> crops) {
        try (NDManager own = manager.newSubManager()) {
            Parameters encoder = Parameters.read(own, category.weights(names.get(0)));
            Parameters scene = Parameters.read(own, category.weights(names.get(1)));
            return mean(of(own, new EncoderNetwork(encoder), SceneNetwork.read(scene), crops));
        }
    }

    /** Mean mask IoU. */
    static double mean(List<Agreement> agreements) {
        return agreements.stream().mapToDouble(Agreement::maskIou).average().orElse(0);
    }

    private Agreement compare(Predictions predictions, int i, TargetMask matte) {
        float azimuth = (float) predictions.azimuthDeg(i);
        float[] code = predictions.camera(i);
        float[] shape = predictions.shape(i);
        float[] pose = predictions.pose(i);
        boolean[] covered = covered(azimuth, code, shape, pose);
        return new Agreement(
                iou(covered, matte),
                framedIou(azimuth, code, shape, pose, matte),
                azimuth,
                covered);
    }

    private double framedIou(
            float azimuth, float[] code, float[] shape, float[] pose, TargetMask matte) {
        float[] box = matte.box();
        float[] vertices = model.vertices(shape, pose, null, new float[3 * model.vertexCount()]);
        OrbitCamera framed;
        try {
            framed =
                    PictureFit.fit(
                            cameras.decode(azimuth, code),
                            vertices,
                            box[0],
                            box[1],
                            box[2],
                            box[3]);
        } catch (IllegalArgumentException e) {
            // The camera is inside the object, which nothing can frame.
            return 0;
        }
        return iou(covered(azimuth, cameras.encode(framed), shape, pose), matte);
    }

    private boolean[] covered(float azimuth, float[] code, float[] shape, float[] pose) {
        RasterImages images = view.render(azimuth, code, shape, pose);
        boolean[] covered = new boolean[images.faceIndex.length];
        for (int i = 0; i < covered.length; i++) {
            covered[i] = images.faceIndex[i] >= 0;
        }
        return covered;
    }

    private static double iou(boolean[] covered, TargetMask matte) {
        int common = 0;
        int either = 0;
        for (int i = 0; i < covered.length; i++) {
            boolean wanted = matte.alpha()[i] >= Matte.THRESHOLD;
            common += covered[i] && wanted ? 1 : 0;
            either += covered[i] || wanted ? 1 : 0;
        }
        return common / Math.max(1.0, either);
    }

    /** The heads' numbers as the disentangler reads them. */
    private record Predictions(
            float[] bins,
            float[] offsets,
            float[] cameras,
            float[] shapes,
            float[] poses,
            CategoryModel category) {

        Predictions(SceneNetwork.Heads heads, CategoryModel category) {
            this(
                    heads.azimuth().toFloatArray(),
                    heads.azimuthOffset().toFloatArray(),
                    heads.camera().toFloatArray(),
                    heads.shape().toFloatArray(),
                    heads.pose() == null ? new float[0] : heads.pose().toFloatArray(),
                    category);
        }

        double azimuthDeg(int i) {
            int width = SceneNetwork.BINS;
            int best = 0;
            for (int b = 1; b < width; b++) {
                best = bins[i * width + b] > bins[i * width + best] ? b : best;
            }
            return (best + (double) offsets[i * width + best]) * 360 / width;
        }

        float[] camera(int i) {
            float[] code = new float[SceneNetwork.CAMERA];
            System.arraycopy(cameras, i * code.length, code, 0, code.length);
            return code;
        }

        float[] shape(int i) {
            ShapePrior limits = category.shapePrior();
            float[] shape = new float[category.template().shapeCount()];
            for (int k = 0; k < shape.length; k++) {
                float value = shapes[i * shape.length + k];
                shape[k] = Math.max(limits.min()[k], Math.min(limits.max()[k], value));
            }
            return shape;
        }

        float[] pose(int i) {
            List<PoseParameter> parameters = category.poseParameters();
            float[] pose = new float[parameters.size()];
            for (int p = 0; p < pose.length; p++) {
                float low = parameters.get(p).minRadians();
                float high = parameters.get(p).maxRadians();
                pose[p] = (low + high) / 2 + poses[i * pose.length + p] * (high - low) / 2;
            }
            return pose;
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
