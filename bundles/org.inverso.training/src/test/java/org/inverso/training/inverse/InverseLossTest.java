/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.raster.RasterImages;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.network.Parameters;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two views of a car with known shape, from azimuths 30 and 140, whose joint cameras say 33 and
 * 128.
 */
class InverseLossTest {

    private static final int SIDE = 128;
    private static final double[] FOUND_AT = {33, 128};
    private static final double[] TRUTH = {30, 140};
    private static final double LATE = 0.5;

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private final CategoryModel car =
            new CategoryLoader()
                    .load(Path.of("..", "org.inverso.category.car", "src/main/resources"));
    private final JvmRasterizer rasterizer = new JvmRasterizer(1);
    private final int shapes = car.template().shapeCount();
    private final int poses = car.poseParameters().size();
    private NDManager manager;
    private Parameters parameters;
    private InverseLoss loss;
    private PairBatch batch;
    private NDArray offset;
    private NDArray camera;
    private NDArray shape;
    private SceneNetwork.Heads heads;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
        JniUtils.setGradMode(true);
        parameters = Parameters.random(manager, 1);
        JointCameras joint = new JointCameras(parameters, FOUND_AT);
        parameters.requireGradients();
        loss = new InverseLoss(manager, car, rasterizer, joint, SurfaceCost.NONE);
        List<GanView> views = new ArrayList<>();
        List<ViewTarget> targets = new ArrayList<>();
        for (int v = 0; v < 2; v++) {
            Image crop = picture((float) TRUTH[v]);
            views.add(new GanView(0, v, crop));
            targets.add(ViewTarget.of(crop));
        }
        batch = new PairBatch(views, targets, new boolean[2]);
        SplittableRandom random = new SplittableRandom(3);
        offset = leaf(random, 0.1, 2, SceneNetwork.BINS);
        camera = leaf(random, 0.1, 2, SceneNetwork.CAMERA);
        shape = leaf(random, 0.1, 2, shapes);
        heads =
                new SceneNetwork.Heads(
                        leaf(random, 0.1, 2, SceneNetwork.BINS),
                        offset,
                        camera,
                        shape,
                        leaf(random, 0.1, 2, poses),
                        leaf(random, 0.1, 2, 27),
                        leaf(random, 0.1, 1, 3, 64, 64));
    }

    @AfterEach
    void close() {
        loss.close();
        manager.close();
        rasterizer.close();
    }

    private NDArray leaf(SplittableRandom random, double size, long... dimensions) {
        Shape form = new Shape(dimensions);
        float[] values = new float[(int) form.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (size * random.nextGaussian());
        }
        NDArray array = manager.create(values, form);
        array.setRequiresGradient(true);
        return array;
    }

    /** A red car, longer and lower than the template. */
    private Image picture(float azimuthDeg) {
        float[] weights = new float[shapes];
        weights[car.template().shapeTargets().indexOf("rear_overhang")] = 1.5f;
        weights[car.template().shapeTargets().indexOf("roof_height")] = -1;
        byte[] rgba = new byte[4 * SIDE * SIDE];
        try (PredictedView view = new PredictedView(car, rasterizer, SIDE, 0, false)) {
            RasterImages images =
                    view.render(
                            azimuthDeg, new float[SceneNetwork.CAMERA], weights, new float[poses]);
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean covered = images.faceIndex[i] >= 0;
                rgba[4 * i] = (byte) (covered ? 200 : 0);
                rgba[4 * i + 3] = (byte) (covered ? 255 : 0);
            }
        }
        return new Image(SIDE, SIDE, rgba);
    }

    private double value(boolean crossed, Map<String, Double> metrics) {
        try (NDManager scratch = manager.newSubManager()) {
            return loss.of(heads, batch, crossed, LATE, scratch, metrics).getFloat();
        }
    }

    private float[] gradient(NDArray of, boolean crossed) {
        return gradients(List.of(of), crossed).get(0);
    }

    /** By the graph. */
    private List<float[]> gradients(List<NDArray> of, boolean crossed) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray total = loss.of(heads, batch, crossed, LATE, scratch, new HashMap<>());
            JniUtils.backward(
                    (PtNDArray) total, (PtNDArray) scratch.ones(total.getShape()), false, false);
            List<float[]> gradients = new ArrayList<>();
            for (NDArray array : of) {
                NDArray gradient = array.getGradient();
                gradient.attach(scratch);
                gradients.add(gradient.toFloatArray());
            }
            List.of(offset, camera, shape, heads.azimuth(), heads.pose(), heads.light())
                    .forEach(array -> JniUtils.zeroGrad((PtNDArray) array));
            JniUtils.zeroGrad((PtNDArray) heads.texture());
            return gradients;
        }
    }

    private void set(NDArray array, float[] values) {
        JniUtils.setGradMode(false);
        array.set(values);
        JniUtils.setGradMode(true);
    }

    private double slope(NDArray array, int at, double step, boolean crossed) {
        float[] here = array.toFloatArray();
        float[] moved = here.clone();
        moved[at] = (float) (here[at] + step);
        set(array, moved);
        double above = value(crossed, new HashMap<>());
        moved[at] = (float) (here[at] - step);
        set(array, moved);
        double below = value(crossed, new HashMap<>());
        set(array, here);
        return (above - below) / (2 * step);
    }

    @Test
    void theGraphsGradientIsThatOfTheValue() {
        // The second view has no texture: colours jump where a pixel changes its face.
        float[] byCamera = gradient(camera, false);
        for (int k : new int[] {0, 3, 4, 5}) {
            int at = SceneNetwork.CAMERA + k;
            double wanted = slope(camera, at, 0.02, false);
            assertThat((double) byCamera[at])
                    .as("camera %d", k)
                    .isCloseTo(wanted, within(0.02 + 0.1 * Math.abs(wanted)));
        }
        float[] byShape = gradient(shape, false);
        double largest = 0;
        for (int k = 0; k < shapes; k += 3) {
            double wanted = slope(shape, shapes + k, 0.05, false);
            assertThat((double) byShape[shapes + k])
                    .as(car.template().shapeTargets().get(k))
                    .isCloseTo(wanted, within(0.01 + 0.1 * Math.abs(wanted)));
            largest = Math.max(largest, Math.abs(wanted));
        }
        assertThat(largest).isGreaterThan(0.02);
    }

    @Test
    void theAzimuthComesFromTheJointCamerasBin() {
        // 128 degrees are nearest to bin 9, the one at 135.
        int at = SceneNetwork.BINS + 9;
        float[] byOffset = gradient(offset, false);
        // The labels follow the azimuth, but are no part of the gradient: the outlines alone count.
        double byOutline = -3 * (iou(at, 0.02) - iou(at, -0.02)) / 0.04;
        float[] offsets = offset.toFloatArray();
        double pull = Math.signum(offsets[at] - (128 / 15.0 - 9)) * 0.3 / 2;
        assertThat((double) byOffset[at])
                .isCloseTo(byOutline + pull, within(0.01 + 0.1 * Math.abs(byOutline)));
        assertThat(Math.abs(byOutline)).isGreaterThan(0.03);
    }

    private double iou(int at, double step) {
        float[] here = offset.toFloatArray();
        float[] moved = here.clone();
        moved[at] += (float) step;
        set(offset, moved);
        Map<String, Double> metrics = new HashMap<>();
        value(false, metrics);
        set(offset, here);
        return metrics.get("iou");
    }

    @Test
    void aCrossedViewTeachesTheOtherViewsShape() {
        float[] own = heads.shape().toFloatArray();
        for (int k = 0; k < shapes; k++) {
            // Both alike, so that the pull between them says nothing.
            own[shapes + k] = own[k];
        }
        set(shape, own);
        int rear = car.template().shapeTargets().indexOf("rear_overhang");
        float[] straight = gradient(shape, false);
        float[] crossed = gradient(shape, true);
        // Each view teaches the shape that it is rendered with.
        assertThat((double) crossed[rear]).isCloseTo(straight[shapes + rear], within(1e-3));
        assertThat((double) crossed[shapes + rear]).isCloseTo(straight[rear], within(1e-3));
        assertThat(Math.abs(straight[rear] - straight[shapes + rear])).isGreaterThan(0.01f);
    }

    @Test
    void descentFindsOutlineAndColour() {
        Map<String, Double> before = new HashMap<>();
        value(false, before);
        Map<String, Double> after = new HashMap<>();
        double[] rates = {0.05, 0.05, 0.5, 200};
        for (int step = 0; step < 60; step++) {
            List<NDArray> learned = List.of(offset, camera, shape, heads.texture());
            List<float[]> gradients = gradients(learned, false);
            for (int h = 0; h < learned.size(); h++) {
                float[] values = learned.get(h).toFloatArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] -= (float) (rates[h] * gradients.get(h)[i]);
                }
                set(learned.get(h), values);
            }
        }
        value(false, after);
        assertThat(after.get("iou")).isGreaterThan(0.88).isGreaterThan(before.get("iou") + 0.1);
        assertThat(after.get("colour")).isLessThan(0.8 * before.get("colour"));
    }

    @Test
    void aMirroredViewComesFromTheOtherSide() {
        boolean[] mirrored = {true, true};
        JointCameras joint = new JointCameras(Parameters.random(manager, 1), FOUND_AT);
        float[] changes = new float[2 * 7];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = 1 + i;
        }
        joint.changes().set(changes);
        PairBatch reflected = new PairBatch(batch.views(), batch.targets(), mirrored);
        assertThat(joint.start(batch)).containsExactly(33 / 15f, 128 / 15f);
        assertThat(joint.start(reflected)).containsExactly(-33 / 15f, -128 / 15f);
        try (NDManager scratch = manager.newSubManager()) {
            assertThat(joint.of(batch, scratch).toFloatArray()).containsExactly(changes);
            assertThat(joint.of(reflected, scratch).toFloatArray())
                    .containsExactly(-1, 2, -3, 4, 5, -6, 7, -8, 9, -10, 11, 12, -13, 14);
        }
    }
}
