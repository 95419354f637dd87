/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Part;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;

/**
 * From shape weights, pose and offsets to vertices, and the derivatives back.
 *
 * <pre>
 *   u = positions + sum_k shape_k * basis_k + offsets          (rest frame)
 *   v = u                                                      for a part that stays
 *   v = R_y(steering) * (u - p) + p                            for a part that steers
 *   p = pivot + sum_k shape_k * (mean of basis_k over the part)
 * </pre>
 *
 * <p>R_y turns about +Y by the right-hand rule, so positive steering turns the front wheels towards
 * +X, the object's left. All arrays are in the object frame, metres, laid out x, y, z by vertex.
 * Immutable; the methods allocate nothing.
 */
public final class ShapeModel {

    /** Name of the pose parameter that turns the parts that steer, radians. */
    public static final String STEERING = "steering";

    /** Floats of one block of the mesh; a block of the result stays in the first-level cache. */
    private static final int BLOCK = 3 * 1024;

    private static final int ABSENT = -1;

    private final TemplateMesh template;
    private final int shapeCount;
    private final int poseCount;
    private final int steeringIndex;
    private final int[] steeringParts;
    private final float[] pivots;
    private final float[] pivotBasis;

    public ShapeModel(CategoryModel category) {
        this(category.template(), category.poseParameters());
    }

