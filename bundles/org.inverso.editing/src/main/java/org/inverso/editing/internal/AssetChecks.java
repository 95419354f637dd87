/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.AssetEditor.Finding;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.PosedPart;
import org.inverso.geometry.WeldedTopology;
import org.joml.Vector3f;

/** What validators of file formats do not look at. */
public final class AssetChecks {

    /** Metres: smaller or larger things are mostly in other units. */
    private static final double SMALLEST = 0.05;

    private static final double LARGEST = 30;

    /** Part of the height by which an object may stand above or below the ground. */
    private static final double OFF_GROUND = 0.02;

    /** Texture coordinates may leave the picture by so much. */
    private static final double UV_TOLERANCE = 1e-4;

    /** Median texels along a thousandth of the object's diagonal. */
    private static final double COARSEST = 0.05;

    private static final int NAMED = 3;

    private final Asset asset;
    private final AssetMesh mesh;
    private final List<PosedPart> parts;
    private final int triangleBudget;

    public AssetChecks(Asset asset, int triangleBudget) {
        this.asset = asset;
        this.triangleBudget = triangleBudget;
        mesh = AssetMesh.of(asset);
        parts = PosedPart.of(asset);
    }

    /** In the order in which people look at things. */
    public List<Finding> findings() {
        if (mesh.faceCount() == 0) {
            return List.of(new Finding("surface", false, "there is none that shows"));
        }
        return List.of(scale(), ground(), front(), names(), surface(), density(), uvs(), budget());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private Finding scale() {
        Vector3f size = mesh.max().sub(mesh.min());
        double longest = Math.max(size.x, Math.max(size.y, size.z));
        boolean good = longest >= SMALLEST && longest <= LARGEST;
        return new Finding(
                "scale",
                good,
                text("%.3g m wide, %.3g m high, %.3g m long", size.x, size.y, size.z)
                        + (good ? "" : "; is it in metres?"));
    }

    private Finding ground() {
        float lowest = mesh.min().y;
        double height = mesh.max().y - lowest;
        return new Finding(
                "ground",
                Math.abs(lowest) <= OFF_GROUND * height,
                text("its lowest point is at %.3f m", lowest + 0f));
    }

    /** Lamps and heads tell where the front is; else the longer side is along Z. */
    private Finding front() {
        double front = middle("headlight|head|beak|muzzle", "plate_front");
        double rear = middle("taillight|tail|rump", "plate_rear");
        if (Double.isNaN(front) || Double.isNaN(rear)) {
            Vector3f size = mesh.max().sub(mesh.min());
            return new Finding(
                    "front",
                    size.z >= size.x,
                    size.z >= size.x
                            ? "longer along Z than along X; no part tells front from rear"
                            : "longer along X than along Z; +Z should be its front");
        }
        return new Finding(
                "front",
                front > rear,
                front > rear ? "faces +Z, with +Y up" : "faces -Z; +Z should be its front");
    }

    /** Mean Z of the parts with a role or name; not a number when there are none. */
    private double middle(String role, String name) {
        double sum = 0;
        int count = 0;
        for (PosedPart part : parts) {
            boolean meant =
                    part.name().equals(name)
                            || asset.nodes().stream()
                                    .anyMatch(
                                            n ->
                                                    n.name().equals(part.name())
                                                            && n.extras()
                                                                    .getOrDefault("role", "")
                                                                    .matches(role));
            if (meant) {
                for (Asset.Primitive primitive : part.primitives()) {
                    for (int i = 2; i < primitive.positions().length; i += 3) {
                        sum += primitive.positions()[i];
                        count++;
                    }
                }
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private Finding names() {
        Set<String> seen = new HashSet<>();
        List<String> bad = new ArrayList<>();
        for (Asset.Node node : asset.nodes()) {
            // A bone may be called like the part that it moves.
            String kind = node.mesh() < 0 ? "joint " : "part ";
            if (node.name().isBlank() || !seen.add(kind + node.name())) {
                bad.add(node.name().isBlank() ? "a nameless node" : node.name() + " twice");
            }
        }
        return new Finding(
                "names",
                bad.isEmpty(),
                bad.isEmpty() ? parts.size() + " parts, each with a name of its own" : some(bad));
    }

    private static String some(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
    }

    /**
     * Borders of a part are open by itself where it meets others; those of all parts should not be.
     */
    private Finding surface() {
        List<String> open = new ArrayList<>();
        for (PosedPart part : parts) {
            List<Asset.Primitive> primitives = part.primitives();
            int vertices = primitives.stream().mapToInt(p -> p.positions().length).sum();
            float[] positions = new float[vertices];
            List<Integer> faces = new ArrayList<>();
            int at = 0;
            for (Asset.Primitive p : primitives) {
                for (int index : p.indices()) {
                    faces.add(at / 3 + index);
                }
                System.arraycopy(p.positions(), 0, positions, at, p.positions().length);
                at += p.positions().length;
            }
            int count = openEdges(positions, faces.stream().mapToInt(i -> i).toArray());
            if (count > 0) {
                open.add(part.name() + " " + count);
            }
        }
        int whole = openEdges(mesh.positions(), mesh.faces());
        String each =
                text("%d of %d parts closed", parts.size() - open.size(), parts.size())
                        + (open.isEmpty() ? "" : " (open edges: " + some(open) + ")");
        return new Finding(
                "watertight",
                whole == 0 || open.isEmpty(),
                each + (whole == 0 ? "; together closed" : "; together " + whole + " open edges"));
    }

    private static int openEdges(float[] positions, int[] indices) {
        WeldedTopology welded = WeldedTopology.of(positions, indices);
        int[] faces = welded.faces();
        Map<Long, Integer> edges = new HashMap<>();
        for (int i = 0; i < faces.length; i++) {
            long a = faces[i];
            long b = faces[i % 3 == 2 ? i - 2 : i + 1];
            edges.merge(Math.min(a, b) << 32 | Math.max(a, b), 1, Integer::sum);
        }
        return (int) edges.values().stream().filter(count -> count == 1).count();
    }

    private Finding density() {
        List<double[]> measured = new ArrayList<>();
        double total = 0;
        for (int f = 0; f < mesh.faceCount(); f++) {
            int texture = asset.materials().get(mesh.faceMaterial()[f]).baseColorTexture();
            double area = area(f);
            if (texture >= 0 && area > 0) {
                double texels =
                        uvArea(f)
                                * asset.textures().get(texture).image().width()
                                * asset.textures().get(texture).image().height();
                measured.add(new double[] {Math.sqrt(texels / area), area});
                total += area;
            }
        }
        if (measured.isEmpty()) {
            return new Finding("texels", true, "nothing is textured");
        }
        measured.sort((a, b) -> Double.compare(a[0], b[0]));
        double low = quantile(measured, 0.05 * total);
        double median = quantile(measured, 0.5 * total);
        double high = quantile(measured, 0.95 * total);
        double thousandth = mesh.max().distance(mesh.min()) / 1000;
        return new Finding(
                "texels",
                median * thousandth >= COARSEST,
                text(
                        "%.0f a metre, nine tenths of the surface from %.0f to %.0f",
                        median, low, high));
    }

    private static double quantile(List<double[]> sorted, double until) {
        double area = 0;
        for (double[] density : sorted) {
            area += density[1];
            if (area >= until) {
                return density[0];
            }
        }
        return sorted.get(sorted.size() - 1)[0];
    }

    private double area(int f) {
        Vector3f a = at(f, 0);
        return at(f, 1).sub(a).cross(at(f, 2).sub(a)).length() / 2;
    }

    private Vector3f at(int f, int c) {
        int v = 3 * mesh.faces()[3 * f + c];
        return new Vector3f(mesh.positions()[v], mesh.positions()[v + 1], mesh.positions()[v + 2]);
    }

    private double uvArea(int f) {
        int a = 2 * mesh.faces()[3 * f];
        int b = 2 * mesh.faces()[3 * f + 1];
        int c = 2 * mesh.faces()[3 * f + 2];
        float[] uv = mesh.uvs();
        return Math.abs(
                        (double) (uv[b] - uv[a]) * (uv[c + 1] - uv[a + 1])
                                - (double) (uv[b + 1] - uv[a + 1]) * (uv[c] - uv[a]))
                / 2;
    }

    private Finding uvs() {
        float[] sorted = mesh.uvs().clone();
        Arrays.sort(sorted);
        float low = sorted[0];
        float high = sorted[sorted.length - 1];
        return new Finding(
                "UV",
                low >= -UV_TOLERANCE && high <= 1 + UV_TOLERANCE,
                text("from %.3f to %.3f", low + 0f, high));
    }

    private Finding budget() {
        return new Finding(
                "triangles",
                mesh.faceCount() <= triangleBudget,
                mesh.faceCount() + " of " + triangleBudget);
    }
}
