/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.SkinnedArm;
import org.inverso.geometry.WeldedTopology;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class SkeletonRigTest {

    private static final int ELBOW = 2;

    private final CategoryModel arm = arm();
    private final TemplateMesh template = arm.template();
    private final ShapeModel model = new ShapeModel(arm);
    private final float[] shape = {0.5f, -0.4f};
    private final float[] pose = {0.4f, -0.7f, 0.3f, 0.9f};
    private final float[] offsets = offsets();
    private final Asset asset = asset(pose);

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    private float[] offsets() {
        float[] values = new float[3 * template.vertexCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.01f * (float) Math.sin(0.3 * i);
        }
        return values;
    }

    @Test
    void theDefaultPoseIsThePoseOfThePhoto() {
        float[] posed = model.vertices(shape, pose, offsets, new float[offsets.length]);
        AssetMesh mesh = AssetMesh.of(asset);

        // The asset's vertices are the template's, some of them twice; faces keep their order.
        int corner = 0;
        for (int m = 0; m < 2; m++) {
            for (int f = 0; f < template.faceCount(); f++) {
                for (int i = 0; template.faceMaterial()[f] == m && i < 3; i++) {
                    int expected = template.faces()[3 * f + i];
                    int shown = mesh.faces()[corner++];
                    for (int c = 0; c < 3; c++) {
                        assertThat(mesh.positions()[3 * shown + c])
                                .isCloseTo(posed[3 * expected + c], within(2e-6f));
                    }
                }
            }
        }
        assertThat(corner).isEqualTo(mesh.faces().length);
    }

    @Test
    void normalsTurnWithTheMesh() {
        AssetMesh mesh = AssetMesh.of(asset);
        int wrong = 0;
        for (int f = 0; f < mesh.faceCount(); f++) {
            Vector3f a = vector(mesh.positions(), mesh.faces()[3 * f]);
            Vector3f b = vector(mesh.positions(), mesh.faces()[3 * f + 1]).sub(a);
            Vector3f c = vector(mesh.positions(), mesh.faces()[3 * f + 2]).sub(a);
            Vector3f normal = b.cross(c).normalize();
            for (int i = 0; i < 3; i++) {
                Vector3f shown = vector(mesh.normals(), mesh.faces()[3 * f + i]);
                assertThat(shown.length()).isCloseTo(1, within(1e-5f));
                wrong += shown.dot(normal) < 0.3f ? 1 : 0;
            }
        }
        assertThat(wrong).isLessThan(mesh.faceCount() / 20);
    }

    @Test
    void jointsAreNodesBelowTheRootAndPartsStandBeside() {
        assertThat(asset.nodes())
                .extracting(Asset.Node::name)
                .containsExactly("arm", "shoulder", "elbow", "wrist", "upper", "hand");
        assertThat(asset.nodes())
                .extracting(Asset.Node::parent)
                .containsExactly(-1, 0, 1, 2, -1, -1);
        assertThat(asset.nodes())
                .extracting(Asset.Node::skin)
                .containsExactly(-1, -1, -1, -1, 0, 0);
        float longer = 1 + SkinnedArm.LONG * shape[0];
        assertThat(asset.nodes().get(ELBOW).translation().distance(0, 0.9f * longer, 0))
                .isLessThan(1e-6f);
        Asset.Skin skin = asset.skins().get(0);
        assertThat(skin.joints()).containsExactly(1, 2, 3);
        List<Matrix4f> rest = asset(new float[4]).globalTransforms();
        for (int j = 0; j < 3; j++) {
            Matrix4f still =
                    rest.get(skin.joints()[j])
                            .mul(new Matrix4f().set(skin.inverseBind(), 16 * j), new Matrix4f());
            assertThat(still.equals(new Matrix4f(), 1e-6f)).isTrue();
        }
    }

    @Test
    void clipsFollowTheShape() {
        Asset.Clip wave = asset.clips().get(0);
        assertThat(wave.name()).isEqualTo("wave");
        float longer = 1 + SkinnedArm.LONG * shape[0];
        float high = SkinnedArm.JOINT_Y[0] * longer;
        Asset.Channel lift = channel(wave, 1, "translation");
        assertThat(lift.values()[1]).isCloseTo(high, within(1e-6f));
        assertThat(lift.values()[4]).isCloseTo(high + SkinnedArm.LIFT * longer, within(1e-6f));
        Asset.Channel turn = channel(wave, ELBOW, "rotation");
        assertThat(turn.values()[4]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    }

    @Test
    void whatAClipLeavesAloneGoesBackToRest() {
        Asset.Clip wave = asset.clips().get(0);
        Asset.Channel wrist = channel(wave, ELBOW + 1, "rotation");

        assertThat(wrist.times()).containsExactly(0, 1);
        assertThat(wrist.values()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(asset(new float[4]).clips().get(0).channels()).hasSize(2);
    }

    @Test
    void jointsAreTurnedAsInThePhoto() {
        Quaternionf expected =
                new Quaternionf()
                        .rotateX(pose[1])
                        .rotateZ(pose[2])
                        .rotateAxis(0.5f * pose[3], 0.6f, 0.8f, 0);
        assertThat(new Quaternionf(asset.nodes().get(ELBOW).rotation()).equals(expected, 1e-6f))
                .isTrue();
    }

    private static Asset.Channel channel(Asset.Clip clip, int node, String property) {
        return clip.channels().stream()
                .filter(c -> c.node() == node && c.property().equals(property))
                .findFirst()
                .orElseThrow();
    }

    private Asset asset(float[] turned) {
        SceneEstimate estimate =
                new SceneEstimate(
                        new OrbitCamera(30, 10, 0, 6, 2, 0, 0, new Vector3f(0, 1.2f, 0)),
                        shape,
                        turned,
                        offsets,
                        Optional.empty(),
                        ShLighting.uniform(),
                        Optional.empty(),
                        1);
        float[] rest = model.restVertices(shape, offsets, new float[offsets.length]);
        CornerNormals normals = new CornerNormals(template, WeldedTopology.of(template));
        RiggedParts parts =
                RiggedParts.of(arm, model, estimate, rest, normals.of(rest), ShapeKeys.NONE, false);
        return new Asset(
                "arm",
                parts.nodes(),
                parts.meshes(),
                Materials.of(template.materials(), -1),
                List.of(),
                parts.clips(),
                parts.skins(),
                Map.of());
    }

    private static Vector3f vector(float[] values, int index) {
        return new Vector3f(values[3 * index], values[3 * index + 1], values[3 * index + 2]);
    }
}
