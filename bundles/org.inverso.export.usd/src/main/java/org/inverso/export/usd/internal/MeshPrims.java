/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.usd.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.inverso.api.asset.Asset;

/** Meshes as UsdGeomMesh prims. */
final class MeshPrims {

    private static final List<String> CORNERS = List.of("interpolation = \"faceVarying\"");

    private final Asset asset;
    private final Looks looks;

    MeshPrims(Asset asset, Looks looks) {
        this.asset = asset;
        this.looks = looks;
    }

    /** API schemas that every mesh has. */
    static List<String> schemas(String... more) {
        return Stream.concat(Stream.of("MaterialBindingAPI"), Arrays.stream(more)).toList();
    }

    /**
     * The properties of a mesh's prim, and the subsets below it where it has several materials.
     *
     * @param path of the prim, from the root
     */
    void write(Asset.Mesh source, List<String> path, UsdaText text) {
        WeldedMesh mesh = new WeldedMesh(source);
        boolean doubleSided =
                source.primitives().stream()
                        .anyMatch(p -> asset.materials().get(p.material()).doubleSided());
        if (doubleSided) {
            text.line("uniform bool doubleSided = 1");
        }
        text.tuples("float3[] extent", mesh.extent(), 3, List.of());
        int[] counts = new int[mesh.corners().length / 3];
        Arrays.fill(counts, 3);
        text.ints("int[] faceVertexCounts", counts, List.of());
        text.ints("int[] faceVertexIndices", mesh.corners(), List.of());
        text.tuples("normal3f[] normals", mesh.normals(), 3, CORNERS);
        text.tuples("point3f[] points", mesh.points(), 3, List.of());
        text.tuples("texCoord2f[] primvars:st", mesh.uvs(), 2, CORNERS);
        text.ints("int[] primvars:st:indices", mesh.uvIndices(), List.of());
        text.line("uniform token subdivisionScheme = \"none\"");
        if (source.primitives().size() == 1) {
            looks.bind(path, source.primitives().get(0).material(), text);
        } else {
            text.line("uniform token subsetFamily:materialBind:familyType = \"nonOverlapping\"");
            writeSubsets(source, path, text);
        }
    }

    /**
     * What makes a mesh follow a skeleton.
     *
     * @param order place of each of the skin's joints in the skeleton
     */
    void writeInfluences(Asset.Mesh source, int[] order, UsdaText text) {
        WeldedMesh mesh = new WeldedMesh(source);
        int[] joints = Arrays.stream(mesh.joints()).map(joint -> order[joint]).toArray();
        List<String> metadata =
                List.of("elementSize = " + WeldedMesh.INFLUENCES, "interpolation = \"vertex\"");
        text.line("matrix4d primvars:skel:geomBindTransform = " + SkeletonPrims.IDENTITY);
        text.ints("int[] primvars:skel:jointIndices", joints, metadata);
        text.floats("float[] primvars:skel:jointWeights", mesh.weights(), metadata);
    }

    private void writeSubsets(Asset.Mesh source, List<String> path, UsdaText text) {
        PrimNames names = new PrimNames();
        int face = 0;
        for (Asset.Primitive primitive : source.primitives()) {
            String name = names.unique(asset.materials().get(primitive.material()).name());
            int[] faces = new int[primitive.indices().length / 3];
            for (int f = 0; f < faces.length; f++) {
                faces[f] = face++;
            }
            List<String> subset = new ArrayList<>(path);
            subset.add(name);
            text.prim(
                    "def GeomSubset " + UsdaText.quoted(name),
                    List.of(UsdaText.schemas(schemas())),
                    () -> {
                        text.line("uniform token elementType = \"face\"");
                        text.line("uniform token familyName = \"materialBind\"");
                        text.ints("int[] indices", faces, List.of());
                        looks.bind(subset, primitive.material(), text);
                    });
        }
    }
}
