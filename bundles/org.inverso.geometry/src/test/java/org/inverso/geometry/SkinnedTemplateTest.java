/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.SkeletonClip;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SkinnedTemplateTest {

    private static final int SHOULDER = 2;

    @Test
    void jointsComeAfterTheirParentsWhateverTheFilesOrder() {
        Skeleton skeleton = SkinnedArm.mesh().skin().orElseThrow().skeleton();

        assertThat(skeleton.joints())
                .extracting(Skeleton.Joint::name)
                .containsExactly("shoulder", "elbow", "wrist");
        assertThat(skeleton.joints()).extracting(Skeleton.Joint::parent).containsExactly(-1, 0, 1);
        assertThat(skeleton.joints().get(2).rest().distance(0, 1.8f, 0)).isLessThan(1e-6f);
        assertThat(skeleton.joints().get(1).shapeDeltas())
                .containsExactly(0, SkinnedArm.LONG, 0, 0, 0, 0);
        assertThat(skeleton.indexOf("wrist")).isEqualTo(2);
        assertThat(skeleton.indexOf("knee")).isEqualTo(-1);
    }

    @Test
    void weightsBelongToTheSortedJoints() {
        TemplateMesh mesh = SkinnedArm.mesh();
        Skin skin = mesh.skin().orElseThrow();

        assertThat(skin.weights()).hasSize(4 * mesh.vertexCount());
        for (int v = 0; v < mesh.vertexCount(); v++) {
            float y = mesh.positions()[3 * v + 1];
            float[] share = new float[3];
            for (int i = 4 * v; i < 4 * v + 4; i++) {
                share[skin.joints()[i]] += skin.weights()[i];
            }
            assertThat(share[0] + share[1] + share[2]).isCloseTo(1, within(1e-6f));
            assertThat(share[0]).as("at " + y).isCloseTo(clamped((1.2f - y) / 0.4f), within(1e-5f));
            assertThat(share[2]).as("at " + y).isCloseTo(clamped((y - 1.6f) / 0.4f), within(1e-5f));
        }
    }

    private static float clamped(float x) {
        return Math.max(0, Math.min(1, x));
    }

    @Test
    void clipsTellHowFarJointsLeaveTheirPlace() {
        List<SkeletonClip> clips = SkinnedArm.mesh().clips();

        assertThat(clips).extracting(SkeletonClip::name).containsExactly("wave");
        SkeletonClip.Track turn = clips.get(0).tracks().get(0);
        assertThat(turn.joint()).isEqualTo(1);
        assertThat(turn.motion()).isEqualTo(SkeletonClip.Motion.ROTATION);
        assertThat(turn.times()).containsExactly(0, 0.5f, 1);
        assertThat(turn.values()[4]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
        SkeletonClip.Track lift = clips.get(0).tracks().get(1);
        assertThat(lift.joint()).isZero();
        assertThat(lift.motion()).isEqualTo(SkeletonClip.Motion.TRANSLATION);
        assertThat(lift.values()).hasSize(9);
        assertThat(lift.values()[1]).isZero();
        assertThat(lift.values()[4]).isCloseTo(SkinnedArm.LIFT, within(1e-6f));
    }

    @Test
    void weightsOfBytesAreMadeToAddUpToOne() {
        SkinnedArm arm = SkinnedArm.create();
        int vertices = 11 * 9 + 8;
        byte[] bytes = new byte[4 * vertices];
        for (int v = 0; v < vertices; v++) {
            bytes[4 * v] = (byte) 170;
            bytes[4 * v + 1] = (byte) 84;
        }
        int accessor = arm.accessor(arm.view(bytes), 5121, vertices, "VEC4");
        ((ObjectNode) arm.array("accessors").get(accessor)).put("normalized", true);
        arm.json.withObject("/meshes/0/primitives/0/attributes").put("WEIGHTS_0", accessor);

        TemplateMesh mesh = new GltfTemplateReader().read(arm.glb(), SkinnedArm.declaration());

        float[] weights = mesh.skin().orElseThrow().weights();
        assertThat(weights[0]).isCloseTo(170 / 254f, within(1e-6f));
        assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void influencesOfOneJointBecomeOne() {
        SkinnedArm arm = SkinnedArm.create();
        byte[] joints = new byte[4 * (11 * 9 + 8)];
        arm.json
                .withObject("/meshes/0/primitives/0/attributes")
                .put("JOINTS_0", arm.accessor(arm.view(joints), 5121, joints.length / 4, "VEC4"))
                .put("WEIGHTS_0", arm.floats(weights(0.75f, 0.25f), "VEC4"));

        TemplateMesh mesh = new GltfTemplateReader().read(arm.glb(), SkinnedArm.declaration());

        assertThat(mesh.skin().orElseThrow().weights()).startsWith(1, 0, 0, 0, 1, 0, 0, 0);
        assertThat(mesh.skin().orElseThrow().joints()).startsWith(2, 0, 0, 0);
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                spoil("no skin", "0 skins where one", a -> a.json.putArray("skins")),
                spoil("two skins", "2 skins where one", a -> a.array("skins").addObject()),
                spoil(
                        "part without",
                        "node hand: skin is missing",
                        a -> a.json.withObject("/nodes/1").remove("skin")),
                spoil(
                        "another skin",
                        "hand has a skin that does not exist",
                        a -> a.json.withObject("/nodes/1").put("skin", 1)),
                spoil(
                        "placed",
                        "upper has a skin and a transform",
                        a -> vector(a.json.withObject("/nodes/0"), "translation", 0, 1, 0)),
                spoil("root", "begins with arm, not", a -> rename(a, SHOULDER, "arm")),
                spoil("twice", "several joints called elbow", a -> rename(a, SHOULDER, "elbow")),
                spoil("nameless", "joint without a name", a -> rename(a, SHOULDER + 1, "")),
                spoil(
                        "no such joint",
                        "names a joint that does not exist",
                        a -> ((ArrayNode) a.json.at("/skins/0/joints")).set(0, 99)),
                spoil(
                        "no joints",
                        "0 joints where",
                        a -> a.json.withObject("/skins/0").putArray("joints")),
                spoil(
                        "cycle",
                        "its own ancestor",
                        a -> a.json.withObject("/nodes/4").putArray("children").add(SHOULDER)),
                spoil(
                        "two parents",
                        "two parents",
                        a -> a.json.withObject("/nodes/0").putArray("children").add(4)),
                spoil(
                        "two roots",
                        "several roots: elbow and shoulder",
                        a -> a.json.withObject("/nodes/2").remove("children")),
                spoil(
                        "gap",
                        "wrist: its parent is no joint",
                        a -> ((ArrayNode) a.json.at("/skins/0/joints")).remove(1)),
                spoil(
                        "mesh",
                        "joint wrist carries a mesh",
                        a -> a.json.withObject("/nodes/4").put("mesh", 0)),
                spoil(
                        "turned",
                        "joint elbow is turned or scaled at rest",
                        a -> vector(a.json.withObject("/nodes/3"), "rotation", 1, 0, 0, 0)),
                spoil(
                        "scaled",
                        "joint shoulder is turned or scaled at rest",
                        a -> vector(a.json.withObject("/nodes/2"), "scale", 1, 2, 1)),
                spoil(
                        "far",
                        "more than 1 km away",
                        a -> vector(a.json.withObject("/nodes/2"), "translation", 0, 2000, 0)),
                spoil(
                        "bind",
                        "wrist: its inverse bind matrix",
                        a -> vector(a.json.withObject("/nodes/3"), "translation", 0, 0.8, 0)),
                spoil(
                        "no bind",
                        "its inverse bind matrix",
                        a -> a.json.withObject("/skins/0").remove("inverseBindMatrices")),
                spoil(
                        "deltas",
                        "elbow: extras.shape has 1 entries where 2",
                        a -> ((ArrayNode) a.json.at("/nodes/3/extras/shape")).remove(0)),
                spoil(
                        "delta",
                        "elbow: extras.shape 0 is not three numbers",
                        a -> ((ArrayNode) a.json.at("/nodes/3/extras/shape/0")).set(1, "up")),
                spoil(
                        "joint index",
                        "joint 3 of 3 joints",
                        a -> {
                            byte[] joints = new byte[4 * (11 * 9 + 8)];
                            joints[7] = 3;
                            int at = a.accessor(a.view(joints), 5121, joints.length / 4, "VEC4");
                            attribute(a, "JOINTS_0", at);
                        }),
                spoil(
                        "joints of floats",
                        "not a plain list of four joints",
                        a -> attribute(a, "JOINTS_0", a.floats(weights(1, 0), "VEC4"))),
                spoil(
                        "nan",
                        "not finite",
                        a -> attribute(a, "WEIGHTS_0", a.floats(weights(Float.NaN, 0), "VEC4"))),
                spoil(
                        "negative",
                        "vertex 0 has a negative weight",
                        a -> attribute(a, "WEIGHTS_0", a.floats(weights(1.5f, -0.5f), "VEC4"))),
                spoil(
                        "sum",
                        "upper: the weights of vertex 0 add up to 0.75",
                        a -> attribute(a, "WEIGHTS_0", a.floats(weights(0.5f, 0.25f), "VEC4"))),
                spoil(
                        "no weights",
                        "WEIGHTS_0 is missing",
                        a ->
                                a.json.withObject("/meshes/0/primitives/0/attributes")
                                        .remove("WEIGHTS_0")),
                spoil("more", "more than four joints", a -> attribute(a, "JOINTS_1", 0)),
                spoil(
                        "clip without name",
                        "an animation without a name",
                        a -> a.json.withObject("/animations/0").remove("name")),
                spoil(
                        "clip twice",
                        "several animations called wave",
                        a -> a.array("animations").add(a.json.at("/animations/0").deepCopy())),
                spoil(
                        "clip of a part",
                        "wave moves a node that is no joint",
                        a -> target(a, 0).put("node", 0)),
                spoil(
                        "scale",
                        "wave, joint elbow: its scale cannot",
                        a -> target(a, 0).put("path", "scale")),
                spoil(
                        "channel twice",
                        "two channels of its rotation",
                        a -> target(a, 1).put("node", SHOULDER + 1).put("path", "rotation")),
                spoil("steps", "only linear", a -> sampler(a, 0).put("interpolation", "STEP")),
                spoil(
                        "times",
                        "do not increase",
                        a -> sampler(a, 0).put("input", a.floats(new float[] {0, 1, 1}, "SCALAR"))),
                spoil(
                        "keys",
                        "elements where 2 are needed",
                        a -> sampler(a, 0).put("input", a.floats(new float[] {0, 1}, "SCALAR"))),
                spoil(
                        "quaternion",
                        "key 1 is no unit quaternion",
                        a -> {
                            float[] turns = {0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1};
                            sampler(a, 0).put("output", a.floats(turns, "VEC4"));
                        }),
                spoil(
                        "still",
                        "wave moves nothing",
                        a -> a.json.withObject("/animations/0").putArray("channels")));
    }

    private static Arguments spoil(String name, String message, Consumer<SkinnedArm> how) {
        return Arguments.of(name, message, how);
    }

    private static void rename(SkinnedArm arm, int node, String name) {
        arm.json.withObject("/nodes/" + node).put("name", name);
    }

    private static void vector(ObjectNode node, String field, double... values) {
        ArrayNode array = node.putArray(field);
        Arrays.stream(values).forEach(array::add);
    }

    private static void attribute(SkinnedArm arm, String name, int accessor) {
        arm.json.withObject("/meshes/0/primitives/0/attributes").put(name, accessor);
    }

    private static ObjectNode target(SkinnedArm arm, int channel) {
        return arm.json.withObject("/animations/0/channels/" + channel + "/target");
    }

    private static ObjectNode sampler(SkinnedArm arm, int sampler) {
        return arm.json.withObject("/animations/0/samplers/" + sampler);
    }

    private static float[] weights(float first, float second) {
        float[] weights = new float[4 * (11 * 9 + 8)];
        for (int i = 0; i < weights.length; i += 4) {
            weights[i] = first;
            weights[i + 1] = second;
        }
        return weights;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void spoiled(String name, String message, Consumer<SkinnedArm> how) {
        SkinnedArm arm = SkinnedArm.create();
        how.accept(arm);
        byte[] glb = arm.glb();

        assertThatThrownBy(() -> new GltfTemplateReader().read(glb, SkinnedArm.declaration()))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void skinOfASymmetricTemplateIsSymmetric() {
        TemplateDeclaration d = SkinnedArm.declaration();
        TemplateDeclaration symmetric =
                new TemplateDeclaration(
                        d.parts(), d.materials(), d.shapeTargets(), true, d.skeletonRoot());
        TemplateMesh mesh = new GltfTemplateReader().read(SkinnedArm.create().glb(), symmetric);
        assertThat(mesh.mirrorVertex()).hasSize(mesh.vertexCount());

        SkinnedArm aside = SkinnedArm.create();
        for (String field : List.of("/nodes/4/extras/shape/0", "/nodes/4/extras/shape/1")) {
            ((ArrayNode) aside.json.at(field)).set(0, 0.1);
        }
        assertRefused(aside, symmetric, "joint wrist is not the mirror image of wrist");

        SkinnedArm lopsided = SkinnedArm.create();
        float[] weights = weights(1, 0);
        weights[4] = 0.5f;
        weights[5] = 0.5f;
        byte[] joints = new byte[weights.length];
        Arrays.fill(joints, (byte) 2);
        joints[5] = 1;
        attribute(lopsided, "WEIGHTS_0", lopsided.floats(weights, "VEC4"));
        attribute(
                lopsided,
                "JOINTS_0",
                lopsided.accessor(lopsided.view(joints), 5121, joints.length / 4, "VEC4"));
        assertRefused(lopsided, symmetric, "its mirror image follows other joints");
    }

    private static void assertRefused(
            SkinnedArm arm, TemplateDeclaration declaration, String message) {
        byte[] glb = arm.glb();
        assertThatThrownBy(() -> new GltfTemplateReader().read(glb, declaration))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message);
    }

    @Test
    void skinnedPartsNeitherRollNorSteer() {
        TemplateDeclaration d = SkinnedArm.declaration();
        PartDeclaration rolls =
                new PartDeclaration("upper", "body", Optional.of(new Vector3f(1, 0, 0)), false);
        TemplateDeclaration rolling =
                new TemplateDeclaration(
                        List.of(rolls, d.parts().get(1)),
                        d.materials(),
                        d.shapeTargets(),
                        d.symmetric(),
                        d.skeletonRoot());
        byte[] glb = SkinnedArm.create().glb();

        assertThatThrownBy(() -> new GltfTemplateReader().read(glb, rolling))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("upper follows a skeleton and cannot roll or steer");
    }

    @Test
    void damagedBytesNeverEscapeAsAnotherException() {
        byte[] good = SkinnedArm.create().glb();
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k < 12; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                new GltfTemplateReader().read(bytes, SkinnedArm.declaration());
            } catch (CategoryException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
    }
}
