/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Part;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.GltfTemplateReader;
import org.inverso.geometry.SkinnedArm;
import org.inverso.geometry.TemplateDeclaration;
import org.inverso.imaging.ImageIoImaging;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

/** What the exporter writes of a skin, as the template reader, which checks it all, reads it. */
class SkinnedGlbTest {

    private final GlbExporter exporter = new GlbExporter(new ImageIoImaging());
    private final TemplateMesh arm =
            new GltfTemplateReader().read(SkinnedArm.create().glb(), SkinnedArm.declaration());
    private final Skin skin = arm.skin().orElseThrow();
    private final Skeleton skeleton = skin.skeleton();
    private final List<Asset.Node> nodes = new ArrayList<>();
    private final List<Asset.Mesh> meshes = new ArrayList<>();
    private final int[] jointNodes = {0, 1, 2};
    private final float[] inverseBind = new float[48];

    SkinnedGlbTest() {
        for (int j = 0; j < 3; j++) {
            Skeleton.Joint joint = skeleton.joints().get(j);
            Vector3f step = new Vector3f(joint.rest());
            if (joint.parent() >= 0) {
                step.sub(skeleton.joints().get(joint.parent()).rest());
            }
            nodes.add(
                    new Asset.Node(
                            joint.name(), joint.parent(), step, new Quaternionf(), -1, Map.of()));
            for (int i = 0; i < 4; i++) {
                inverseBind[16 * j + 5 * i] = 1;
            }
            inverseBind[16 * j + 13] = -joint.rest().y();
        }
        for (Part part : arm.parts()) {
            nodes.add(
                    new Asset.Node(
                            part.name(),
                            -1,
                            new Vector3f(),
                            new Quaternionf(),
                            meshes.size(),
                            0,
                            Map.of()));
            meshes.add(new Asset.Mesh(part.name(), List.of(primitive(part))));
        }
    }

    private Asset.Primitive primitive(Part part) {
        int from = part.firstVertex();
        int to = from + part.vertexCount();
        float[] normals = new float[3 * part.vertexCount()];
        for (int i = 1; i < normals.length; i += 3) {
            normals[i] = 1;
        }
        int firstCorner = 3 * part.firstFace();
        int[] indices =
                Arrays.copyOfRange(arm.faces(), firstCorner, firstCorner + 3 * part.faceCount());
        Arrays.setAll(indices, i -> indices[i] - from);
        return new Asset.Primitive(
                Arrays.copyOfRange(arm.positions(), 3 * from, 3 * to),
                normals,
                Arrays.copyOfRange(arm.uvs(), 2 * from, 2 * to),
                indices,
                arm.faceMaterial()[part.firstFace()],
                Arrays.copyOfRange(skin.joints(), 4 * from, 4 * to),
                Arrays.copyOfRange(skin.weights(), 4 * from, 4 * to));
    }

    private Asset asset() {
        List<Asset.Material> materials =
                arm.materials().stream()
                        .map(
                                m ->
                                        new Asset.Material(
                                                m.name(),
                                                m.baseColor(),
                                                0,
                                                0,
                                                1,
                                                new float[3],
                                                1,
                                                0,
                                                0,
                                                false))
                        .toList();
        return new Asset(
                "arm",
                nodes,
                meshes,
                materials,
                List.of(
                        new Asset.Texture(
                                "albedo", org.inverso.api.image.Image.blank(4, 4), false)),
                List.of(),
                List.of(new Asset.Skin("arm", jointNodes, inverseBind)),
                Map.of());
    }

    @Test
    void skinComesBackAsItWas() {
        TemplateDeclaration d = SkinnedArm.declaration();
        TemplateMesh read =
                new GltfTemplateReader()
                        .read(
                                exporter.export(asset()),
                                new TemplateDeclaration(
                                        d.parts(),
                                        d.materials(),
                                        List.of(),
                                        false,
                                        d.skeletonRoot()));

        assertThat(read.positions()).isEqualTo(arm.positions());
        assertThat(read.skin().orElseThrow().joints()).isEqualTo(skin.joints());
        assertThat(read.skin().orElseThrow().weights()).isEqualTo(skin.weights());
        assertThat(read.skin().orElseThrow().skeleton().joints())
                .extracting(Skeleton.Joint::name)
                .containsExactly("shoulder", "elbow", "wrist");
        assertThat(read.skin().orElseThrow().skeleton().joints().get(2).rest())
                .isEqualTo(skeleton.joints().get(2).rest());
    }

    @Test
    void contradictionsAreRefused() {
        jointNodes[1] = 9;
        assertRefused("skin arm: node 9 does not exist");
        jointNodes[1] = 1;
        inverseBind[5] = Float.NaN;
        assertRefused("skin arm matrices are not all finite");
        inverseBind[5] = 1;
        Asset.Primitive hand = meshes.get(1).primitives().get(0);
        int joint = hand.joints()[0];
        hand.joints()[0] = 3;
        assertRefused("mesh hand: joint 3 of 3 joints");
        hand.joints()[0] = joint;
        hand.weights()[0] = Float.NaN;
        assertRefused("mesh hand weights are not all finite");
        hand.weights()[0] = 1;
        meshes.set(
                1,
                new Asset.Mesh(
                        "hand",
                        List.of(
                                new Asset.Primitive(
                                        hand.positions(),
                                        hand.normals(),
                                        hand.uvs(),
                                        hand.indices(),
                                        0))));
        assertRefused("mesh hand: its joints and weights do not fit its vertices");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> exporter.export(asset()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
