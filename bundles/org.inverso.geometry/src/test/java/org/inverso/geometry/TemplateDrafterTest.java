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
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.inverso.api.CategoryException;
import org.inverso.geometry.draft.Front;
import org.inverso.geometry.draft.TemplateDraft;
import org.inverso.geometry.draft.TemplateDrafter;
import org.junit.jupiter.api.Test;

/** Models as people export them: paper darts that point along +X, one metre long. */
class TemplateDrafterTest {

    /** Nose, left wing tip, right wing tip, keel; the left of what points along +X is -Z. */
    private static final float[] DART = {
        1, 5.2f, 0, 0, 5.2f, -0.3f, 0, 5.2f, 0.3f, 0, 5, 0, 1, 5.2f, 0, 0, 5.2f, -0.3f, 0, 5.2f,
        0.3f
    };

    private static final float[] UVS = {0.5f, 0, 0, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0, 0, 1, 1, 1};

    /** Both flanks; the deck has vertices of its own. */
    private static final List<Integer> FLANKS = List.of(0, 1, 3, 0, 3, 2);

    private final TemplateDrafter drafter = new TemplateDrafter();

    /** A file with one node for each name. */
    private static GlbWriter model(String... names) {
        GlbWriter glb = new GlbWriter();
        glb.array("materials").addObject().put("name", "Paint.Red");
        for (String name : names) {
            int mesh = glb.array("meshes").size();
            glb.array("nodes").addObject().put("name", name).put("mesh", mesh);
            ObjectNode primitive =
                    glb.array("meshes").addObject().putArray("primitives").addObject();
            primitive
                    .putObject("attributes")
                    .put("POSITION", glb.floats(DART, "VEC3"))
                    .put("TEXCOORD_0", glb.floats(UVS, "VEC2"));
            primitive.put("indices", glb.indices(FLANKS, false)).put("material", 0);
        }
        return glb;
    }

    private TemplateDraft draft(GlbWriter glb) {
        return drafter.draft(glb.glb(), Front.PLUS_X, OptionalDouble.empty());
    }

