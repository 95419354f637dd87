/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.refiner.internal;

import java.util.Arrays;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;
import org.inverso.refiner.TargetMask;
import org.joml.Matrix4f;

/**
 * Descent of one hypothesis: camera, shape weights, pose and smooth vertex offsets against the
 * matte, held near the networks' estimate by quadratic priors, so that what the outline does not
 * tell stays as it was seen.
 */
final class SilhouetteFit {

    /** Shape weights that one coordinate stands for. */
    private static final float SHAPE_UNIT = 0.5f;

    /** Radians that one coordinate stands for, of parts that steer. */
    private static final float STEERING_UNIT = 0.15f;

    /** Standard deviations of the category's poses that one coordinate stands for, of joints. */
    private static final float JOINT_UNIT = 0.5f;

    /** Of joints that hardly move. */
    private static final float SMALLEST_JOINT_UNIT = 0.02f;

    /**
     * Cost of one squared unit, on the scale of the IoU. A camera that turns by 20 degrees must win
     * three percent of IoU for it: of the azimuth, the networks know more than an outline tells.
     */
    private static final float[] CAMERA_PRIOR = {8e-3f, 2.5e-3f, 2.5e-3f, 2e-3f, 0, 0, 0};

    private static final float STEERING_PRIOR = 1e-3f;

    /**
     * What one squared unit of shape and of joints costs. Joints are many, and the outline of a leg
     * tells more than that of a wheel.
     */
    private record Stiffness(float shape, float joint) {}

    /**
     * While hypotheses compete: a joint that moves by two standard deviations must win a third of a
     * percent. If they gave way more easily, a bird on the wing would fit as one that stands.
     */
    private static final Stiffness COMPETING = new Stiffness(4e-4f, 2e-4f);

    /** Once the hypothesis is chosen. */
    private static final Stiffness CHOSEN = new Stiffness(7e-5f, 1e-4f);

    /** Cost of one squared standard deviation from the named pose that the start is next to. */
    private static final float HABIT_PRIOR = 1e-4f;

    private final SceneEstimate start;
    private final ShapeModel model;
    private final ShapePrior limits;
    private final CategoryModel category;
    private final CameraCoordinates camera;
    private final SmoothOffsets offsets;
    private final RasterScene scene = new RasterScene();
    private final RasterUpstream upstream = new RasterUpstream();
    private final float[] theta;
    private final float[] gradient;
    private final float[] shape;
    private final float[] pose;
    private final float[] poseUnit;
    private final float[] habit;
    private final float[] shapeGradient;
    private final float[] poseGradient;
    private final float[] offsetGradient;
    private final Adam adam;
    private Stiffness stiffness = COMPETING;
    private float[] bestTheta;
    private float[] bestOffsets;
    private double bestIou = -1;
    private double bestValue = Double.POSITIVE_INFINITY;

    /**
     * @param start whose camera already frames the matte
     */
    SilhouetteFit(
            SceneEstimate start, ShapeModel model, CategoryModel category, SmoothOffsets offsets) {
        this.start = start;
        this.model = model;
        this.category = category;
        this.limits = category.shapePrior();
        this.camera = new CameraCoordinates(start.camera());
        this.offsets = offsets;
        int count = CameraCoordinates.COUNT + model.shapeCount() + model.poseCount();
        this.theta = new float[count];
        this.gradient = new float[count];
        this.bestTheta = theta.clone();
        this.shape = new float[model.shapeCount()];
        this.pose = new float[model.poseCount()];
        this.poseUnit = new float[pose.length];
        for (int p = 0; p < pose.length; p++) {
            PoseParameter parameter = category.poseParameters().get(p);
            poseUnit[p] =
                    parameter.joints().isEmpty()
                            ? STEERING_UNIT
                            : Math.max(SMALLEST_JOINT_UNIT, JOINT_UNIT * parameter.std());
        }
        this.habit = Habit.nextTo(start.pose(), category);
        this.shapeGradient = new float[shape.length];
        this.poseGradient = new float[pose.length];
        this.offsetGradient = new float[3 * model.vertexCount()];
        this.adam = new Adam(count);
        scene.positions = new float[3 * model.vertexCount()];
        scene.view = new float[16];
        scene.projection = new float[16];
        this.bestOffsets = new float[0];
    }

    /** Opens a session for masks of a size. */
    RasterSession open(DifferentiableRasterizer rasterizer, int size, float sigmaInv) {
        // Beyond this distance a face would add less than half a percent.
        float reach = (float) Math.sqrt(-Math.log(0.005) / sigmaInv);
        return rasterizer.open(
                category.template().faces(),
                model.vertexCount(),
                RasterSettings.of(size).withSoftMask(sigmaInv, reach, 1).withCullBackFaces(true));
    }

