/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.category.CategoryLoader;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.geometry.PoseSampler;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.SkinnedArm;
import org.inverso.geometry.TemplateScale;
import org.inverso.geometry.paint.CoatPainter;
import org.inverso.geometry.paint.TexelMap;
import org.inverso.geometry.paint.TexturePainter;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutRenderer;
import org.inverso.training.synthesis.Painters;
import org.junit.jupiter.api.Test;

/** What a category with a skeleton is drawn and trained from. */
class SkinnedSynthesisTest {

    private static final int BEND = 1;

    private final CategoryModel arm = arm();

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    @Test
    void posesAreDrawnAboutTheNamedOnes() {
        PoseSampler sampler = new PoseSampler(arm);
        SplittableRandom random = new SplittableRandom(4);
        int n = 4000;
        double[] mean = new double[4];
        double squares = 0;
        int bent = 0;
        for (int i = 0; i < n; i++) {
            float[] pose = sampler.sample(random);
            for (int p = 0; p < 4; p++) {
                PoseParameter limits = arm.poseParameters().get(p);
                assertThat(pose[p]).isBetween(limits.minRadians(), limits.maxRadians());
                mean[p] += pose[p] / n;
            }
            squares += pose[0] * pose[0] / n;
            bent += pose[BEND] > 0.9f ? 1 : 0;
        }
        // Three of four are bent by 0.9, and half of those by more.
        assertThat(bent / (double) n).isCloseTo(0.75 / 2, within(0.03));
        assertThat(mean[0]).isCloseTo(0, within(0.03));
        assertThat(mean[BEND]).isCloseTo(0.75 * 0.9, within(0.1));
        assertThat(Math.sqrt(squares)).isCloseTo(0.4, within(0.03));
    }

    @Test
    void texturesHaveTheCoatsColoursWhereTheirMaterialsAre() {
        TexturePainter painter = Painters.of(arm, 64, List.of());
        assertThat(painter).isInstanceOf(CoatPainter.class);
        TexelMap texels = painter.texels();
        SplittableRandom random = new SplittableRandom(9);
        int tan = 0;
        int striped = 0;
        for (int i = 0; i < 40; i++) {
            float[] texture = painter.paint(List.of(), random);
            for (int t = 0; t < 64 * 64; t++) {
                for (int c = 0; c < 3; c++) {
                    float value = texture[3 * t + c];
                    assertThat(value).isBetween(texels.covered(t) ? 0.004f : 0, 0.95f);
                }
            }
            // Near the arm's foot and near its tip, away from where the materials meet.
            float[] sleeve = mean(texture, texels, 52, 58);
            float[] palm = mean(texture, texels, 4, 12);
            tan += sleeve[2] > 3 * sleeve[0] && palm[0] > 1.3f * palm[2] ? 1 : 0;
            striped += sleeve[0] > 1.1f * sleeve[2] && palm[0] < 0.25f ? 1 : 0;
        }
        assertThat(tan).isBetween(12, 26);
        assertThat(striped).isBetween(10, 26);
    }

    @Test
    void onlyCoatsThatSuitArePainted() {
        TexturePainter painter = Painters.of(arm, 64, List.of());
        SplittableRandom random = new SplittableRandom(10);
        for (int i = 0; i < 20; i++) {
            float[] sleeve = mean(painter.paint(List.of("tan"), random), painter.texels(), 52, 58);
            assertThat(sleeve[2]).as("tan's sleeve is blue").isGreaterThan(2 * sleeve[0]);
        }
    }

