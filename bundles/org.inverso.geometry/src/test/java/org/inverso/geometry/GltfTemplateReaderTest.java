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
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GltfTemplateReaderTest {

    private static final float EXACT = 1e-6f;

    @Test
    void partsAreContiguousAndInTheDeclaredOrder() {
        TemplateMesh mesh = SmallTemplate.mesh();

        assertThat(mesh.parts())
                .extracting(Part::name)
                .containsExactly("roof", "wheel_fl", "wheel_fr");
        assertThat(mesh.parts()).extracting(Part::firstVertex).containsExactly(0, 12, 16);
        assertThat(mesh.parts()).extracting(Part::vertexCount).containsExactly(12, 4, 4);
        assertThat(mesh.parts()).extracting(Part::firstFace).containsExactly(0, 8, 12);
        assertThat(mesh.parts()).extracting(Part::faceCount).containsExactly(8, 4, 4);
        assertThat(mesh.facePart()).startsWith(0, 0).endsWith(2, 2).hasSize(16);
        assertThat(mesh.faceMaterial()).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 0);
    }

    @Test
    void nodeTranslationIsAppliedAndBecomesThePivot() {
        TemplateMesh mesh = SmallTemplate.mesh();

        Part wheel = mesh.parts().get(1);
        assertThat(wheel.pivot()).contains(new Vector3f(0.75f, 0.25f, 0.5f));
        assertThat(wheel.steers()).isTrue();
        assertThat(Arrays.copyOfRange(mesh.positions(), 36, 39)).containsExactly(0.75f, 0.5f, 0.5f);
        assertThat(mesh.parts().get(0).pivot()).isEmpty();
    }

    @Test
    void parentRotatesPositionsAndDeltas() {
        SmallTemplate template = SmallTemplate.create();
        ObjectNode root = template.array("nodes").addObject();
        double half = Math.sqrt(0.5);
        root.putArray("rotation").add(0).add(half).add(0).add(half);
        root.putArray("scale").add(2).add(2).add(2);
        root.putArray("children").add(0).add(1).add(2);
        TemplateDeclaration d = SmallTemplate.declaration();

        TemplateMesh mesh =
                new GltfTemplateReader()
                        .read(
                                template.glb(),
                                new TemplateDeclaration(
                                        d.parts(), d.materials(), d.shapeTargets(), false));

        // A quarter turn about +Y takes x to -z and z to x; then all is twice as large.
        TemplateMesh plain = SmallTemplate.mesh();
        for (int v = 0; v < mesh.vertexCount(); v++) {
            assertTurned(mesh.positions(), plain.positions(), 3 * v);
            for (int k = 0; k < 3; k++) {
                assertTurned(mesh.shapeBasis(), plain.shapeBasis(), 3 * (k * 20 + v));
            }
        }
        assertThat(mesh.mirrorVertex()).isEmpty();
    }

    private static void assertTurned(float[] turned, float[] plain, int at) {
        assertThat(turned[at]).isCloseTo(2 * plain[at + 2], within(EXACT));
        assertThat(turned[at + 1]).isCloseTo(2 * plain[at + 1], within(EXACT));
        assertThat(turned[at + 2]).isCloseTo(-2 * plain[at], within(EXACT));
    }

    @Test
    void reflectingNodeKeepsFacesOutward() {
        SmallTemplate template = SmallTemplate.create();
        ((ObjectNode) template.json.at("/nodes/1")).putArray("scale").add(-1).add(1).add(1);

        TemplateDeclaration d = SmallTemplate.declaration();
        TemplateMesh mesh =
                new GltfTemplateReader()
                        .read(
                                template.glb(),
                                new TemplateDeclaration(
                                        d.parts(), d.materials(), d.shapeTargets(), false));

        int first = mesh.parts().get(1).firstFace();
        int[] plain = SmallTemplate.mesh().faces();
        assertThat(mesh.faces()[3 * first + 1]).isEqualTo(plain[3 * first + 2]);
        assertThat(mesh.faces()[3 * first + 2]).isEqualTo(plain[3 * first + 1]);
    }

    @Test
    void denseSparseAndEmptyTargets() {
        TemplateMesh mesh = SmallTemplate.mesh();

        assertThat(mesh.shapeTargets()).containsExactly("wide", "tall", "nose");
        float[] basis = mesh.shapeBasis();
        assertThat(basis).hasSize(3 * 20 * 3);
        assertThat(basis[3]).isEqualTo(0.5f);
        assertThat(basis[3 * (20 + 12) + 1]).isEqualTo(0.25f);
        for (int v = 0; v < 20; v++) {
            boolean frontRow = v < 12 && mesh.positions()[3 * v + 2] == 1;
            assertThat(basis[3 * (40 + v) + 2]).isEqualTo(frontRow ? 0.25f : 0);
        }
    }

    @Test
    void materialFactors() {
        TemplateMesh mesh = SmallTemplate.mesh();

        var paint = mesh.materials().get(0);
        assertThat(paint.kind()).isEqualTo("paint");
        assertThat(paint.baseColor()).containsExactly(0.5f, 0.25f, 0.125f, 1);
        assertThat(paint.metallic()).isEqualTo(0.25f);
        assertThat(paint.roughness()).isEqualTo(0.5f);
        assertThat(paint.clearcoat()).isEqualTo(0.75f);
        assertThat(paint.clearcoatRoughness()).isEqualTo(0.125f);
        assertThat(mesh.materials().get(1).emissive()).containsExactly(1, 0.5f, 0);
    }

    @Test
    void mirrorMapFollowsThePiecesOfTheAtlas() {
        TemplateMesh mesh = SmallTemplate.mesh();

        int[] mirror = mesh.mirrorVertex();
        // Roof: six vertices of the left piece, then the same six of the right one, though two of
        // each three at x = 0 stand at one place. Wheels: front and rear corners stay, sides swap.
        assertThat(mirror)
                .containsExactly(
                        6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 16, 17, 18, 19, 12, 13, 14, 15);
        for (int v = 0; v < 12; v++) {
            assertThat(mesh.uvs()[2 * mirror[v]]).isCloseTo(1 - mesh.uvs()[2 * v], within(EXACT));
        }
    }

    @Test
    void mirrorMapCopesWithOtherDiagonals() {
        SmallTemplate template = SmallTemplate.create();
        int indices = template.primitive(0, 0).get("indices").intValue();
        int view = template.json.at("/accessors/" + indices + "/bufferView").intValue();
        int at = template.json.at("/bufferViews/" + view + "/byteOffset").intValue();
        byte[] glb = template.glb();
        int data = glb.length - template.json.at("/buffers/0/byteLength").intValue() + at;
        // The left half's painted quad 0, 1, 3, 2 is cut along 1-2 instead of 0-3.
        int[] faces = {0, 2, 1, 2, 3, 1};
        for (int i = 0; i < faces.length; i++) {
            glb[data + 4 * i] = (byte) faces[i];
        }

        TemplateMesh mesh = new GltfTemplateReader().read(glb, SmallTemplate.declaration());

        assertThat(mesh.faces()).startsWith(faces);
        assertThat(mesh.mirrorVertex()).isEqualTo(SmallTemplate.mesh().mirrorVertex());
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                spoil("scale", "reaches beyond", t -> set(t, "/accessors/0", "count", 1000)),
                spoil("negative", "count is missing", t -> set(t, "/accessors/0", "count", -1)),
                spoil(
                        "float",
                        "count is missing",
                        t -> t.json.withObject("/accessors/0").put("count", 1.5)),
                spoil(
                        "huge",
                        "no vertices, or more",
                        t -> set(t, "/accessors/0", "count", Integer.MAX_VALUE)),
                spoil(
                        "view",
                        "beyond the file's end",
                        t -> set(t, "/bufferViews/0", "byteLength", 1 << 30)),
                spoil(
                        "offset",
                        "reaches beyond",
                        t -> set(t, "/accessors/0", "byteOffset", Integer.MAX_VALUE)),
                spoil("stride", "stride", t -> set(t, "/bufferViews/0", "byteStride", 4)),
                spoil(
                        "accessor",
                        "accessor 999 does not exist",
                        t -> set(t, "/meshes/0/primitives/0/attributes", "POSITION", 999)),
                spoil(
                        "type",
                        "is VEC2 where VEC3",
                        t -> set(t, "/meshes/0/primitives/0/attributes", "POSITION", 1)),
                spoil("mode", "only triangles", t -> t.primitive(0, 0).put("mode", 5)),
                spoil("material", "'' is not declared", t -> t.primitive(0, 0).put("material", 9)),
                spoil(
                        "undeclared",
                        "no material called glass",
                        t -> t.json.withObject("/materials/1").put("name", "ice")),
                spoil(
                        "factor",
                        "not between 0 and 1",
                        t ->
                                t.json.withObject("/materials/0/pbrMetallicRoughness")
                                        .put("metallicFactor", 2)),
                spoil(
                        "target names",
                        "roof: its 3 morph targets",
                        t -> t.json.withObject("/meshes/0").remove("extras")),
                spoil(
                        "target order",
                        "in their order",
                        t ->
                                ((ArrayNode) t.json.at("/meshes/1/extras/targetNames"))
                                        .set(0, "long")),
                spoil(
                        "weights",
                        "must be 0 at rest",
                        t -> t.json.withObject("/meshes/0").putArray("weights").add(0.5)),
                spoil(
                        "missing part",
                        "no node with a mesh for part wheel_fr",
                        t -> t.json.withObject("/nodes/2").put("name", "spare")),
                spoil(
                        "twice",
                        "several nodes called wheel_fl",
                        t -> t.json.withObject("/nodes/2").put("name", "wheel_fl")),
                spoil(
                        "no pivot",
                        "no translation to turn about",
                        t -> t.json.withObject("/nodes/1").remove("translation")),
                spoil(
                        "cycle",
                        "its own ancestor",
                        t -> t.json.withObject("/nodes/0").putArray("children").add(0)),
                spoil(
                        "singular",
                        "singular",
                        t -> t.json.withObject("/nodes/0").putArray("scale").add(0).add(1).add(1)),
                spoil("skin", "has a skin", t -> t.json.withObject("/nodes/0").put("skin", 0)),
                spoil(
                        "draco",
                        "KHR_draco_mesh_compression",
                        t ->
                                t.json.putArray("extensionsRequired")
                                        .add("KHR_draco_mesh_compression")),
                spoil(
                        "nan",
                        "not finite",
                        t -> replace(t, "POSITION", new float[] {Float.NaN, 0, 0})),
                spoil("uv", "outside the atlas", t -> replace(t, "TEXCOORD_0", new float[] {3, 0})),
                spoil(
                        "lopsided",
                        "cut differently",
                        t -> replace(t, "POSITION", new float[] {0, 1.5f, -1})),
                spoil(
                        "moved wheel",
                        "nothing is at its mirror image",
                        t -> ((ArrayNode) t.json.at("/nodes/1/translation")).set(2, 0.6)));
    }

    private static Arguments spoil(String name, String message, Consumer<SmallTemplate> how) {
        return Arguments.of(name, message, how);
    }

    private static void set(SmallTemplate t, String at, String field, int value) {
        t.json.withObject(at).put(field, value);
    }

    /** Gives the roof's first vertex another value. */
    private static void replace(SmallTemplate t, String attribute, float[] first) {
        float[] values = new float[12 * first.length];
        TemplateMesh mesh = SmallTemplate.mesh();
        float[] plain = first.length == 3 ? mesh.positions() : mesh.uvs();
        System.arraycopy(plain, 0, values, 0, values.length);
        System.arraycopy(first, 0, values, 0, first.length);
        int accessor = t.floats(values, "VEC" + first.length);
        set(t, "/meshes/0/primitives/0/attributes", attribute, accessor);
        set(t, "/meshes/0/primitives/1/attributes", attribute, accessor);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void spoiled(String name, String message, Consumer<SmallTemplate> how) {
        SmallTemplate template = SmallTemplate.create();
        how.accept(template);
        byte[] glb = template.glb();

        assertThatThrownBy(() -> new GltfTemplateReader().read(glb, SmallTemplate.declaration()))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void targetThatMovesOneSideIsNotSymmetric() {
        SmallTemplate template = SmallTemplate.create();
        float[] deltas = new float[12];
        deltas[1] = 0.5f;
        int accessor = template.floats(deltas, "VEC3");
        template.json.withObject("/meshes/1/primitives/0/targets/2").put("POSITION", accessor);

        assertThatThrownBy(
                        () ->
                                new GltfTemplateReader()
                                        .read(template.glb(), SmallTemplate.declaration()))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("shape target nose moves only one side");
    }

    @Test
    void damagedBytesNeverEscapeAsAnotherException() {
        byte[] good = SmallTemplate.create().glb();
        Random random = new Random(7);
        List<byte[]> files =
                Stream.concat(
                                Stream.of(new byte[0], new byte[] {1, 2, 3}),
                                Stream.generate(() -> damage(good, random)).limit(2000))
                        .toList();
        int refused = 0;
        for (byte[] file : files) {
            try {
                new GltfTemplateReader().read(file, SmallTemplate.declaration());
            } catch (CategoryException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private static byte[] damage(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = 0; i < 8; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
