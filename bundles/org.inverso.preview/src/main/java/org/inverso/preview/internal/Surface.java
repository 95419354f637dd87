/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.inverso.api.asset.Asset;
import org.inverso.geometry.AssetMesh;

/** What an asset looks like: its mesh, materials and textures, ready for shading. */
final class Surface {

    private static final Asset.Material CLAY =
            new Asset.Material(
                    "clay",
                    new float[] {0.56f, 0.53f, 0.49f, 1},
                    -1,
                    0,
                    0.75f,
                    new float[3],
                    1,
                    0,
                    0,
                    false);

    private final AssetMesh mesh;
    private final List<Asset.Material> materials;
    private final int[] faceMaterial;
    private final MipTexture[] textures;

    private Surface(
            AssetMesh mesh,
            List<Asset.Material> materials,
            int[] faceMaterial,
            MipTexture[] textures) {
        this.mesh = mesh;
        this.materials = materials;
        this.faceMaterial = faceMaterial;
        this.textures = textures;
    }

    static Surface of(Asset asset, AssetMesh mesh) {
        MipTexture[] textures = new MipTexture[asset.textures().size()];
        IntStream.range(0, textures.length)
                .parallel()
                .forEach(i -> textures[i] = new MipTexture(asset.textures().get(i).image()));
        return new Surface(mesh, asset.materials(), mesh.faceMaterial(), textures);
    }

    /** A mesh in plain materials. */
    static Surface of(AssetMesh mesh, List<Asset.Material> materials) {
        return new Surface(mesh, materials, mesh.faceMaterial(), new MipTexture[0]);
    }

    /** A mesh in one texture, whose number is 0. */
    static Surface of(AssetMesh mesh, List<Asset.Material> materials, MipTexture texture) {
        return new Surface(mesh, materials, mesh.faceMaterial(), new MipTexture[] {texture});
    }

    /** Whether something behind one of its faces may show through. */
    boolean translucent() {
        return IntStream.range(0, mesh.faceCount()).anyMatch(f -> opacity(f) < 1);
    }

    /** Part of the light from behind that a face takes away, 0 to 1. */
    float opacity(int face) {
        return material(face).baseColor()[3];
    }

    /** The same without its translucent faces. */
    Surface opaque() {
        int[] kept = IntStream.range(0, mesh.faceCount()).filter(f -> opacity(f) >= 1).toArray();
        int[] faces = new int[3 * kept.length];
        int[] material = new int[kept.length];
        for (int f = 0; f < kept.length; f++) {
            System.arraycopy(mesh.faces(), 3 * kept[f], faces, 3 * f, 3);
            material[f] = faceMaterial[kept[f]];
        }
        AssetMesh rest =
                new AssetMesh(mesh.positions(), mesh.normals(), mesh.uvs(), faces, material);
        return new Surface(rest, materials, material, textures);
    }

    /** The same shape, all of one plain material. */
    Surface asClay() {
        return new Surface(mesh, List.of(CLAY), new int[mesh.faceCount()], new MipTexture[0]);
    }

    AssetMesh mesh() {
        return mesh;
    }

    Asset.Material material(int face) {
        return materials.get(faceMaterial[face]);
    }

    /** The texture of a face's material, or null. */
    MipTexture texture(int face) {
        int index = material(face).baseColorTexture();
        return index < 0 ? null : textures[index];
    }

    /** Null when there are no textures. */
    MipTexture largestTexture() {
        MipTexture largest = null;
        for (MipTexture texture : textures) {
            if (largest == null || texture.width() > largest.width()) {
                largest = texture;
            }
        }
        return largest;
    }
}
