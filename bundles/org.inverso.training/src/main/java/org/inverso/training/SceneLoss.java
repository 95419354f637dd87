/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.inverso.api.category.CategoryModel;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.geometry.TemplateScale;
import org.inverso.network.Scaled;

/**
 * What the scene's heads are trained by: the labels themselves, the distance between predicted and
 * true surface points in space, and the distance between them in the picture, which ties camera and
 * shape together.
 */
final class SceneLoss {

    /** Surface points that stand for all. */
    private static final int POINTS = 256;

    private final PosedPoints points;
    private final NDArray covered;
    private final float targetHeight;
    private final float unit;
    private final boolean inPicture;

    /**
     * @param covered which texels of the atlas belong to the surface, {@code float[T*T]} of 0 and 1
     */
    SceneLoss(NDManager manager, CategoryModel category, float[] covered) {
        this(manager, category, covered, true);
    }

    /**
     * @param inPicture whether what is wrong in the picture counts
     */
    SceneLoss(NDManager manager, CategoryModel category, float[] covered, boolean inPicture) {
        this.inPicture = inPicture;
        this.points = new PosedPoints(manager, category, POINTS);
        this.covered =
                manager.create(
                        covered,
                        new Shape(1, 1, SceneNetwork.TEXTURE_SIZE, SceneNetwork.TEXTURE_SIZE));
        // The unit of the network's cameras, so that objects of all sizes weigh alike.
        this.unit = TemplateScale.of(category.template());
        this.targetHeight = CameraCode.target(category.template()).y() / unit;
    }

    NDArray of(
            SceneNetwork.Heads heads,
            SceneBatch batch,
            NDManager scratch,
            Map<String, Double> metrics) {
        int n = batch.size;
        NDArray bins = scratch.create(batch.azimuthBins, new Shape(n, SceneNetwork.BINS));
        NDArray azimuth = Scaled.by(heads.azimuth().logSoftmax(1).mul(bins).sum(), -1.0 / n);
        float[] oneHot = new float[n * SceneNetwork.BINS];
        float[] centre = new float[n];
        for (int i = 0; i < n; i++) {
            oneHot[i * SceneNetwork.BINS + batch.bins[i]] = 1;
            centre[i] = batch.bins[i];
        }
        NDArray offset =
                heads.azimuthOffset()
                        .mul(scratch.create(oneHot, new Shape(n, SceneNetwork.BINS)))
                        .sum(new int[] {1}, true);
        NDArray trueOffset = scratch.create(batch.offsets, new Shape(n, 1));
        NDArray bin = scratch.create(centre, new Shape(n, 1));
        NDArray camera = scratch.create(batch.cameras, new Shape(n, SceneNetwork.CAMERA));
        NDArray cameraError = heads.camera().sub(camera).abs();
        NDArray cameraWeights =
                scratch.create(new float[] {1.5f, 0.4f, 0.7f, 1.5f, 1, 1}, new Shape(1, 6));
        NDArray shape = scratch.create(batch.shapes, heads.shape().getShape());
        NDArray pose =
                heads.pose() == null ? null : scratch.create(batch.poses, heads.pose().getShape());
        NDArray predictedPoints = points.of(heads.shape(), heads.pose());
        NDArray truePoints = points.of(shape, pose);
        NDArray space = predictedPoints.sub(truePoints).abs().mean();
        NDArray weights = heads.shape().sub(shape).abs().mean();
        NDArray seen =
                project(predictedPoints, bin.add(offset), heads.camera())
                        .sub(project(truePoints, bin.add(trueOffset), camera));
        NDArray picture = seen.abs().clip(0, 1).mean();
        NDArray light =
                heads.light().sub(scratch.create(batch.lights, new Shape(n, 27))).abs().mean();
        NDArray texture =
                ai.djl.nn.Activation.sigmoid(heads.texture())
                        .sub(scratch.create(batch.textures, heads.texture().getShape()))
                        .abs()
                        .mul(covered)
                        .mean();
        metrics.put("azimuth", (double) azimuth.getFloat());
        metrics.put("elevationDeg", CameraCode.ELEVATION_UNIT * column(cameraError, 0));
        metrics.put("logDistance", column(cameraError, 2));
        metrics.put("shapeMm", 1000.0 * unit * space.getFloat());
        metrics.put("picture", (double) picture.getFloat());
        metrics.put("light", (double) light.getFloat());
        metrics.put("texture", (double) texture.getFloat());
        metrics.put("binRight", right(heads.azimuth(), batch));
        NDArray loss =
                azimuth.add(Scaled.by(offset.sub(trueOffset).abs().mean(), 2))
                        .add(Scaled.by(cameraError.mul(cameraWeights).mean(), 2))
                        .add(Scaled.by(space, 8))
                        .add(Scaled.by(weights, 0.3))
                        .add(Scaled.by(light, 0.3))
                        .add(Scaled.by(texture, 3));
        if (inPicture) {
            loss = loss.add(Scaled.by(picture, 8));
        }
        if (pose != null) {
            NDArray poseError = heads.pose().sub(pose).abs().mean();
            metrics.put("pose", (double) poseError.getFloat());
            loss = loss.add(Scaled.by(poseError, 0.5));
        }
        return loss;
    }