    /**
     * One step of descent.
     *
     * @param rate of Adam, in units of the coordinates
     * @param bend whether vertex offsets take part
     * @return IoU before the step
     */
    double step(RasterSession session, TargetMask target, float rate, boolean bend) {
        OrbitCamera now = decode(theta);
        now.view(new Matrix4f()).get(scene.view);
        now.projection(new Matrix4f()).get(scene.projection);
        model.vertices(shape, pose, bend ? offsets.values() : null, scene.positions);
        RasterImages images = session.forward(scene);
        if (upstream.softMask == null || upstream.softMask.length != images.softMask.length) {
            upstream.softMask = new float[images.softMask.length];
        }
        double loss = target.loss(images.softMask, upstream.softMask);
        double value = loss + (bend ? offsets.cost() : 0);
        Arrays.fill(gradient, 0);
        value += priors();
        if (value < bestValue) {
            bestValue = value;
            bestTheta = theta.clone();
            bestOffsets = bend ? offsets.values().clone() : bestOffsets;
            bestIou = 1 - loss;
        }
        RasterGradients gradients = session.backward(upstream);
        camera.backward(theta, gradients.view, gradients.projection, gradient);
        model.backward(
                shape,
                pose,
                bend ? offsets.values() : null,
                scene.positions,
                gradients.positions,
                shapeGradient,
                poseGradient,
                offsetGradient);
        for (int k = 0; k < shape.length; k++) {
            gradient[CameraCoordinates.COUNT + k] += SHAPE_UNIT * shapeGradient[k];
        }
        for (int p = 0; p < pose.length; p++) {
            gradient[CameraCoordinates.COUNT + shape.length + p] += poseUnit[p] * poseGradient[p];
        }
        adam.step(theta, gradient, rate);
        hold();
        if (bend) {
            offsets.step(offsetGradient);
        }
        return 1 - loss;
    }

    private double priors() {
        double sum = 0;
        int firstPose = CameraCoordinates.COUNT + shape.length;
        for (int i = 0; i < theta.length; i++) {
            float weight =
                    i < CameraCoordinates.COUNT
                            ? CAMERA_PRIOR[i]
                            : i < firstPose ? stiffness.shape : posePrior(i - firstPose);
            sum += weight * theta[i] * theta[i];
            gradient[i] += 2 * weight * theta[i];
        }
        for (int p = 0; p < pose.length; p++) {
            PoseParameter parameter = category.poseParameters().get(p);
            if (!parameter.joints().isEmpty() && parameter.std() > 0) {
                float away = (pose[p] - habit[p]) / parameter.std();
                sum += HABIT_PRIOR * away * away;
                gradient[firstPose + p] += 2 * HABIT_PRIOR * away * poseUnit[p] / parameter.std();
            }
        }
        return sum;
    }

    private float posePrior(int parameter) {
        return category.poseParameters().get(parameter).joints().isEmpty()
                ? STEERING_PRIOR
                : stiffness.joint;
    }

    /** Keeps shape and pose within the category's limits. */
    private void hold() {
        for (int k = 0; k < shape.length; k++) {
            int i = CameraCoordinates.COUNT + k;
            float value = start.shape()[k] + SHAPE_UNIT * theta[i];
            float held = Math.max(limits.min()[k], Math.min(limits.max()[k], value));
            theta[i] = (held - start.shape()[k]) / SHAPE_UNIT;
        }
        for (int p = 0; p < pose.length; p++) {
            PoseParameter parameter = category.poseParameters().get(p);
            int i = CameraCoordinates.COUNT + shape.length + p;
            float value = start.pose()[p] + poseUnit[p] * theta[i];
            float held = Math.max(parameter.minRadians(), Math.min(parameter.maxRadians(), value));
            theta[i] = (held - start.pose()[p]) / poseUnit[p];
        }
    }

    private OrbitCamera decode(float[] t) {
        for (int k = 0; k < shape.length; k++) {
            shape[k] = start.shape()[k] + SHAPE_UNIT * t[CameraCoordinates.COUNT + k];
        }
        for (int p = 0; p < pose.length; p++) {
            pose[p] = start.pose()[p] + poseUnit[p] * t[CameraCoordinates.COUNT + shape.length + p];
        }
        return camera.camera(t);
    }

    /** Starts to judge anew, for example with a sharper mask. */
    void forgetBest() {
        bestValue = Double.POSITIVE_INFINITY;
    }

    /** Shape and joints give way more easily from now on; what was best is judged anew. */
    void giveWay() {
        stiffness = CHOSEN;
        forgetBest();
    }

    /** Loss and priors of the best state so far. */
    double bestValue() {
        return bestValue;
    }

    /** IoU of the best state so far. */
    double bestIou() {
        return bestIou;
    }

    /** Goes back to the best state. */
    void restoreBest() {
        System.arraycopy(bestTheta, 0, theta, 0, theta.length);
    }

    /** The best state. */
    SceneEstimate best() {
        OrbitCamera found = decode(bestTheta);
        return new SceneEstimate(
                found,
                shape.clone(),
                pose.clone(),
                bestOffsets,
                start.texture(),
                start.lighting(),
                start.background(),
                start.score());
    }
}
