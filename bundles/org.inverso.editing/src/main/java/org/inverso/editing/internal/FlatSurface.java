/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Skin;
import org.inverso.geometry.WeldedTopology;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * All triangles of an asset in one frame, what is hidden too. Vertices in one place share a point,
 * whatever they belong to.
 *
 * @param primitives in the order of meshes
 * @param frames from each primitive's frame to the asset's
 * @param firstVertex of each primitive
 * @param primitiveOf {@code int[F]}
 * @param corners {@code int[F*3]}, vertices
 * @param pointOf {@code int[V]}, the point of each vertex
 * @param points {@code double[P*3]}, asset frame; of skinned meshes at rest
 * @param uvs {@code float[V*2]}
 */
record FlatSurface(
        List<Asset.Primitive> primitives,
        List<Matrix4f> frames,
        int[] firstVertex,
        int[] primitiveOf,
        int[] corners,
        int[] pointOf,
        double[] points,
        float[] uvs) {

    /** Share of the whole's size below which parts no longer gain weight. */
    private static final double SMALLEST = 0.1;

    static FlatSurface of(Asset asset) {
        List<Asset.Primitive> primitives = new ArrayList<>();
        List<Matrix4f> transforms = new ArrayList<>();
        List<Matrix4f> frames = frames(asset);
        for (int m = 0; m < asset.meshes().size(); m++) {
            Matrix4f frame = frameOf(asset, m, frames);
            for (Asset.Primitive primitive : asset.meshes().get(m).primitives()) {
                primitives.add(primitive);
                transforms.add(frame);
            }
        }
        int vertices = primitives.stream().mapToInt(p -> p.positions().length / 3).sum();
        int faces = primitives.stream().mapToInt(p -> p.indices().length / 3).sum();
        int[] firstVertex = new int[primitives.size()];
        int[] primitiveOf = new int[faces];
        int[] corners = new int[3 * faces];
        float[] positions = new float[3 * vertices];
        float[] uvs = new float[2 * vertices];
        int vertex = 0;
        int face = 0;
        Vector3f v = new Vector3f();
        for (int p = 0; p < firstVertex.length; p++) {
            Asset.Primitive primitive = primitives.get(p);
            firstVertex[p] = vertex;
            for (int i = 0; i < primitive.positions().length; i += 3) {
                v.set(
                        primitive.positions()[i],
                        primitive.positions()[i + 1],
                        primitive.positions()[i + 2]);
                transforms.get(p).transformPosition(v);
                positions[3 * vertex + i] = v.x;
                positions[3 * vertex + i + 1] = v.y;
                positions[3 * vertex + i + 2] = v.z;
            }
            System.arraycopy(primitive.uvs(), 0, uvs, 2 * vertex, primitive.uvs().length);
            int[] indices = primitive.indices();
            for (int i = 0; i < indices.length; i++) {
                corners[3 * face + i] = vertex + indices[i];
            }
            Arrays.fill(primitiveOf, face, face + indices.length / 3, p);
            vertex += primitive.positions().length / 3;
            face += indices.length / 3;
        }
        WeldedTopology welded = WeldedTopology.of(positions, corners);
        int[] pointOf = new int[vertices];
        double[] points = new double[3 * welded.weldedCount()];
        for (int i = 0; i < vertices; i++) {
            pointOf[i] = welded.weldedIndex(i);
            for (int c = 0; c < 3; c++) {
                points[3 * pointOf[i] + c] = positions[3 * i + c];
            }
        }
        return new FlatSurface(
                primitives, transforms, firstVertex, primitiveOf, corners, pointOf, points, uvs);
    }

    /** Frames of the nodes as if none were scaled: what is hidden has a shape, too. */
    private static List<Matrix4f> frames(Asset asset) {
        List<Matrix4f> frames = new ArrayList<>();
        for (Asset.Node node : asset.nodes()) {
            Matrix4f local = new Matrix4f().translationRotate(node.translation(), node.rotation());
            if (!node.hidden()) {
                local.scale(node.scale());
            }
            frames.add(node.parent() < 0 ? local : frames.get(node.parent()).mul(local, local));
        }
        return frames;
    }

    /** That of the first node that draws a mesh. */
    private static Matrix4f frameOf(Asset asset, int mesh, List<Matrix4f> frames) {
        for (int n = 0; n < frames.size(); n++) {
            Asset.Node node = asset.nodes().get(n);
            if (node.mesh() == mesh) {
                return node.skin() < 0 ? frames.get(n) : new Matrix4f();
            }
        }
        return new Matrix4f();
    }

    /**
     * How much each primitive matters beyond its area: the size of the whole by its own, so that
     * wheels stay round as long as flanks stay smooth.
     */
    double[] weights() {
        double[] weights = new double[primitives.size()];
        Vector3f[] all = bounds(0, pointOf.length);
        double whole = all[0].distance(all[1]);
        for (int p = 0; p < weights.length; p++) {
            int end = p + 1 < weights.length ? firstVertex[p + 1] : pointOf.length;
            Vector3f[] own = bounds(firstVertex[p], end);
            weights[p] = whole / Math.max(own[0].distance(own[1]), SMALLEST * whole);
        }
        return weights;
    }

    private Vector3f[] bounds(int fromVertex, int toVertex) {
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        for (int v = fromVertex; v < toVertex; v++) {
            Vector3f p = point(pointOf[v]);
            low.min(p);
            high.max(p);
        }
        return new Vector3f[] {low, high};
    }

    private Vector3f point(int index) {
        return new Vector3f(
                (float) points[3 * index],
                (float) points[3 * index + 1],
                (float) points[3 * index + 2]);
    }

    /** Twice the signed area of a triangle in the texture. */
    double uvArea(int a, int b, int c) {
        return (double) (uvs[2 * b] - uvs[2 * a]) * (uvs[2 * c + 1] - uvs[2 * a + 1])
                - (double) (uvs[2 * b + 1] - uvs[2 * a + 1]) * (uvs[2 * c] - uvs[2 * a]);
    }

    /**
     * The asset with other triangles.
     *
     * @param left as {@link #corners}; those whose first is negative are left out
     * @param now as {@link #pointOf}: a vertex whose point is another than before has moved there
     */
    Asset rebuilt(Asset asset, int[] left, int[] now) {
        int[] anyAt = new int[points.length / 3];
        for (int v = pointOf.length - 1; v >= 0; v--) {
            anyAt[pointOf[v]] = v;
        }
        List<Asset.Mesh> meshes = new ArrayList<>();
        int p = 0;
        int face = 0;
        for (Asset.Mesh mesh : asset.meshes()) {
            List<Asset.Primitive> rebuilt = new ArrayList<>();
            for (Asset.Primitive primitive : mesh.primitives()) {
                int count = primitive.indices().length;
                int[] corners = Arrays.copyOfRange(left, 3 * face, 3 * face + count);
                rebuilt.add(rebuilt(p, corners, now, anyAt));
                face += count / 3;
                p++;
            }
            meshes.add(new Asset.Mesh(mesh.name(), rebuilt));
        }
        return new Asset(
                asset.name(),
                asset.nodes(),
                meshes,
                asset.materials(),
                asset.textures(),
                asset.clips(),
                asset.skins(),
                asset.variants(),
                asset.provenance());
    }

    private Asset.Primitive rebuilt(int p, int[] corners, int[] now, int[] anyAt) {
        Asset.Primitive primitive = primitives.get(p);
        int first = firstVertex[p];
        int[] newIndex = new int[primitive.positions().length / 3];
        Arrays.fill(newIndex, -1);
        int[] kept = new int[newIndex.length];
        int vertices = 0;
        int[] indices = new int[corners.length];
        int count = 0;
        for (int i = 0; i < corners.length; i++) {
            if (corners[i - i % 3] < 0) {
                continue;
            }
            int vertex = corners[i] - first;
            if (newIndex[vertex] < 0) {
                kept[vertices] = vertex;
                newIndex[vertex] = vertices++;
            }
            indices[count++] = newIndex[vertex];
        }
        int influences = primitive.joints().length > 0 ? Skin.INFLUENCES : 0;
        float[] positions = new float[3 * vertices];
        float[] normals = new float[3 * vertices];
        float[] uvs = new float[2 * vertices];
        int[] joints = new int[influences * vertices];
        float[] weights = new float[influences * vertices];
        for (int v = 0; v < vertices; v++) {
            System.arraycopy(primitive.positions(), 3 * kept[v], positions, 3 * v, 3);
            System.arraycopy(primitive.normals(), 3 * kept[v], normals, 3 * v, 3);
            System.arraycopy(primitive.uvs(), 2 * kept[v], uvs, 2 * v, 2);
            Asset.Primitive bends = primitive;
            int as = kept[v];
            int point = now[first + kept[v]];
            if (point != pointOf[first + kept[v]]) {
                Vector3f place = local(p, point);
                positions[3 * v] = place.x;
                positions[3 * v + 1] = place.y;
                positions[3 * v + 2] = place.z;
                int owner = primitiveOfVertex(anyAt[point]);
                if (primitives.get(owner).joints().length > 0) {
                    bends = primitives.get(owner);
                    as = anyAt[point] - firstVertex[owner];
                }
            }
            System.arraycopy(bends.joints(), influences * as, joints, influences * v, influences);
            System.arraycopy(bends.weights(), influences * as, weights, influences * v, influences);
        }
        return new Asset.Primitive(
                positions,
                normals,
                uvs,
                Arrays.copyOf(indices, count),
                primitive.material(),
                joints,
                weights);
    }

    private Vector3f local(int primitive, int point) {
        return frames.get(primitive).invertAffine(new Matrix4f()).transformPosition(point(point));
    }

    private int primitiveOfVertex(int vertex) {
        int found = Arrays.binarySearch(firstVertex, vertex);
        return found >= 0 ? found : -found - 2;
    }
}