    private static double column(NDArray errors, int index) {
        return errors.get(new NDIndex(":, {}", index)).mean().getFloat();
    }

    private static double right(NDArray logits, SceneBatch batch) {
        long[] best = logits.argMax(1).toLongArray();
        int count = 0;
        for (int i = 0; i < best.length; i++) {
            int apart = Math.floorMod(best[i] - batch.bins[i], SceneNetwork.BINS);
            count += apart <= 1 || apart == SceneNetwork.BINS - 1 ? 1 : 0;
        }
        return count / (double) best.length;
    }

    /**
     * Where points fall in the picture, as {@link org.inverso.api.scene.OrbitCamera} defines it.
     *
     * @param points {@code float[N, 3*POINTS]}
     * @param bin azimuth in units of a bin, {@code float[N, 1]}
     * @return {@code float[N, 2, POINTS]}
     */
    private NDArray project(NDArray points, NDArray bin, NDArray camera) {
        long n = points.getShape().get(0);
        NDArray xyz = points.reshape(n, POINTS, 3);
        NDArray x = xyz.get(new NDIndex(":, :, 0"));
        NDArray y = xyz.get(new NDIndex(":, :, 1")).sub(targetHeight);
        NDArray z = xyz.get(new NDIndex(":, :, 2"));
        NDArray a = Scaled.by(bin, 2 * Math.PI / SceneNetwork.BINS);
        NDArray e = Scaled.by(entry(camera, 0), Math.toRadians(CameraCode.ELEVATION_UNIT));
        NDArray r = Scaled.by(entry(camera, 1), Math.toRadians(CameraCode.ROLL_UNIT));
        NDArray distance = entry(camera, 2).clip(-2, 3).add(CameraCode.MEAN_LOG_DISTANCE).exp();
        NDArray focal =
                entry(camera, 3).clip(-2, 2).add(CameraCode.MEAN_LOG_SCALE).exp().mul(distance);
        NDArray x1 = x.mul(a.cos()).sub(z.mul(a.sin()));
        NDArray z1 = x.mul(a.sin()).add(z.mul(a.cos()));
        NDArray y2 = y.mul(e.cos()).sub(z1.mul(e.sin()));
        NDArray z2 = y.mul(e.sin()).add(z1.mul(e.cos()));
        NDArray x3 = x1.mul(r.cos()).sub(y2.mul(r.sin()));
        NDArray y3 = x1.mul(r.sin()).add(y2.mul(r.cos()));
        NDArray scale = focal.div(z2.neg().add(distance).clip(0.5, 1e4));
        NDArray u = x3.mul(scale).add(Scaled.by(entry(camera, 4), CameraCode.SHIFT_UNIT));
        NDArray v = y3.mul(scale).add(Scaled.by(entry(camera, 5), CameraCode.SHIFT_UNIT));
        return u.expandDims(1).concat(v.expandDims(1), 1);
    }

    private static NDArray entry(NDArray camera, int index) {
        return camera.get(new NDIndex(":, {}:{}", index, index + 1));
    }
}