    private String refusal(GlbWriter glb) {
        try {
            draft(glb);
        } catch (CategoryException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return e.getMessage();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void itFacesZStandsOnTheGroundAndHasTheLengthThatWasAskedFor() {
        TemplateDraft draft =
                drafter.draft(model("Dart").glb(), Front.PLUS_X, OptionalDouble.of(3));

        float[] x = draft.mesh().positions();
        assertThat(draft.size()).containsExactly(new float[] {1.8f, 0.6f, 3}, within(1e-5f));
        // The nose, the left wing tip and the keel.
        assertThat(x[2]).isCloseTo(1.5f, within(1e-5f));
        assertThat(x[3]).isCloseTo(0.9f, within(1e-5f));
        assertThat(x[7]).isCloseTo(0, within(1e-5f));
        assertThat(draft.notes()).anyMatch(n -> n.contains("3.00 m long"));
    }

    @Test
    void everyFrontLeadsToZ() {
        for (String axis : List.of("+z", "-z", "+x", "-x")) {
            GlbWriter glb = model("Dart");
            double turn =
                    switch (axis) {
                        case "+x" -> 0;
                        case "+z" -> -90;
                        case "-x" -> 180;
                        default -> 90;
                    };
            double half = Math.toRadians(turn) / 2;
            ((ObjectNode) glb.json.at("/nodes/0"))
                    .putArray("rotation")
                    .add(0)
                    .add(Math.sin(half))
                    .add(0)
                    .add(Math.cos(half));
            TemplateDraft draft = drafter.draft(glb.glb(), Front.of(axis), OptionalDouble.empty());
            assertThat(draft.mesh().positions()[2]).as(axis).isCloseTo(0.5f, within(1e-5f));
        }
        assertThatThrownBy(() -> Front.of("up"))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("+z, +x, -z, -x");
    }

    @Test
    void aModelWithoutMorphTargetsIsScaled() {
        TemplateDraft draft = draft(model("Dart"));

        assertThat(draft.scaled()).isTrue();
        assertThat(draft.mesh().shapeTargets()).containsExactly("length", "width", "height");
        int vertices = draft.mesh().vertexCount();
        float[] basis = draft.mesh().shapeBasis();
        float[] x = draft.mesh().positions();
        for (int v = 0; v < vertices; v++) {
            assertThat(basis[3 * v + 2]).isCloseTo(0.1f * x[3 * v + 2], within(1e-6f));
            assertThat(basis[3 * v]).isZero();
        }
        assertThat(draft.notes()).anyMatch(n -> n.contains("no morph targets"));
    }

    @Test
    void morphTargetsOfAnyPartAreThoseOfAll() {
        GlbWriter glb = model("Left", "Right", "Still");
        for (int mesh = 0; mesh < 2; mesh++) {
            float[] delta = new float[DART.length];
            delta[0] = 0.25f;
            glb.primitive(mesh, 0)
                    .putArray("targets")
                    .addObject()
                    .put("POSITION", glb.floats(delta, "VEC3"));
            ((ObjectNode) glb.json.at("/meshes/" + mesh))
                    .putObject("extras")
                    .putArray("targetNames")
                    .add(mesh == 0 ? "Longer Nose" : "beak");
        }
        // A shape key that was left pulled is part of the shape at rest.
        ((ObjectNode) glb.json.at("/meshes/0")).putArray("weights").add(2);
        TemplateDraft draft = draft(glb);

        assertThat(draft.scaled()).isFalse();
        assertThat(draft.mesh().shapeTargets()).containsExactly("longer_nose", "beak");
        assertThat(draft.size()[2]).isCloseTo(1.5f, within(1e-5f));
        int vertices = draft.mesh().vertexCount();
        float[] basis = draft.mesh().shapeBasis();
        assertThat(basis[2]).isEqualTo(0.25f);
        int second = draft.mesh().parts().get(1).firstVertex();
        assertThat(basis[3 * second + 2]).isZero();
        assertThat(basis[3 * (vertices + second) + 2]).isEqualTo(0.25f);
    }

    @Test
    void aSymmetricModelGetsItsMirrorAndAnotherOneIsTakenAsItIs() {
        TemplateDraft symmetric = draft(model("Dart"));
        assertThat(symmetric.declaration().symmetric()).isTrue();
        assertThat(symmetric.mesh().mirrorVertex()).containsExactly(0, 3, 2, 1);

        GlbWriter bent = model("Dart", "Flag");
        ((ObjectNode) bent.json.at("/nodes/1")).putArray("translation").add(0).add(0).add(0.2);
        TemplateDraft draft = draft(bent);
        assertThat(draft.declaration().symmetric()).isFalse();
        assertThat(draft.mesh().mirrorVertex()).isEmpty();
        assertThat(draft.notes()).anyMatch(n -> n.contains("not taken as symmetric"));
    }

    @Test
    void namesOfBlenderBecomeNamesOfPartsRolesAndKinds() {
        TemplateDraft draft = draft(model("Wing.L", "Wing.R", "Wing.R"));

        assertThat(draft.mesh().parts())
                .extracting(p -> p.name())
                .containsExactly("wing_l", "wing_r", "wing_r_2");
        assertThat(draft.mesh().parts()).allMatch(p -> p.role().equals("wing"));
        assertThat(draft.mesh().materials().get(0).name()).isEqualTo("paint_red");
        assertThat(draft.mesh().materials().get(0).kind()).isEqualTo("paint");
        assertThat(draft.notes()).anyMatch(n -> n.contains("share their colours"));
    }

    @Test
    void looseVerticesAndCollapsedTrianglesAreLeftOut() {
        GlbWriter glb = model("Dart");
        List<Integer> faces = List.of(0, 1, 3, 0, 3, 2, 3, 3, 1);
        glb.primitive(0, 0).put("indices", glb.indices(faces, false));
        TemplateDraft draft = draft(glb);

        assertThat(draft.mesh().faceCount()).isEqualTo(2);
        assertThat(draft.mesh().vertexCount()).isEqualTo(4);
    }

    @Test
    void whatCannotWorkIsRefusedWithWhatToDo() {
        GlbWriter bare = model("Dart", "Flag");
        ((ObjectNode) bare.primitive(1, 0).path("attributes")).remove("TEXCOORD_0");
        assertThat(refusal(bare)).contains("flag").contains("Smart UV Project");

        GlbWriter tiled = model("Dart");
        float[] uvs = UVS.clone();
        uvs[0] = 3;
        tiled.primitive(0, 0)
                .withObject("/attributes")
                .put("TEXCOORD_0", tiled.floats(uvs, "VEC2"));
        assertThat(refusal(tiled)).contains("repeats its texture").contains("3.000");

        GlbWriter lines = model("Dart");
        lines.primitive(0, 0).put("mode", 1);
        assertThat(refusal(lines)).contains("no triangles");

        GlbWriter point = model("Dart");
        point.primitive(0, 0)
                .withObject("/attributes")
                .put("TEXCOORD_0", point.floats(new float[UVS.length], "VEC2"));
        assertThat(refusal(point)).contains("cover next to nothing");

        GlbWriter heavy = model("Dart");
        heavy.primitive(0, 0)
                .put(
                        "indices",
                        heavy.indices(
                                Collections.nCopies(TemplateDrafter.MOST_TRIANGLES + 1, FLANKS)
                                        .stream()
                                        .flatMap(f -> f.subList(0, 3).stream())
                                        .toList(),
                                false));
        assertThat(refusal(heavy)).contains("50001 triangles").contains("Decimate");

        GlbWriter packed = model("Dart");
        ArrayNode required = packed.json.putArray("extensionsRequired");
        required.add("KHR_draco_mesh_compression");
        assertThat(refusal(packed)).contains("Draco").contains("export it without");

        assertThatThrownBy(
                        () ->
                                drafter.draft(
                                        "{\"asset\":1}".getBytes(StandardCharsets.UTF_8),
                                        Front.PLUS_Z,
                                        OptionalDouble.empty()))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("glTF Binary");
    }
}
