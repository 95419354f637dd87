/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Part;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;

/**
 * Rigid parts: those that steer turn about the vertical through their pivots, {@code v =
 * R_y(steering) * (u - p) + p} with {@code p = pivot + sum_k shape_k * (mean of basis_k over the
 * part)}; the others stay.
 */
final class SteeredPose implements PoseFunction {

    private static final int ABSENT = -1;

    private final TemplateMesh template;
    private final int shapeCount;
    private final int steeringIndex;
    private final int[] steeringParts;
    private final float[] pivots;
    private final float[] pivotBasis;

    /**
     * @throws CategoryException when a pose parameter is unknown or no part turns by it
     */
    SteeredPose(TemplateMesh template, List<PoseParameter> poseParameters) {
        this.template = template;
        this.shapeCount = template.shapeCount();
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
        for (int i = 0; i < poseParameters.size(); i++) {
            PoseParameter parameter = poseParameters.get(i);
            String name = parameter.name();
            if (!parameter.joints().isEmpty()) {
                throw new CategoryException(
                        "pose parameter " + name + " turns joints, but the template has no skin");
            }
            if (!name.equals(ShapeModel.STEERING) || steering.isEmpty() || found != ABSENT) {
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

    @Override
    public void pose(float[] shape, float[] pose, float[] vertices) {
        if (steeringIndex == ABSENT || pose[steeringIndex] == 0) {
            return;
        }
        float sin = (float) Math.sin(pose[steeringIndex]);
        float cos = (float) Math.cos(pose[steeringIndex]);
        for (int p : steeringParts) {
            Part part = template.parts().get(p);
            float px = pivotCoordinate(p, shape, 0);
            float pz = pivotCoordinate(p, shape, 2);
            int end = 3 * (part.firstVertex() + part.vertexCount());
            for (int i = 3 * part.firstVertex(); i < end; i += 3) {
                float x = vertices[i] - px;
                float z = vertices[i + 2] - pz;
                vertices[i] = cos * x + sin * z + px;
                vertices[i + 2] = cos * z - sin * x + pz;
            }
        }
    }

    @Override
    public boolean needsRest() {
        return false;
    }

    /** dv/dsteering = y x (v - p); u gets R^T g; p gets g - R^T g, which the mean passes on. */
    @Override
    public void backward(
            float[] shape,
            float[] pose,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] rest) {
        if (steeringIndex == ABSENT) {
            return;
        }
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
                rest[i] = ux;
                rest[i + 2] = uz;
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

    /**
     * Where a part that has a pivot turns, at the given shape.
     *
     * @return {@code dest}
     */
    Vector3f pivot(int part, float[] shape, Vector3f dest) {
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
}
