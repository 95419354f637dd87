/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inverso.api.CategoryException;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.WeldedTopology;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RigTest {

    private static final float STEERING = 0.4f;

    private final TestCar car = TestCar.load();
    private final TemplateMesh template = car.template();
    private final ShapeModel model = new ShapeModel(car);
    private final float[] shape = new float[template.shapeCount()];
    private final float[] none = new float[3 * template.vertexCount()];

    RigTest() {
        shape[0] = 1;
        shape[5] = -1;
        shape[6] = 0.5f;
    }

    @Test
    void theDefaultPoseIsThePoseOfThePhoto() {
        float[] offsets = none.clone();
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = 0.01f * (float) Math.sin(0.1 * i);
        }
        float[] posed =
                model.vertices(shape, new float[] {STEERING}, offsets, new float[offsets.length]);
        Rig rig = rig(STEERING, offsets);
        List<Matrix4f> global = asset(rig, List.of()).globalTransforms();
        for (int n = 0; n < rig.nodes().size(); n++) {
            Asset.Node node = rig.nodes().get(n);
            if (node.mesh() < 0) {
                continue;
            }
            Part part = part(node.name());
            Bounds expected = new Bounds();
            for (int v = part.firstVertex(); v < part.firstVertex() + part.vertexCount(); v++) {
                expected.add(new Vector3f(posed[3 * v], posed[3 * v + 1], posed[3 * v + 2]));
            }
            Bounds shown = new Bounds();
            for (Asset.Primitive primitive : rig.meshes().get(node.mesh()).primitives()) {
                for (int i : primitive.indices()) {
                    float[] p = primitive.positions();
                    shown.add(
                            global.get(n)
                                    .transformPosition(
                                            new Vector3f(p[3 * i], p[3 * i + 1], p[3 * i + 2])));
                }
            }
            assertThat(shown.min.distance(expected.min)).as(part.name()).isLessThan(1e-5f);
            assertThat(shown.max.distance(expected.max)).as(part.name()).isLessThan(1e-5f);
        }
    }

    @Test
    void wheelsStandInTheirPivotsAndSteer() {
        Rig rig = rig(STEERING);
        for (int p = 0; p < template.parts().size(); p++) {
            Part part = template.parts().get(p);
            if (!part.role().equals("wheel")) {
                continue;
            }
            Asset.Node node = node(rig, part.name());
            Vector3f pivot = model.pivot(p, shape, new Vector3f());
            assertThat(pivot.distance(new Vector3f(node.translation()))).isLessThan(1e-6f);
            Quaternionf expected = new Quaternionf().rotationY(part.steers() ? STEERING : 0);
            assertThat(node.rotation().equals(expected, 1e-6f)).as(part.name()).isTrue();
        }
    }

    @Test
    void normalsAreUnitAndFaceTheSideOfTheirTriangle() {
        int wrong = 0;
        for (Asset.Mesh mesh : rig(0).meshes()) {
            for (Asset.Primitive primitive : mesh.primitives()) {
                for (int i = 0; i < primitive.indices().length; i += 3) {
                    Vector3f a = vector(primitive.positions(), primitive.indices()[i]);
                    Vector3f b = vector(primitive.positions(), primitive.indices()[i + 1]);
                    Vector3f c = vector(primitive.positions(), primitive.indices()[i + 2]);
                    Vector3f face = b.sub(a).cross(c.sub(a));
                    for (int corner = 0; corner < 3; corner++) {
                        Vector3f n = vector(primitive.normals(), primitive.indices()[i + corner]);
                        wrong += Math.abs(n.length() - 1) > 1e-4f || n.dot(face) < 0 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(wrong).isZero();
    }

    @Test
    void wheelsRollAboutTheirAxlesAsFarAsTheBodyMoves() {
        Rig rig = rig(STEERING);
        Asset.Clip drive = Clips.of(car.withClips("drive"), rig).get(0);
        Map<Integer, Asset.Channel> byNode =
                drive.channels().stream().collect(Collectors.toMap(Asset.Channel::node, c -> c));
        float[] way = byNode.get(Rig.ROOT).values();
        assertThat(way[way.length - 1]).isPositive();
        assertThat(rig.joints()).hasSize(4);
        for (Rig.Joint joint : rig.joints()) {
            Asset.Channel roll = byNode.get(joint.node());
            assertThat(roll.property()).isEqualTo("rotation");
            double turned = 0;
            for (int k = 0; k < roll.times().length; k++) {
                Quaternionf q = quaternion(roll, k);
                assertThat(q.transform(new Vector3f(1, 0, 0)).x).isCloseTo(1, within(1e-5f));
                if (k > 0) {
                    Quaternionf step = quaternion(roll, k - 1).conjugate().mul(q);
                    assertThat(step.x).as("forwards").isPositive();
                    assertThat(step.angle()).isLessThan((float) Math.PI / 2);
                    turned += step.angle();
                }
            }
            assertThat(turned * joint.radius()).isCloseTo(way[way.length - 1], within(1e-3));
            Vector3f start = quaternion(roll, 0).transform(new Vector3f(0, 1, 0));
            Vector3f end =
                    quaternion(roll, roll.times().length - 1).transform(new Vector3f(0, 1, 0));
            assertThat(start.distance(end)).as("seamless").isLessThan(1e-5f);
        }
    }

    @Test
    void wheelRadiusIsTheDistanceToTheGround() {
        Rig rig = rig(0);
        for (Rig.Joint joint : rig.joints()) {
            Asset.Node node = rig.nodes().get(joint.node());
            assertThat(joint.radius()).isCloseTo(node.translation().y(), within(5e-3f));
        }
    }

    @Test
    void frontWheelsSteerAboutTheVertical() {
        Rig rig = rig(0);
        Asset.Clip steer = Clips.of(car.withClips("steer"), rig).get(0);
        assertThat(steer.channels())
                .extracting(c -> rig.nodes().get(c.node()).name())
                .containsExactlyInAnyOrder("wheel_fl", "wheel_fr");
        for (Asset.Channel channel : steer.channels()) {
            float largest = 0;
            for (int k = 0; k < channel.times().length; k++) {
                Quaternionf q = quaternion(channel, k);
                assertThat(q.transform(new Vector3f(0, 1, 0)).y).isCloseTo(1, within(1e-5f));
                largest = Math.max(largest, q.angle());
            }
            assertThat(largest).isCloseTo(0.6f, within(0.01f));
        }
    }

    @Test
    void glowsAreHiddenInsideAndCoverTheirLampsWhenShown() {
        Rig dark = rig(0);
        TestCar lit = car.withClips("lights", "indicators");
        Rig rig = rig(lit, 0, none);
        assertThat(dark.glows()).as("without a clip for them").isEmpty();
        assertThat(rig.glows())
                .extracting(g -> g.part().name())
                .containsExactlyInAnyOrder(
                        "headlight_l",
                        "headlight_r",
                        "taillight_l",
                        "taillight_r",
                        "indicator_fl",
                        "indicator_fr",
                        "indicator_rl",
                        "indicator_rr");
        Asset shown = asset(rig, List.of());
        assertThat(AssetMesh.of(shown).vertexCount())
                .isEqualTo(AssetMesh.of(asset(dark, List.of())).vertexCount());
        List<Asset.Material> materials = Materials.of(template.materials(), 0);
        for (LampGlow glow : rig.glows()) {
            Asset.Node node = rig.nodes().get(glow.node());
            Asset.Node lamp = rig.nodes().get(node.parent());
            assertThat(lamp.name()).isEqualTo(glow.part().name());
            assertThat(node.hidden()).isTrue();
            assertThat(node.translation().x() > 0).isEqualTo(glow.left());
            Vector3f point =
                    shown.globalTransforms()
                            .get(glow.node())
                            .transformPosition(new Vector3f(1, 2, 3));
            Bounds bounds = new Bounds();
            for (Asset.Primitive lens : rig.meshes().get(lamp.mesh()).primitives()) {
                for (int i = 0; i < lens.positions().length / 3; i++) {
                    bounds.add(vector(lens.positions(), i));
                }
            }
            assertThat(point.distance(bounds.min.add(bounds.max, new Vector3f()).div(2)))
                    .as("a point in the middle of the lamp")
                    .isLessThan(1e-5f);
            Asset.Primitive shell = rig.meshes().get(node.mesh()).primitives().get(0);
            Asset.Primitive lens = rig.meshes().get(lamp.mesh()).primitives().get(0);
            for (int i = 0; i < shell.positions().length / 3; i++) {
                Vector3f lifted =
                        vector(shell.positions(), i)
                                .add(node.translation())
                                .sub(vector(lens.positions(), i));
                assertThat(lifted.dot(vector(lens.normals(), i))).isBetween(0.001f, 0.02f);
            }
            Asset.Material light = materials.get(shell.material());
            assertThat(light.name()).isEqualTo(glow.part().role() + "_lit");
            assertThat(light.emissiveStrength()).isGreaterThan(1);
            assertThat(Math.max(light.emissive()[0], light.emissive()[2])).isEqualTo(1);
        }
    }

    @Test
    void indicatorsBlinkInPairsAndLightsStayOn() {
        TestCar lit = car.withClips("lights", "indicators");
        Rig rig = rig(lit, 0, none);
        List<Asset.Clip> clips = Clips.of(lit, rig);

        Map<String, Asset.Channel> lights = byPart(rig, clips.get(0));
        assertThat(lights.keySet())
                .containsExactlyInAnyOrder(
                        "headlight_l_glow",
                        "headlight_r_glow",
                        "taillight_l_glow",
                        "taillight_r_glow");
        lights.values().forEach(c -> assertThat(c.values()).containsOnly(1));

        Map<String, Asset.Channel> indicators = byPart(rig, clips.get(1));
        assertThat(indicators).hasSize(4);
        float[] left = indicators.get("indicator_fl_glow").values();
        float[] right = indicators.get("indicator_fr_glow").values();
        assertThat(indicators.get("indicator_rl_glow").values()).isEqualTo(left);
        assertThat(indicators.get("indicator_rr_glow").values()).isEqualTo(right);
        int lastLeft = 0;
        int firstRight = left.length;
        for (int k = 0; k < left.length; k += 3) {
            lastLeft = left[k] == 1 ? k : lastLeft;
            firstRight = right[k] == 1 ? Math.min(firstRight, k) : firstRight;
        }
        assertThat(lastLeft).isLessThan(firstRight);
        assertThat(count(left)).isEqualTo(9).isEqualTo(count(right));
        for (Asset.Channel channel : indicators.values()) {
            assertThat(channel.property()).isEqualTo("scale");
            assertThat(channel.interpolation()).isEqualTo(Asset.Interpolation.STEP);
            assertThat(channel.values()).endsWith(0, 0, 0);
        }
    }

    private static long count(float[] values) {
        int ones = 0;
        for (float value : values) {
            ones += value == 1 ? 1 : 0;
        }
        return ones;
    }

    private static Map<String, Asset.Channel> byPart(Rig rig, Asset.Clip clip) {
        return clip.channels().stream()
                .collect(Collectors.toMap(c -> rig.nodes().get(c.node()).name(), c -> c));
    }

    @Test
    void aClipThatCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> Clips.of(car.withClips("gallop"), rig(0)))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("gallop");
    }

    @Test
    void whatOnlyTranslucentPanesWouldShowIsBuiltOnDemand() {
        List<String> parts = template.parts().stream().map(Part::name).toList();
        List<String> inside = List.of("interior", "steering_wheel_l", "steering_wheel_r");
        assertThat(parts).containsAll(inside);
        assertThat(names(rig(0))).doesNotContainAnyElementsOf(inside).contains("underbody");
        Rig whole = rig(car, 0, none, true);
        assertThat(names(whole)).containsAll(parts);
        assertThat(whole.nodes().get(1 + parts.indexOf("interior")).mesh()).isNotNegative();
    }

    private static List<String> names(Rig rig) {
        return rig.nodes().stream().map(Asset.Node::name).toList();
    }

    private Rig rig(float steering) {
        return rig(steering, none);
    }

    private Rig rig(float steering, float[] offsets) {
        return rig(car, steering, offsets);
    }

    private Rig rig(TestCar category, float steering, float[] offsets) {
        return rig(category, steering, offsets, false);
    }

    private Rig rig(TestCar category, float steering, float[] offsets, boolean interior) {
        float[] rest = model.restVertices(shape, offsets, new float[offsets.length]);
        SceneEstimate estimate =
                new SceneEstimate(
                        new OrbitCamera(0, 0, 0, 8, 3, 0, 0, new Vector3f()),
                        shape,
                        new float[] {steering},
                        offsets,
                        Optional.empty(),
                        ShLighting.uniform(),
                        Optional.empty(),
                        0);
        CornerNormals normals = new CornerNormals(template, WeldedTopology.of(template));
        return new Rig(category, model, estimate, rest, normals.of(rest), ShapeKeys.NONE, interior);
    }

    private static Asset asset(Rig rig, List<Asset.Clip> clips) {
        return new Asset("car", rig.nodes(), rig.meshes(), List.of(), List.of(), clips, Map.of());
    }

    private static Asset.Node node(Rig rig, String name) {
        return rig.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
    }

    private Part part(String name) {
        return template.parts().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Quaternionf quaternion(Asset.Channel channel, int key) {
        float[] v = channel.values();
        return new Quaternionf(v[4 * key], v[4 * key + 1], v[4 * key + 2], v[4 * key + 3]);
    }

    private static Vector3f vector(float[] values, int index) {
        return new Vector3f(values[3 * index], values[3 * index + 1], values[3 * index + 2]);
    }

    private static final class Bounds {
        final Vector3f min = new Vector3f(Float.POSITIVE_INFINITY);
        final Vector3f max = new Vector3f(Float.NEGATIVE_INFINITY);

        void add(Vector3f p) {
            min.min(p);
            max.max(p);
        }
    }
}