    @Test
    void posingLeavesNothingBehindThatOutlivesAStep() {
        DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
        try (NDManager manager = runtime.newManager()) {
            PosedPoints posed = new PosedPoints(manager, arm, 30);
            int before = manager.getManagedArrays().size();

            try (NDManager scratch = manager.newSubManager()) {
                NDArray result =
                        posed.of(scratch.zeros(new Shape(3, 2)), scratch.zeros(new Shape(3, 4)));
                assertThat(result.toFloatArray()).hasSize(3 * 3 * 30);
            }

            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    private static float[] mean(float[] texture, TexelMap texels, int fromRow, int toRow) {
        float[] sum = new float[3];
        int count = 0;
        for (int t = fromRow * 64; t < toRow * 64; t++) {
            if (texels.covered(t)) {
                count++;
                for (int c = 0; c < 3; c++) {
                    sum[c] += texture[3 * t + c];
                }
            }
        }
        return new float[] {sum[0] / count, sum[1] / count, sum[2] / count};
    }

    @Test
    void renderedPoseIsTheLabel() {
        Picture grey = new Picture(8, 8, new int[64]);
        try (JvmRasterizer rasterizer = new JvmRasterizer(1);
                CutoutRenderer renderer =
                        new CutoutRenderer(
                                arm,
                                rasterizer,
                                Painters.of(arm, 64, List.of()),
                                CameraCode.target(arm.template()),
                                List.of(grey))) {
            Cutout once = renderer.render(new SplittableRandom(2));
            Cutout again = renderer.render(new SplittableRandom(2));
            assertThat(again.rgba()).isEqualTo(once.rgba());
            assertThat(once.pose()).isEqualTo(again.pose()).hasSize(4);
            int covered = 0;
            for (int i = 3; i < once.rgba().length; i += 4) {
                covered += (once.rgba()[i] & 0xff) > 127 ? 1 : 0;
            }
            assertThat(covered).isGreaterThan(500);
        }
    }

    @Test
    void posedPointsAreTheShapeModelsAndHaveGradients() {
        int points = 16;
        int n = 3;
        SplittableRandom random = new SplittableRandom(6);
        float[] shapes = new float[2 * n];
        float[] poses = new float[4 * n];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < poses.length; i++) {
            poses[i] = (float) random.nextDouble(-1, 1);
        }
        DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
        try (NDManager manager = runtime.newManager()) {
            PosedPoints posed = new PosedPoints(manager, arm, points);
            NDArray shape = manager.create(shapes, new Shape(n, 2));
            NDArray pose = manager.create(poses, new Shape(n, 4));
            pose.setRequiresGradient(true);
            NDArray result;
            try (ai.djl.training.GradientCollector collector =
                    runtime.engine().newGradientCollector()) {
                result = posed.of(shape, pose);
                collector.backward(result.sum());
            }
            float[] found = result.toFloatArray();
            float[] gradient = pose.getGradient().toFloatArray();
            ShapeModel model = new ShapeModel(arm);
            for (int i = 0; i < n; i++) {
                assertExpected(model, i, shapes, poses, points, found, gradient);
            }
        }
    }

    private void assertExpected(
            ShapeModel model,
            int i,
            float[] shapes,
            float[] poses,
            int points,
            float[] found,
            float[] gradient) {
        int vertices = model.vertexCount();
        float unit = TemplateScale.of(arm.template());
        float[] shape = {shapes[2 * i], shapes[2 * i + 1]};
        float[] pose = new float[4];
        for (int p = 0; p < 4; p++) {
            pose[p] = 1.2f * poses[4 * i + p];
        }
        float[] expected = model.vertices(shape, pose, null, new float[3 * vertices]);
        float[] upstream = new float[3 * vertices];
        for (int k = 0; k < points; k++) {
            int vertex = (int) ((long) k * vertices / points);
            for (int c = 0; c < 3; c++) {
                assertThat(unit * found[3 * (points * i + k) + c])
                        .isCloseTo(expected[3 * vertex + c], within(1e-5f));
                upstream[3 * vertex + c] = 1;
            }
        }
        float[] dPose = new float[4];
        model.backward(
                shape,
                pose,
                null,
                expected,
                upstream,
                new float[2],
                dPose,
                new float[3 * vertices]);
        for (int p = 0; p < 4; p++) {
            // From radians to units between the limits, and from metres to units.
            assertThat(gradient[4 * i + p]).isCloseTo(1.2f * dPose[p] / unit, within(1e-3f));
        }
    }
}
