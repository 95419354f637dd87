/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.api.scene.ShLighting;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.network.Scaled;
import org.inverso.refiner.TargetMask;

/**
 * What inverse graphics learns by (GANverse3D, arXiv 2010.09125, section 3.1): rendered views must
 * look like the generator's. The rasterizer is no operator of LibTorch; its gradients G with regard
 * to the predictions P are found by its own backward pass, and enter the graph as sum(P * G), whose
 * gradient they are.
 *
 * <p>A view's azimuth is that of a bin and the network's offset from it. The bin is the one that
 * the {@linkplain JointCameras joint camera} of its view code is in, so outlines, which look alike
 * from the front and from the rear, need not choose it.
 */
public final class InverseLoss implements AutoCloseable {

    private static final double WIDTH = 360.0 / SceneNetwork.BINS;

    /** Weights of the paper. */
    private static final double MASK = 3;

    private static final double COLOUR = 20;
    private static final double PERCEPTUAL = 0.5;

    /** Side of rendered views, half that of the crops. */
    private static final int SIZE = 64;

    /** Outlines attract each other from afar at first. */
    private static final float COARSE_SIGMA_INV = 200;

    private static final float FINE_SIGMA_INV = 1500;
    private static final double COARSE_PART = 0.1;

    /** The perceptual loss sets in when there is something to see. */
    private static final double PERCEPTUAL_FROM = 0.2;

    /** Cost of one squared shape weight, in place of the sphere's distance from its start. */
    private static final double MOVEMENT = 3e-3;

    /** Slope of the cost beyond the category's limits. */
    private static final float BEYOND = 0.1f;

    private static final double SAME_SHAPE = 0.2;
    private static final double STRAIGHT = 0.05;
    private static final double EVEN_LIGHT = 0.05;

    /** Pull between the network's azimuth, in bins, and the joint camera's. */
    private static final double JOINT_AZIMUTH = 0.3;

    /** The same for the camera's numbers; size and shift follow the shape of the single object. */
    private static final float[] JOINT_CAMERA = {0.3f, 0.3f, 0.3f, 0.05f, 0.02f, 0.02f};

    private static final double JOINT_REST = 0.01;
    private static final double NEIGHBOURS = 0.1;

    private final NDManager manager;
    private final CategoryModel category;
    private final DifferentiableRasterizer rasterizer;
    private final JointCameras joint;
    private final SurfaceCost surface;
    private final float[] surfaceGradient;
    private final double movement;
    private final FeatureDistance features;
    private final Map<Float, PredictedView> plain = new HashMap<>();
    private final Map<Float, PredictedView> coloured = new HashMap<>();
    private final ViewGradients gradients;
    private final RasterUpstream upstream = new RasterUpstream();

    /** Of the last batch of each kind: a step is of one kind, and metrics are means over steps. */
    private double ownIou;

    private double crossedIou;

    /**
     * @param surface cost of each view's surface; without one, squared shape weights cost something
     */
    public InverseLoss(
            NDManager parent,
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            JointCameras joint,
            SurfaceCost surface) {
        this.manager = parent.newSubManager();
        this.category = category;
        this.rasterizer = rasterizer;
        this.joint = joint;
        this.surface = surface;
        this.surfaceGradient = new float[3 * category.template().vertexCount()];
        this.movement = surface == SurfaceCost.NONE ? MOVEMENT : 0;
        this.features = new FeatureDistance(manager);
        this.gradients =
                new ViewGradients(
                        category.template().shapeCount(),
                        category.poseParameters().size(),
                        category.template().vertexCount());
        upstream.softMask = new float[SIZE * SIZE];
    }

    /** Predictions of all heads and the gradients of the rendered views with regard to them. */
    private static final class Flat {
        final float[] values;
        final float[] gradient;

        Flat(NDArray head) {
            values = head == null ? new float[0] : head.toFloatArray();
            gradient = new float[values.length];
        }

        NDArray surrogate(NDArray head, NDManager scratch) {
            return head.mul(scratch.create(gradient, head.getShape())).sum();
        }

