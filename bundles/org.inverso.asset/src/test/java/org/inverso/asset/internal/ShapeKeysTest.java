/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.SkinnedArm;
import org.inverso.geometry.WeldedTopology;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class ShapeKeysTest {

    private final CategoryModel car =
            TestCar.load().withClips(Clips.OF_LAMPS.toArray(String[]::new));

    private static CategoryModel arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader().load(path -> new ByteArrayInputStream(files.get(path)));
    }

    /** As every number of the shape space may be, but not the same for any two. */
    private static float[] shape(CategoryModel category, float phase) {
        float[] shape = new float[category.template().shapeCount()];
        for (int k = 0; k < shape.length; k++) {
            shape[k] = 0.6f * (float) Math.sin(phase + 1.7 * k);
        }
        return shape;
    }

    private static float[] offsets(CategoryModel category) {
        float[] offsets = new float[3 * category.template().vertexCount()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = 0.01f * (float) Math.sin(0.3 * i);
        }
        return offsets;
    }

    private static Asset asset(CategoryModel category, float[] shape, boolean withKeys) {
        TemplateMesh template = category.template();
        ShapeModel model = new ShapeModel(category);
        SceneEstimate estimate =
                new SceneEstimate(
                        new OrbitCamera(30, 10, 0, 6, 2, 0, 0, new Vector3f()),
                        shape,
                        new float[category.poseParameters().size()],
                        offsets(category),
                        Optional.empty(),
                        ShLighting.uniform(),
                        Optional.empty(),
                        1);
        float[] rest =
                model.restVertices(
                        shape, estimate.vertexOffsets(), new float[3 * template.vertexCount()]);
        CornerNormals normals = new CornerNormals(template, WeldedTopology.of(template));
        RiggedParts parts =
                RiggedParts.of(
                        category,
                        model,
                        estimate,
                        rest,
                        normals.of(rest),
                        withKeys ? ShapeKeys.of(model, estimate, normals) : ShapeKeys.NONE,
                        true);
        return new Asset(
                category.id(),
                parts.nodes(),
                parts.meshes(),
                Materials.of(template.materials(), -1),
                List.of(),
                parts.clips(),
                parts.skins(),
                Map.of());
    }

    @Test
    void keysChangeNothingOfWhatShows() {
        for (CategoryModel category : List.of(car, arm())) {
            Asset plain = asset(category, shape(category, 0), false);
            Asset keyed = asset(category, shape(category, 0), true);

            assertThat(keyed.meshes()).hasSameSizeAs(plain.meshes());
            for (int m = 0; m < plain.meshes().size(); m++) {
                assertThat(plain.meshes().get(m).shapeKeys()).isEmpty();
                assertThat(keyed.meshes().get(m).primitives())
                        .usingRecursiveComparison()
                        .isEqualTo(plain.meshes().get(m).primitives());
            }
        }
    }

    @Test
    void otherWeightsGiveTheOtherShape() {
        for (CategoryModel category : List.of(car, arm())) {
            float[] other = shape(category, 2);
            Asset asset = reshaped(category, asset(category, shape(category, 0), true), other);
            TemplateMesh template = category.template();
            float[] expected =
                    new ShapeModel(category)
                            .restVertices(
                                    other,
                                    offsets(category),
                                    new float[3 * template.vertexCount()]);

            AssetMesh shown = AssetMesh.of(asset);
            int corner = 0;
            float worst = 0;
            for (int from : corners(template)) {
                int vertex = shown.faces()[corner++];
                for (int c = 0; c < 3; c++) {
                    float error =
                            shown.positions()[3 * vertex + c]
                                    - expected[3 * template.faces()[from] + c];
                    worst = Math.max(worst, Math.abs(error));
                }
            }
            assertThat(corner).isEqualTo(shown.faces().length);
            assertThat(worst).isLessThan(1e-5f);
        }
    }

    /** Of the template, in the order in which an asset shows them: by part and material. */
    private static List<Integer> corners(TemplateMesh template) {
        List<Integer> corners = new ArrayList<>();
        for (Part part : template.parts()) {
            for (int m = 0; m < template.materials().size(); m++) {
                for (int f = part.firstFace(); f < part.firstFace() + part.faceCount(); f++) {
                    int a = template.faces()[3 * f];
                    int b = template.faces()[3 * f + 1];
                    int c = template.faces()[3 * f + 2];
                    if (template.faceMaterial()[f] == m && a != b && b != c && c != a) {
                        corners.addAll(List.of(3 * f, 3 * f + 1, 3 * f + 2));
                    }
                }
            }
        }
        return corners;
    }

    private static Asset reshaped(CategoryModel category, Asset asset, float[] shape) {
        List<Asset.Mesh> meshes = new ArrayList<>();
        for (Asset.Mesh mesh : asset.meshes()) {
            List<Asset.Primitive> primitives = new ArrayList<>();
            for (int p = 0; p < mesh.primitives().size(); p++) {
                Asset.Primitive primitive = mesh.primitives().get(p);
                float[] positions = primitive.positions().clone();
                for (Asset.ShapeKey key : mesh.shapeKeys()) {
                    int k = category.template().shapeTargets().indexOf(key.name());
                    add(key.positions().get(p), shape[k] - key.weight(), positions);
                }
                primitives.add(
                        new Asset.Primitive(
                                positions,
                                primitive.normals(),
                                primitive.uvs(),
                                primitive.indices(),
                                primitive.material(),
                                primitive.joints(),
                                primitive.weights()));
            }
            meshes.add(new Asset.Mesh(mesh.name(), primitives));
        }
        return new Asset(
                asset.name(),
                asset.nodes(),
                meshes,
                asset.materials(),
                asset.textures(),
                asset.clips(),
                asset.skins(),
                asset.provenance());
    }

    private static void add(float[] target, float weight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * target[i];
        }
    }

    @Test
    void normalsWithoutKeysAreUnit() {
        for (CategoryModel category : List.of(car, arm())) {
            for (Asset.Mesh mesh : asset(category, shape(category, 0), true).meshes()) {
                for (int p = 0; p < mesh.primitives().size(); p++) {
                    float[] normals = mesh.primitives().get(p).normals().clone();
                    for (Asset.ShapeKey key : mesh.shapeKeys()) {
                        add(key.normals().get(p), -key.weight(), normals);
                    }
                    for (int i = 0; i < normals.length; i += 3) {
                        float length =
                                new Vector3f(normals[i], normals[i + 1], normals[i + 2]).length();
                        assertThat(length).isCloseTo(1, within(1e-5f));
                    }
                }
            }
        }
    }

    @Test
    void aPartHasTheKeysThatMoveItAndAShellThoseOfItsLamp() {
        Asset asset = asset(car, shape(car, 0), true);
        List<String> targets = car.template().shapeTargets();
        int shells = 0;
        for (Asset.Mesh mesh : asset.meshes()) {
            List<String> names = mesh.shapeKeys().stream().map(Asset.ShapeKey::name).toList();
            assertThat(targets).containsSubsequence(names);
            for (Asset.ShapeKey key : mesh.shapeKeys()) {
                assertThat(key.weight()).isEqualTo(shape(car, 0)[targets.indexOf(key.name())]);
            }
            if (mesh.name().endsWith("_glow")) {
                shells++;
                String lamp = mesh.name().replace("_glow", "");
                assertThat(asset.meshes())
                        .filteredOn(m -> m.name().equals(lamp))
                        .singleElement()
                        .satisfies(
                                m ->
                                        assertThat(m.shapeKeys())
                                                .extracting(Asset.ShapeKey::name)
                                                .isEqualTo(names));
            }
        }
        assertThat(shells).isPositive();
    }

    @Test
    void theMeanShapeHasItsKeysAtZero() {
        Asset asset = asset(car, new float[car.template().shapeCount()], true);

        assertThat(asset.meshes().get(0).shapeKeys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.weight()).isZero());
    }
}
