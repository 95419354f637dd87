/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.inverso.api.InversoException;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor.Edited;
import org.inverso.api.editing.AssetEditor.Finding;
import org.inverso.export.gltf.GlbExporter;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.GltfAssetReader;
import org.inverso.imaging.ImageIoImaging;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class GlbEditorTest {

    private final ImageIoImaging imaging = new ImageIoImaging();
    private final GlbExporter exporter = new GlbExporter(imaging);
    private final GlbEditor editor = new GlbEditor(imaging, exporter);
    private final byte[] globe = exporter.export(GlobeAsset.of());

    private Asset read(byte[] glb) {
        return new GltfAssetReader(imaging).read("globe.glb", glb).asset();
    }

    private Asset edited(AssetEdit edit) {
        return read(editor.edit("globe.glb", globe, edit).files().get("glb"));
    }

    private static AssetEdit edit(
            OptionalInt paint,
            String variant,
            List<String> clips,
            Optional<Boolean> lights,
            OptionalDouble scale,
            OptionalDouble length) {
        return new AssetEdit(
                paint,
                Optional.ofNullable(variant),
                clips,
                lights,
                scale,
                length,
                OptionalInt.empty(),
                List.of());
    }

    private static AssetEdit look(String variant) {
        return edit(
                OptionalInt.empty(),
                variant,
                List.of(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static AssetEdit size(OptionalDouble scale, OptionalDouble length) {
        return edit(OptionalInt.empty(), null, List.of(), Optional.empty(), scale, length);
    }

    @Test
    void nothingChangedIsTheSameFile() {
        Edited same = editor.edit("globe.glb", globe, AssetEdit.NOTHING);

        assertThat(same.files()).containsOnlyKeys("glb");
        assertThat(same.files().get("glb")).isEqualTo(globe);
        assertThat(same.remarks()).isEmpty();
    }

    @Test
    void shapeKeysAreLeftOutInOneLineAndTheShapeStays() {
        Asset plain = GlobeAsset.of();
        List<Asset.Mesh> meshes =
                plain.meshes().stream()
                        .map(
                                mesh ->
                                        new Asset.Mesh(
                                                mesh.name(),
                                                mesh.primitives(),
                                                List.of(taller(mesh.primitives().get(0)))))
                        .toList();
        byte[] keyed =
                exporter.export(
                        new Asset(
                                plain.name(),
                                plain.nodes(),
                                meshes,
                                plain.materials(),
                                plain.textures(),
                                plain.clips(),
                                plain.skins(),
                                plain.variants(),
                                plain.provenance()));

        Edited edited = editor.edit("globe.glb", keyed, AssetEdit.NOTHING);
        assertThat(edited.remarks())
                .containsExactly("left out: shape keys; the shape stays as they were set");
        float[] shown = AssetMesh.of(read(edited.files().get("glb"))).positions();
        float[] expected = AssetMesh.of(plain).positions();
        assertThat(shown).hasSameSizeAs(expected);
        for (int i = 0; i < shown.length; i++) {
            assertThat(shown[i]).isCloseTo(expected[i], within(1e-5f));
        }
        assertThat(editor.check("globe.glb", keyed, 20_000))
                .isEqualTo(editor.check("globe.glb", globe, 20_000));
    }

    private static Asset.ShapeKey taller(Asset.Primitive primitive) {
        float[] up = new float[primitive.positions().length];
        for (int i = 1; i < up.length; i += 3) {
            up[i] = primitive.positions()[i];
        }
        return new Asset.ShapeKey("tall", 0.5f, List.of(up), List.of(new float[up.length]));
    }

    @Test
    void paintIsPlainAndOnlyOnWhatCanBePainted() {
        Asset painted =
                edited(
                        edit(
                                OptionalInt.of(0xff0000),
                                null,
                                List.of(),
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()));

        Asset.Material paint = painted.materials().get(0);
        assertThat(paint.name()).isEqualTo("paint");
        assertThat(paint.baseColor()).containsExactly(1, 0, 0, 1);
        assertThat(paint.baseColorTexture()).isEqualTo(Asset.NONE);
        assertThat(paint.clearcoat()).isEqualTo(0.5f);
        assertThat(painted.materials())
                .filteredOn(m -> m.name().equals("light"))
                .singleElement()
                .satisfies(m -> assertThat(m.baseColor()).containsExactly(1, 1, 1, 1));
    }

    @Test
    void chosenLookIsTheAssetsOwnAndTheOthersStay() {
        Asset red = edited(look("red"));

        assertThat(material(red, 0)).isEqualTo("paint_red");
        assertThat(red.variants()).extracting(Asset.Variant::name).containsExactly("blue", "red");
        int own = red.meshes().get(0).primitives().get(0).material();
        assertThat(red.materials().get(red.variants().get(0).material(own)).name())
                .isEqualTo("paint_blue");
        assertThat(red.variants().get(1).materials()).isEmpty();
        assertThatThrownBy(() -> edited(look("green")))
                .isInstanceOf(InversoException.class)
                .hasMessage("globe.glb: has no look green; it has blue, red");
    }

    private static String material(Asset asset, int mesh) {
        return asset.materials()
                .get(asset.meshes().get(mesh).primitives().get(0).material())
                .name();
    }

    @Test
    void onlyClipsThatAreNamedStay() {
        AssetEdit one =
                edit(
                        OptionalInt.empty(),
                        null,
                        List.of("rise"),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        assertThat(edited(one).clips()).extracting(Asset.Clip::name).containsExactly("rise");
        AssetEdit unknown =
                edit(
                        OptionalInt.empty(),
                        null,
                        List.of("fall"),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        assertThatThrownBy(() -> edited(unknown))
                .hasMessage("globe.glb: has no clip fall; it has rise, shine");
    }

    @Test
    void lampsAreSwitchedOn() {
        AssetEdit on =
                edit(
                        OptionalInt.empty(),
                        null,
                        List.of(),
                        Optional.of(true),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());

        assertThat(read(globe).nodes().get(3).hidden()).isTrue();
        assertThat(edited(on).nodes().get(3).scale()).isEqualTo(new Vector3f(1));
    }

    @Test
    void sizeChangesEverythingThatIsALength() {
        Asset half = edited(size(OptionalDouble.of(0.5), OptionalDouble.empty()));

        AssetMesh mesh = AssetMesh.of(half);
        assertThat(mesh.max().sub(mesh.min()).distance(1, 1, 1)).isCloseTo(0, within(1e-5f));
        assertThat(mesh.min().y).isCloseTo(0, within(1e-6f));
        assertThat(half.clips().get(0).channels().get(0).values())
                .containsExactly(0, 0.5f, 0, 0, 1, 0);
        assertThat(half.nodes().get(1).extras()).containsEntry("radius", "0.25");
        assertThat(half.nodes().get(1).scale()).isEqualTo(new Vector3f(1));
    }

    @Test
    void lengthIsAlongZ() {
        AssetMesh mesh = AssetMesh.of(edited(size(OptionalDouble.empty(), OptionalDouble.of(4.5))));

        assertThat(mesh.max().z - mesh.min().z).isCloseTo(4.5f, within(1e-4f));
    }

    @Test
    void texturesShrinkInProportionButDoNotGrow() {
        AssetEdit small =
                new AssetEdit(
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.of(16),
                        List.of());

        assertThat(edited(small).textures().get(0).image().width()).isEqualTo(16);
        assertThat(edited(small).textures().get(0).image().height()).isEqualTo(8);
    }

    @Test
    void levelsOfDetailAreFilesOfTheirOwn() {
        AssetEdit levels =
                new AssetEdit(
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        List.of(800, 400, 1));

        Edited result = editor.edit("globe.glb", globe, levels);

        assertThat(result.files().keySet())
                .containsExactly("glb", "lod800.glb", "lod400.glb", "lod1.glb");
        Asset fewer = read(result.files().get("lod400.glb"));
        assertThat(fewer.nodes()).extracting(Asset.Node::name).contains("north", "south");
        assertThat(AssetMesh.of(fewer).faceCount()).isBetween(200, 400);
        assertThat(result.remarks()).singleElement().asString().startsWith("the level of 1 tri");
    }

    @Test
    void whatIsNoGlbIsRefusedInOneSentence() {
        assertThatThrownBy(() -> editor.edit("a.jpg", new byte[100], AssetEdit.NOTHING))
                .isInstanceOf(InversoException.class)
                .hasMessage("a.jpg: cannot be read, it is not a GLB file; give a GLB file");
    }

    @Test
    void soundAssetPassesAllChecks() {
        assertThat(editor.check("globe.glb", globe, 5000)).extracting(Finding::subject).hasSize(8);
        assertThat(editor.check("globe.glb", globe, 5000))
                .filteredOn(finding -> !finding.subject().matches("front|texels"))
                .allSatisfy(finding -> assertThat(finding.good()).as(finding.text()).isTrue());
    }

    @Test
    void whatIsWrongIsFound() {
        byte[] huge =
                editor.edit(
                                "globe.glb",
                                globe,
                                size(OptionalDouble.of(1000), OptionalDouble.empty()))
                        .files()
                        .get("glb");

        assertThat(bad(huge, 5000)).contains("scale");
        assertThat(bad(globe, 100)).contains("triangles").doesNotContain("scale");
        assertThat(bad(exporter.export(broken()), 5000))
                .contains("names", "watertight", "UV", "ground");
    }

    private List<String> bad(byte[] glb, int budget) {
        return editor.check("globe.glb", glb, budget).stream()
                .filter(finding -> !finding.good())
                .map(Finding::subject)
                .toList();
    }

    /** A half twice by the same name, one of them sunk, with a texture that repeats. */
    private static Asset broken() {
        Asset globe = GlobeAsset.of();
        Asset.Node north = globe.nodes().get(1);
        Asset.Primitive half = globe.meshes().get(0).primitives().get(0);
        float[] uvs = half.uvs().clone();
        for (int i = 0; i < uvs.length; i++) {
            uvs[i] *= 3;
        }
        return new Asset(
                "globe",
                List.of(
                        new Asset.Node(
                                "north",
                                Asset.NONE,
                                new Vector3f(0, -3, 0),
                                north.rotation(),
                                0,
                                north.extras()),
                        new Asset.Node(
                                "north",
                                Asset.NONE,
                                new Vector3f(0, 3, 0),
                                north.rotation(),
                                0,
                                north.extras())),
                List.of(
                        new Asset.Mesh(
                                "half",
                                List.of(
                                        new Asset.Primitive(
                                                half.positions(),
                                                half.normals(),
                                                uvs,
                                                half.indices(),
                                                0)))),
                globe.materials(),
                globe.textures(),
                List.of(),
                globe.provenance());
    }
}