        float[] row(int row, int width) {
            float[] part = new float[width];
            System.arraycopy(values, row * width, part, 0, width);
            return part;
        }

        void add(int row, float[] part, double scale) {
            for (int k = 0; k < part.length; k++) {
                gradient[row * part.length + k] += (float) (scale * part[k]);
            }
        }
    }

    /**
     * @param heads for the batch's crops, with the texture of the first ones
     * @param crossed whether views are rendered with the shape that was seen in the other view of
     *     the same object
     * @param done part of the training that is over, 0 to 1
     * @return the loss, whose value lacks the rendered views; these are in {@code metrics}
     */
    public NDArray of(
            SceneNetwork.Heads heads,
            PairBatch batch,
            boolean crossed,
            double done,
            NDManager scratch,
            Map<String, Double> metrics) {
        int n = batch.size();
        NDArray together = joint.of(batch, scratch);
        float[] change = together.toFloatArray();
        float[] start = joint.start(batch);
        Flat offset = new Flat(heads.azimuthOffset());
        int[] bins = new int[n];
        float[] fromBin = new float[n];
        double[] position = new double[n];
        for (int i = 0; i < n; i++) {
            double wanted = start[i] + change[i * (1 + SceneNetwork.CAMERA)];
            long nearest = Math.round(wanted);
            bins[i] = (int) Math.floorMod(nearest, (long) SceneNetwork.BINS);
            fromBin[i] = (float) (start[i] - nearest);
            position[i] = bins[i] + (double) offset.values[i * SceneNetwork.BINS + bins[i]];
        }
        NDArray rendered =
                rendered(heads, offset, batch, bins, position, crossed, done, scratch, metrics);
        NDArray cameras = cameras(heads, together, bins, fromBin, position, scratch, metrics);
        return rendered.add(cameras).add(plausible(heads, scratch, metrics));
    }

