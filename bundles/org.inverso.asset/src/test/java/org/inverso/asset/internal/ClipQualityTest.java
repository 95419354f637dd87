/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Skin;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.WeldedTopology;
import org.joml.Matrix3d;
import org.joml.Matrix3f;
import org.joml.Matrix4f;
import org.joml.Vector3d;
import org.joml.Vector3f;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Animals move without sliding feet, tears and pinched joints: at the mean shape. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClipQualityTest {

    private static final int SAMPLES = 120;

    /** Height of a hoof's middle of the sole below which it stands, metres. */
    private static final double STANDS = 0.012;

    /** Times that a clip is looked at for its surface. */
    private static final int POSES = 24;

    private final Map<String, Asset> assets = new HashMap<>();

    private Asset asset(String category) {
        return assets.computeIfAbsent(category, ClipQualityTest::built);
    }

    private static Asset built(String id) {
        CategoryModel category =
                new CategoryLoader()
                        .load(Path.of("../org.inverso.category." + id + "/src/main/resources"));
        ShapeModel model = new ShapeModel(category);
        float[] shape = new float[category.template().shapeCount()];
        float[] offsets = new float[3 * category.template().vertexCount()];
        SceneEstimate estimate =
                new SceneEstimate(
                        new OrbitCamera(30, 10, 0, 6, 2, 0, 0, new Vector3f(0, 1, 0)),
                        shape,
                        new float[category.poseParameters().size()],
                        offsets,
                        Optional.empty(),
                        ShLighting.uniform(),
                        Optional.empty(),
                        1);
        float[] rest = model.restVertices(shape, offsets, new float[offsets.length]);
        CornerNormals normals =
                new CornerNormals(category.template(), WeldedTopology.of(category.template()));
        RiggedParts parts =
                RiggedParts.of(
                        category, model, estimate, rest, normals.of(rest), ShapeKeys.NONE, false);
        return new Asset(
                id,
                parts.nodes(),
                parts.meshes(),
                Materials.of(category.template().materials(), -1),
                List.of(),
                parts.clips(),
                parts.skins(),
                Map.of());
    }

    /**
     * A hoof on the ground goes back as fast as the horse goes forward; what it differs from that
     * while it stands is how far it slides.
     */
    @ParameterizedTest
    @CsvSource({"walk", "trot", "gallop"})
    void hoovesDoNotSlide(String name) {
        Asset horse = asset("horse");
        PlayedClip clip = new PlayedClip(horse, name);
        AssetMesh rest = AssetMesh.of(horse);
        String[] hooves = {"hoof_fl", "hoof_fr", "hoof_rl", "hoof_rr"};
        List<int[]> soles = new ArrayList<>();
        for (String hoof : hooves) {
            soles.add(sole(horse, rest, hoof));
        }
        double[][][] paths = new double[hooves.length][SAMPLES][];
        for (int s = 0; s < SAMPLES; s++) {
            AssetMesh mesh = AssetMesh.of(clip.at(clip.length() * s / SAMPLES));
            for (int h = 0; h < hooves.length; h++) {
                paths[h][s] = middle(mesh, soles.get(h));
            }
        }
        double step = clip.length() / SAMPLES;
        double speed = speed(paths, step);
        double stride = speed * clip.length();
        assertThat(stride).as("stride, metres").isBetween(1.0, 6.0);
        for (int h = 0; h < hooves.length; h++) {
            double slides = slides(paths[h], step, speed);
            assertThat(slides / stride).as(hooves[h]).isLessThan(0.05);
        }
    }

    /** Vertices of the lower side. */
    private static int[] sole(Asset asset, AssetMesh rest, String part) {
        int first = 0;
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() < 0) {
                continue;
            }
            int count = 0;
            for (Asset.Primitive p : asset.meshes().get(node.mesh()).primitives()) {
                count += p.positions().length / 3;
            }
            if (node.name().equals(part)) {
                return IntStream.range(first, first + count)
                        .filter(v -> rest.positions()[3 * v + 1] < 0.01)
                        .toArray();
            }
            first += count;
        }
        throw new AssertionError("no part " + part);
    }

    /** Height and place along the way. */
    private static double[] middle(AssetMesh mesh, int[] vertices) {
        double y = 0;
        double z = 0;
        for (int v : vertices) {
            y += mesh.positions()[3 * v + 1] / vertices.length;
            z += mesh.positions()[3 * v + 2] / vertices.length;
        }
        return new double[] {z, y};
    }

    private static boolean stands(double[][] path, int sample) {
        return path[Math.floorMod(sample, SAMPLES)][1] < STANDS;
    }

    /** Median speed of the hooves that stand, backwards. */
    private static double speed(double[][][] paths, double step) {
        List<Double> speeds = new ArrayList<>();
        for (double[][] path : paths) {
            for (int s = 0; s < SAMPLES; s++) {
                if (stands(path, s) && stands(path, s + 1)) {
                    speeds.add((path[s][0] - path[(s + 1) % SAMPLES][0]) / step);
                }
            }
        }
        speeds.sort(null);
        return speeds.get(speeds.size() / 2);
    }

    /** The longest way over the ground of any stance. */
    private static double slides(double[][] path, double step, double speed) {
        double worst = 0;
        for (int landed = 0; landed < SAMPLES; landed++) {
            if (!stands(path, landed) || stands(path, landed - 1)) {
                continue;
            }
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int s = landed; stands(path, s) && s < landed + SAMPLES; s++) {
                double overGround = path[s % SAMPLES][0] + speed * step * (s - landed);
                low = Math.min(low, overGround);
                high = Math.max(high, overGround);
            }
            worst = Math.max(worst, high - low);
        }
        return worst;
    }

    /**
     * Where a surface is one piece at rest, it stays one; and nowhere is it pressed together along
     * any direction, as a joint is that turns like the wrapper of a sweet.
     */
    @ParameterizedTest
    @CsvSource({
        "horse, idle",
        "horse, walk",
        "horse, trot",
        "horse, gallop",
        "bird, idle",
        "bird, hop",
        "bird, flap",
        "bird, glide"
    })
    void surfaceNeitherTearsNorPinches(String category, String name) {
        Asset animal = asset(category);
        PlayedClip clip = new PlayedClip(animal, name);
        float[] rest = restPositions(animal);
        int[] welded = welded(rest);
        double gap = 0;
        double thinnest = 1;
        double[] pinched = new double[rest.length / 3];
        Arrays.fill(pinched, 1);
        for (int s = 0; s < POSES; s++) {
            Asset posed = clip.at(clip.length() * s / POSES);
            AssetMesh mesh = AssetMesh.of(posed);
            for (int v = 0; v < welded.length; v++) {
                gap = Math.max(gap, distance(mesh.positions(), v, welded[v]));
            }
            double[] thin = thinness(posed);
            for (int v = 0; v < thin.length; v++) {
                pinched[v] = Math.min(pinched[v], thin[v]);
            }
        }
        for (double p : pinched) {
            thinnest = Math.min(thinnest, p);
        }
        assertThat(gap).as("gap, metres").isLessThan(1e-4);
        assertThat(thinnest).as("thinnest").isGreaterThan(0.5);
    }

    private static float[] restPositions(Asset asset) {
        List<Asset.Primitive> primitives = new ArrayList<>();
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() >= 0) {
                primitives.addAll(asset.meshes().get(node.mesh()).primitives());
            }
        }
        float[] all = new float[primitives.stream().mapToInt(p -> p.positions().length).sum()];
        int at = 0;
        for (Asset.Primitive p : primitives) {
            System.arraycopy(p.positions(), 0, all, at, p.positions().length);
            at += p.positions().length;
        }
        return all;
    }

    /** The first vertex in the same place. */
    private static int[] welded(float[] positions) {
        Map<Vector3f, Integer> first = new HashMap<>();
        int[] welded = new int[positions.length / 3];
        for (int v = 0; v < welded.length; v++) {
            Vector3f p = new Vector3f(positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]);
            welded[v] = first.merge(p, v, (known, own) -> known);
        }
        return welded;
    }

    private static double distance(float[] p, int a, int b) {
        return Math.sqrt(
                Math.pow(p[3 * a] - p[3 * b], 2)
                        + Math.pow(p[3 * a + 1] - p[3 * b + 1], 2)
                        + Math.pow(p[3 * a + 2] - p[3 * b + 2], 2));
    }

    /** Smallest singular value of what each vertex undergoes; 1 when it is only turned. */
    private static double[] thinness(Asset asset) {
        List<Matrix4f> global = asset.globalTransforms();
        List<Double> all = new ArrayList<>();
        for (Asset.Node node : asset.nodes()) {
            if (node.mesh() < 0) {
                continue;
            }
            Asset.Skin skin = asset.skins().get(node.skin());
            Matrix3f[] turns = new Matrix3f[skin.joints().length];
            for (int j = 0; j < turns.length; j++) {
                turns[j] = global.get(skin.joints()[j]).get3x3(new Matrix3f());
            }
            for (Asset.Primitive p : asset.meshes().get(node.mesh()).primitives()) {
                for (int v = 0; v < p.positions().length / 3; v++) {
                    Matrix3d blend = new Matrix3d().zero();
                    for (int i = Skin.INFLUENCES * v; i < Skin.INFLUENCES * (v + 1); i++) {
                        Matrix3d turn = new Matrix3d(turns[p.joints()[i]]);
                        blend.add(turn.scale(p.weights()[i]));
                    }
                    all.add(smallestSingularValue(blend));
                }
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** By the largest eigenvalue of the inverse's Gram matrix, by power iteration. */
    private static double smallestSingularValue(Matrix3d m) {
        if (Math.abs(m.determinant()) < 1e-9) {
            return 0;
        }
        Matrix3d inverse = m.invert(new Matrix3d());
        Matrix3d gram = inverse.transpose(new Matrix3d()).mul(inverse);
        Vector3d x = new Vector3d(1, 0.9, 1.1).normalize();
        double largest = 0;
        for (int i = 0; i < 60; i++) {
            gram.transform(x);
            largest = x.length();
            x.div(largest);
        }
        return 1 / Math.sqrt(largest);
    }
}