    /**
     * @throws CategoryException when a pose parameter is unknown or no part turns by it
     */
    public ShapeModel(TemplateMesh template, List<PoseParameter> poseParameters) {
        this.template = template;
        this.shapeCount = template.shapeCount();
        this.poseCount = poseParameters.size();
        List<Part> parts = template.parts();
        pivots = new float[3 * parts.size()];
        pivotBasis = new float[3 * parts.size() * shapeCount];
        List<Integer> steering = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            if (part.pivot().isPresent()) {
                pivots[3 * p] = part.pivot().get().x();
                pivots[3 * p + 1] = part.pivot().get().y();
                pivots[3 * p + 2] = part.pivot().get().z();
                meanDeltas(p, part);
            }
            if (part.steers() && part.pivot().isPresent()) {
                steering.add(p);
            }
        }
        int found = ABSENT;
        for (int i = 0; i < poseCount; i++) {
            String name = poseParameters.get(i).name();
            if (!name.equals(STEERING) || steering.isEmpty() || found != ABSENT) {
                throw new CategoryException("no part turns by the pose parameter " + name);
            }
            found = i;
        }
        steeringIndex = found;
        steeringParts =
                found == ABSENT
                        ? new int[0]
                        : steering.stream().mapToInt(Integer::intValue).toArray();
    }

    private void meanDeltas(int p, Part part) {
        int vertices = template.vertexCount();
        for (int k = 0; k < shapeCount; k++) {
            double[] sum = new double[3];
            int first = 3 * (k * vertices + part.firstVertex());
            for (int i = 0; i < 3 * part.vertexCount(); i++) {
                sum[i % 3] += template.shapeBasis()[first + i];
            }
            for (int c = 0; c < 3; c++) {
                pivotBasis[3 * (p * shapeCount + k) + c] = (float) (sum[c] / part.vertexCount());
            }
        }
    }

    public TemplateMesh template() {
        return template;
    }

    /** K. */
    public int shapeCount() {
        return shapeCount;
    }

    /** P. */
    public int poseCount() {
        return poseCount;
    }

    /** V. */
    public int vertexCount() {
        return template.vertexCount();
    }

    /**
     * Posed vertices.
     *
     * @param shape {@code float[K]}
     * @param pose {@code float[P]}, radians
     * @param offsets {@code float[V*3]} added at rest, metres; null or empty for none
     * @param dest {@code float[V*3]}, overwritten; must not be {@code offsets}
     * @return {@code dest}
     */
    public float[] vertices(float[] shape, float[] pose, float[] offsets, float[] dest) {
        restVertices(shape, offsets, dest);
        if (steeringIndex == ABSENT || pose[steeringIndex] == 0) {
            return dest;
        }
        float sin = (float) Math.sin(pose[steeringIndex]);
        float cos = (float) Math.cos(pose[steeringIndex]);
        for (int p : steeringParts) {
            Part part = template.parts().get(p);
            float px = pivotCoordinate(p, shape, 0);
            float pz = pivotCoordinate(p, shape, 2);
            int end = 3 * (part.firstVertex() + part.vertexCount());
            for (int i = 3 * part.firstVertex(); i < end; i += 3) {
                float x = dest[i] - px;
                float z = dest[i + 2] - pz;
                dest[i] = cos * x + sin * z + px;
                dest[i + 2] = cos * z - sin * x + pz;
            }
        }
        return dest;
    }

    /**
     * Vertices before the pose is applied; parameters as in {@link #vertices}.
     *
     * @return {@code dest}
     */
    public float[] restVertices(float[] shape, float[] offsets, float[] dest) {
        require(shape.length == shapeCount, "shape", shape.length, shapeCount);
        int n = 3 * template.vertexCount();
        require(dest.length >= n, "vertices", dest.length, n);
        float[] positions = template.positions();
        float[] basis = template.shapeBasis();
        boolean moved = offsets != null && offsets.length > 0;
        for (int start = 0; start < n; start += BLOCK) {
            int end = Math.min(start + BLOCK, n);
            if (moved) {
                for (int i = start; i < end; i++) {
                    dest[i] = positions[i] + offsets[i];
                }
            } else {
                System.arraycopy(positions, start, dest, start, end - start);
            }
            for (int k = 0; k < shapeCount; k++) {
                if (shape[k] != 0) {
                    addScaled(basis, k * n + start, shape[k], dest, start, end - start);
                }
            }
        }
        return dest;
    }

    private static void addScaled(
            float[] from, int fromStart, float scale, float[] to, int toStart, int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += scale * from[fromStart + i];
        }
    }

    /**
     * Derivatives of a loss, given those with regard to the posed vertices. Results are
     * overwritten, not added to.
     *
     * @param vertices {@code float[V*3]}, what {@link #vertices} gave for these arguments
     * @param dVertices {@code float[V*3]}, derivative with regard to them
     * @param dShape {@code float[K]}
     * @param dPose {@code float[P]}
     * @param dOffsets {@code float[V*3]}, needed even when there are no offsets: it is the
     *     derivative with regard to the rest vertices; must not be {@code dVertices}
     */
    public void backward(
            float[] shape,
            float[] pose,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] dOffsets) {
        int n = 3 * template.vertexCount();
        require(dShape.length == shapeCount, "dShape", dShape.length, shapeCount);
        require(dPose.length == poseCount, "dPose", dPose.length, poseCount);
        require(dOffsets.length >= n, "dOffsets", dOffsets.length, n);
        System.arraycopy(dVertices, 0, dOffsets, 0, n);
        Arrays.fill(dPose, 0);
        Arrays.fill(dShape, 0);
        if (steeringIndex != ABSENT) {
            steeringBackward(shape, pose, vertices, dVertices, dShape, dPose, dOffsets);
        }
        float[] basis = template.shapeBasis();
        for (int start = 0; start < n; start += BLOCK) {
            int length = Math.min(BLOCK, n - start);
            for (int k = 0; k < shapeCount; k++) {
                dShape[k] += dot(basis, k * n + start, dOffsets, start, length);
            }
        }
    }

    /** dv/dsteering = y x (v - p); u gets R^T g; p gets g - R^T g, which the mean passes on. */
    private void steeringBackward(
            float[] shape,
            float[] pose,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] dOffsets) {
        float sin = (float) Math.sin(pose[steeringIndex]);
        float cos = (float) Math.cos(pose[steeringIndex]);
        double dAngle = 0;
        for (int p : steeringParts) {
            Part part = template.parts().get(p);
            float px = pivotCoordinate(p, shape, 0);
            float pz = pivotCoordinate(p, shape, 2);
            double dPivotX = 0;
            double dPivotZ = 0;
            int end = 3 * (part.firstVertex() + part.vertexCount());
            for (int i = 3 * part.firstVertex(); i < end; i += 3) {
                float gx = dVertices[i];
                float gz = dVertices[i + 2];
                dAngle += gx * (vertices[i + 2] - pz) - gz * (vertices[i] - px);
                float ux = cos * gx - sin * gz;
                float uz = sin * gx + cos * gz;
                dOffsets[i] = ux;
                dOffsets[i + 2] = uz;
                dPivotX += gx - ux;
                dPivotZ += gz - uz;
            }
            for (int k = 0; k < shapeCount; k++) {
                int mean = 3 * (p * shapeCount + k);
                dShape[k] += (float) (dPivotX * pivotBasis[mean] + dPivotZ * pivotBasis[mean + 2]);
            }
        }
        dPose[steeringIndex] = (float) dAngle;
    }

    /** Eight independent sums, since one would wait for itself at each step. */
    private static float dot(float[] a, int aStart, float[] b, int bStart, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int p = aStart + i;
            int q = bStart + i;
            s0 += a[p] * b[q];
            s1 += a[p + 1] * b[q + 1];
            s2 += a[p + 2] * b[q + 2];
            s3 += a[p + 3] * b[q + 3];
            s4 += a[p + 4] * b[q + 4];
            s5 += a[p + 5] * b[q + 5];
            s6 += a[p + 6] * b[q + 6];
            s7 += a[p + 7] * b[q + 7];
        }
        for (; i < length; i++) {
            s0 += a[aStart + i] * b[bStart + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /**
     * Where a part turns, at the given shape; the pose does not move it.
     *
     * @param part index into the template's parts
     * @return {@code dest}
     * @throws IllegalArgumentException when the part has no pivot
     */
    public Vector3f pivot(int part, float[] shape, Vector3f dest) {
        if (template.parts().get(part).pivot().isEmpty()) {
            throw new IllegalArgumentException(
                    "part " + template.parts().get(part).name() + " has no pivot");
        }
        return dest.set(
                pivotCoordinate(part, shape, 0),
                pivotCoordinate(part, shape, 1),
                pivotCoordinate(part, shape, 2));
    }

    private float pivotCoordinate(int part, float[] shape, int axis) {
        float x = pivots[3 * part + axis];
        for (int k = 0; k < shapeCount; k++) {
            x += shape[k] * pivotBasis[3 * (part * shapeCount + k) + axis];
        }
        return x;
    }

    private static void require(boolean condition, String what, int length, int needed) {
        if (!condition) {
            throw new IllegalArgumentException(what + ": " + length + " numbers, not " + needed);
        }
    }
}