    private NDArray rendered(
            SceneNetwork.Heads heads,
            Flat offset,
            PairBatch batch,
            int[] bins,
            double[] position,
            boolean crossed,
            double done,
            NDManager scratch,
            Map<String, Double> metrics) {
        int n = batch.size();
        int shapes = category.template().shapeCount();
        int poses = category.poseParameters().size();
        int texels = SceneNetwork.TEXTURE_SIZE * SceneNetwork.TEXTURE_SIZE;
        int textured = (int) heads.texture().getShape().get(0);
        float sigmaInv = done < COARSE_PART ? COARSE_SIGMA_INV : FINE_SIGMA_INV;
        Flat camera = new Flat(heads.camera());
        Flat shape = new Flat(heads.shape());
        Flat pose = new Flat(heads.pose());
        Flat light = new Flat(heads.light());
        Flat texture = new Flat(heads.texture());
        double loss = 0;
        double iou = 0;
        double colour = 0;
        double perceptual = 0;
        boolean perceives = done >= PERCEPTUAL_FROM;
        for (int i = 0; i < n; i++) {
            ViewTarget target = batch.targets().get(i);
            boolean inColour = i < textured;
            PredictedView view = view(sigmaInv, inColour);
            int shapeOf = crossed ? i ^ 1 : i;
            float azimuthDeg = (float) (position[i] * WIDTH);
            float[] code = camera.row(i, SceneNetwork.CAMERA);
            float[] weights = shape.row(shapeOf, shapes);
            float[] radians = radians(pose.row(i, poses));
            RasterImages images;
            if (inColour) {
                float[] lit = light.row(i, 27);
                float[] uniform = ShLighting.uniform().coefficients();
                for (int l = 0; l < 27; l++) {
                    lit[l] += uniform[l];
                }
                images =
                        view.render(
                                azimuthDeg,
                                code,
                                weights,
                                radians,
                                AlbedoCode.decode(texture.values, 3 * i * texels, texels),
                                lit);
            } else {
                images = view.render(azimuthDeg, code, weights, radians);
            }
            TargetMask mask = target.mask().softened(sigmaInv);
            double miss = mask.loss(images.softMask, upstream.softMask);
            for (int p = 0; p < upstream.softMask.length; p++) {
                upstream.softMask[p] *= (float) MASK;
            }
            iou += (1 - miss) / n;
            loss += MASK * miss / n;
            upstream.color = null;
            if (inColour) {
                upstream.color = new float[images.color.length];
                double apart =
                        ColourDistance.add(
                                images.color,
                                images.faceIndex,
                                target.rgb(),
                                target.mask().alpha(),
                                COLOUR,
                                upstream.color);
                colour += apart / textured;
                loss += COLOUR * apart / n;
                if (perceives) {
                    double seen =
                            features.add(images.color, target.rgb(), PERCEPTUAL, upstream.color);
                    perceptual += seen / textured;
                    loss += PERCEPTUAL * seen / n;
                }
            }
            Arrays.fill(surfaceGradient, 0);
            loss += surface.add(view.vertices(), surfaceGradient) / n;
            view.backward(upstream, surfaceGradient, gradients);
            offset.gradient[i * SceneNetwork.BINS + bins[i]] +=
                    (float) (gradients.azimuthDeg * WIDTH / n);
            camera.add(i, gradients.camera, 1.0 / n);
            shape.add(shapeOf, gradients.shape, 1.0 / n);
            pose.add(i, perUnit(gradients.pose), 1.0 / n);
            if (inColour) {
                light.add(i, gradients.light, 1.0 / n);
                AlbedoCode.backward(
                        texture.values,
                        3 * i * texels,
                        texels,
                        gradients.texture,
                        1f / n,
                        texture.gradient);
            }
        }
        loss += beyondLimits(shape, n);
        if (crossed) {
            crossedIou = iou;
        } else {
            ownIou = iou;
        }
        metrics.put("iou", ownIou);
        metrics.put("crossedIou", crossedIou);
        metrics.put("colour", colour);
        if (perceives) {
            metrics.put("perceptual", perceptual);
        }
        NDArray surrogate =
                offset.surrogate(heads.azimuthOffset(), scratch)
                        .add(camera.surrogate(heads.camera(), scratch))
                        .add(shape.surrogate(heads.shape(), scratch))
                        .add(light.surrogate(heads.light(), scratch))
                        .add(texture.surrogate(heads.texture(), scratch));
        if (heads.pose() != null) {
            surrogate = surrogate.add(pose.surrogate(heads.pose(), scratch));
        }
        // The value of what was rendered instead of the sum's, with the sum's gradient.
        return surrogate.sub(surrogate.stopGradient()).add((float) loss);
    }

    private PredictedView view(float sigmaInv, boolean inColour) {
        return (inColour ? coloured : plain)
                .computeIfAbsent(
                        sigmaInv, s -> new PredictedView(category, rasterizer, SIZE, s, inColour));
    }

    private float[] radians(float[] unit) {
        List<PoseParameter> parameters = category.poseParameters();
        for (int p = 0; p < unit.length; p++) {
            PoseParameter parameter = parameters.get(p);
            float middle = (parameter.maxRadians() + parameter.minRadians()) / 2;
            unit[p] = middle + unit[p] * (parameter.maxRadians() - parameter.minRadians()) / 2;
        }
        return unit;
    }

    private float[] perUnit(float[] perRadian) {
        List<PoseParameter> parameters = category.poseParameters();
        float[] unit = new float[perRadian.length];
        for (int p = 0; p < unit.length; p++) {
            PoseParameter parameter = parameters.get(p);
            unit[p] = perRadian[p] * (parameter.maxRadians() - parameter.minRadians()) / 2;
        }
        return unit;
    }

    private double beyondLimits(Flat shape, int n) {
        double cost = 0;
        ShapePrior limits = category.shapePrior();
        int k = category.template().shapeCount();
        for (int i = 0; i < shape.values.length; i++) {
            float value = shape.values[i];
            if (value > limits.max()[i % k]) {
                shape.gradient[i] += BEYOND / n;
                cost += BEYOND / n * (value - limits.max()[i % k]);
            } else if (value < limits.min()[i % k]) {
                shape.gradient[i] -= BEYOND / n;
                cost += BEYOND / n * (limits.min()[i % k] - value);
            }
        }
        return cost;
    }

