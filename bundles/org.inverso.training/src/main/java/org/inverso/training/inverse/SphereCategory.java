/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;

/**
 * A sphere in a category's place, as GANverse3D begins with one (arXiv 2010.09125, section 3.1): an
 * icosahedron divided three times, 642 vertices. Each of its shape targets moves a vertex, and the
 * one across the plane x = 0 likewise, along one axis, so that shape weights are free vertex
 * offsets of a symmetric surface. Of the category only the size is taken.
 */
public final class SphereCategory implements CategoryModel {

    private static final int DIVISIONS = 3;

    /** Radius as a part of the diagonal of the category's bounding box. */
    private static final float RADIUS = 0.25f;

    /** Radii that one shape weight stands for. */
    private static final float STEP = 0.25f;

    private static final float LIMIT = 12;

    private final CategoryModel category;
    private final float radius;
    private final TemplateMesh template;

    public SphereCategory(CategoryModel category) {
        this.category = category;
        this.radius = RADIUS * diagonal(category.template().positions());
        this.template = template(radius);
    }

    private static float diagonal(float[] positions) {
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = axis; i < positions.length; i += 3) {
                low = Math.min(low, positions[i]);
                high = Math.max(high, positions[i]);
            }
            squared += (double) (high - low) * (high - low);
        }
        return (float) Math.sqrt(squared);
    }

    /** Metres. */
    public float radius() {
        return radius;
    }

    private static TemplateMesh template(float radius) {
        List<Vector3f> points = new ArrayList<>();
        int[] faces = sphere(points);
        int count = points.size();
        float[] positions = new float[3 * count];
        float[] uvs = new float[2 * count];
        for (int v = 0; v < count; v++) {
            Vector3f p = points.get(v);
            positions[3 * v] = radius * p.x;
            // It stands on the ground, so that cameras look at its centre.
            positions[3 * v + 1] = radius * (p.y + 1);
            positions[3 * v + 2] = radius * p.z;
            // Both sides share their texels, which leaves the map without a seam.
            double around = Math.atan2(Math.abs(p.x), p.z) / Math.PI;
            double down = Math.acos(Math.max(-1, Math.min(1, p.y))) / Math.PI;
            uvs[2 * v] = (float) (0.02 + 0.96 * around);
            uvs[2 * v + 1] = (float) (0.02 + 0.96 * down);
        }
        int[] mirror = mirror(points);
        List<String> names = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            for (int axis = 0; axis < 3; axis++) {
                boolean inPlane = mirror[v] == v;
                if (v > mirror[v] || inPlane && axis == 0) {
                    continue;
                }
                float[] target = new float[3 * count];
                target[3 * v + axis] = STEP * radius;
                target[3 * mirror[v] + axis] = (axis == 0 ? -1 : 1) * STEP * radius;
                names.add("xyz".charAt(axis) + "" + v);
                targets.add(target);
            }
        }
        float[] basis = new float[targets.size() * 3 * count];
        for (int k = 0; k < targets.size(); k++) {
            System.arraycopy(targets.get(k), 0, basis, k * 3 * count, 3 * count);
        }
        int faceCount = faces.length / 3;
        return new TemplateMesh(
                positions,
                uvs,
                faces,
                new int[faceCount],
                new int[faceCount],
                List.of(),
                List.of(),
                names,
                basis,
                mirror);
    }

    /** Unit icosahedron whose faces were divided into four again and again. */
    private static int[] sphere(List<Vector3f> points) {
        float golden = (float) ((1 + Math.sqrt(5)) / 2);
        for (int a = -1; a <= 1; a += 2) {
            for (int b = -1; b <= 1; b += 2) {
                points.add(new Vector3f(0, a, b * golden).normalize());
                points.add(new Vector3f(a, b * golden, 0).normalize());
                points.add(new Vector3f(b * golden, 0, a).normalize());
            }
        }
        float edge = 1.01f * (float) (2 / Math.sqrt(1 + golden * golden));
        List<int[]> faces = new ArrayList<>();
        for (int a = 0; a < 12; a++) {
            for (int b = a + 1; b < 12; b++) {
                for (int c = b + 1; c < 12; c++) {
                    if (points.get(a).distance(points.get(b)) < edge
                            && points.get(b).distance(points.get(c)) < edge
                            && points.get(c).distance(points.get(a)) < edge) {
                        faces.add(outwards(points, a, b, c));
                    }
                }
            }
        }
        for (int d = 0; d < DIVISIONS; d++) {
            Map<Long, Integer> middles = new HashMap<>();
            List<int[]> smaller = new ArrayList<>();
            for (int[] f : faces) {
                int ab = middle(points, middles, f[0], f[1]);
                int bc = middle(points, middles, f[1], f[2]);
                int ca = middle(points, middles, f[2], f[0]);
                smaller.add(new int[] {f[0], ab, ca});
                smaller.add(new int[] {f[1], bc, ab});
                smaller.add(new int[] {f[2], ca, bc});
                smaller.add(new int[] {ab, bc, ca});
            }
            faces = smaller;
        }
        return faces.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    private static int[] outwards(List<Vector3f> points, int a, int b, int c) {
        Vector3f pa = points.get(a);
        Vector3f normal =
                new Vector3f(points.get(b)).sub(pa).cross(new Vector3f(points.get(c)).sub(pa));
        return normal.dot(pa) > 0 ? new int[] {a, b, c} : new int[] {a, c, b};
    }

    private static int middle(List<Vector3f> points, Map<Long, Integer> known, int a, int b) {
        long edge = Math.min(a, b) * 1_000_000L + Math.max(a, b);
        return known.computeIfAbsent(
                edge,
                e -> {
                    points.add(new Vector3f(points.get(a)).add(points.get(b)).normalize());
                    return points.size() - 1;
                });
    }

    private static int[] mirror(List<Vector3f> points) {
        int[] mirror = new int[points.size()];
        for (int v = 0; v < mirror.length; v++) {
            Vector3f across = new Vector3f(points.get(v)).mul(-1, 1, 1);
            for (int w = 0; w < mirror.length; w++) {
                if (points.get(w).distanceSquared(across) < 1e-8f) {
                    mirror[v] = w;
                }
            }
        }
        return mirror;
    }

    @Override
    public TemplateMesh template() {
        return template;
    }

    @Override
    public ShapePrior shapePrior() {
        float[] min = new float[template.shapeCount()];
        float[] max = new float[template.shapeCount()];
        java.util.Arrays.fill(min, -LIMIT);
        java.util.Arrays.fill(max, LIMIT);
        return new ShapePrior(List.of(), min, max);
    }

    @Override
    public List<PoseParameter> poseParameters() {
        return List.of();
    }

    @Override
    public String id() {
        return category.id();
    }

    @Override
    public String label() {
        return category.label();
    }

    @Override
    public String version() {
        return category.version();
    }

    @Override
    public String sha256() {
        return category.sha256();
    }

    @Override
    public List<String> clips() {
        return List.of();
    }

    @Override
    public Set<String> weightNames() {
        return Set.of();
    }

    @Override
    public byte[] weights(String name) {
        throw new CategoryException("A sphere has no weights \"" + name + "\"");
    }
}