    /** Bins, and the pull between the network's cameras and the joint ones. */
    private NDArray cameras(
            SceneNetwork.Heads heads,
            NDArray together,
            int[] bins,
            float[] fromBin,
            double[] position,
            NDManager scratch,
            Map<String, Double> metrics) {
        int n = bins.length;
        int width = SceneNetwork.BINS;
        float[] labels = new float[n * width];
        float[] own = new float[n * width];
        float[] beside = new float[n * width];
        float[] besideOffset = new float[n * width];
        for (int i = 0; i < n; i++) {
            long nearest = Math.round(position[i]);
            double rest = position[i] - nearest;
            int best = (int) Math.floorMod(nearest, (long) width);
            int next = Math.floorMod(best + (rest > 0 ? 1 : -1), width);
            labels[i * width + best] = (float) (1 - Math.abs(rest));
            labels[i * width + next] = (float) Math.abs(rest);
            own[i * width + bins[i]] = 1;
            for (int side = -1; side <= 1; side += 2) {
                // Whichever bin is taken later, it must mean the same azimuth.
                int neighbour = i * width + Math.floorMod(bins[i] + side, width);
                beside[neighbour] = 1;
                besideOffset[neighbour] =
                        (float) Math.max(-1, Math.min(1, position[i] - bins[i] - side));
            }
        }
        Shape grid = new Shape(n, width);
        NDArray bin =
                Scaled.by(
                        heads.azimuth().logSoftmax(1).mul(scratch.create(labels, grid)).sum(),
                        -1.0 / n);
        NDArray neighbours =
                heads.azimuthOffset()
                        .sub(scratch.create(besideOffset, grid))
                        .mul(scratch.create(beside, grid))
                        .abs()
                        .sum();
        NDArray offset =
                heads.azimuthOffset().mul(scratch.create(own, grid)).sum(new int[] {1}, true);
        NDArray jointOffset =
                together.get(new NDIndex(":, 0:1")).add(scratch.create(fromBin, new Shape(n, 1)));
        NDArray azimuth = offset.sub(jointOffset).abs().mean();
        NDArray camera =
                heads.camera()
                        .sub(together.get(new NDIndex(":, 1:")))
                        .abs()
                        .mul(scratch.create(JOINT_CAMERA, new Shape(1, SceneNetwork.CAMERA)))
                        .mean();
        metrics.put("bins", (double) bin.getFloat());
        metrics.put("fromJointDeg", WIDTH * azimuth.getFloat());
        metrics.put("jointChange", (double) joint.changes().abs().mean().getFloat());
        return bin.add(Scaled.by(neighbours, NEIGHBOURS / n))
                .add(Scaled.by(azimuth, JOINT_AZIMUTH))
                .add(camera)
                .add(Scaled.by(joint.changes().square().mean(), JOINT_REST));
    }

    /** Near the template, and the same from both sides. */
    private NDArray plausible(
            SceneNetwork.Heads heads, NDManager scratch, Map<String, Double> metrics) {
        long n = heads.shape().getShape().get(0);
        NDArray moved = Scaled.by(heads.shape().square().sum(), movement / n);
        NDArray pairs = heads.shape().reshape(n / 2, 2, -1);
        NDArray apart =
                pairs.get(new NDIndex(":, 0")).sub(pairs.get(new NDIndex(":, 1"))).abs().mean();
        metrics.put("shapeSize", Math.sqrt(heads.shape().square().mean().getFloat()));
        metrics.put("shapeApart", (double) apart.getFloat());
        NDArray loss =
                moved.add(Scaled.by(apart, SAME_SHAPE))
                        .add(Scaled.by(heads.light().square().mean(), EVEN_LIGHT));
        return heads.pose() == null
                ? loss
                : loss.add(Scaled.by(heads.pose().square().mean(), STRAIGHT));
    }

    @Override
    public void close() {
        plain.values().forEach(PredictedView::close);
        coloured.values().forEach(PredictedView::close);
        features.close();
        manager.close();
    }
}
