/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 *   v = sum_i w_i * M_i(shape, pose) * u                       for a template with a skin
 * </pre>
 *
 * <p>R_y turns about +Y by the right-hand rule, so positive steering turns the front wheels towards
 * +X, the object's left. M_i is what joint i does, see {@link Kinematics}. All arrays are in the
 * object frame, metres, laid out x, y, z by vertex. Immutable; the methods allocate some numbers a
 * shape target and a joint.
 */
public final class ShapeModel {

    /** Name of the pose parameter that turns the parts that steer, radians. */
    public static final String STEERING = "steering";

    private final TemplateMesh template;
    private final int shapeCount;
    private final int poseCount;
    private final PoseFunction posing;
    private final ShapeBasis basis;

    public ShapeModel(CategoryModel category) {
        this(category.template(), category.poseParameters());
    }

    /**
     * @throws CategoryException when a pose parameter is unknown, or no part or joint turns by it
     */
    public ShapeModel(TemplateMesh template, List<PoseParameter> poseParameters) {
        this.template = template;
        this.shapeCount = template.shapeCount();
        this.poseCount = poseParameters.size();
        this.basis = new ShapeBasis(template.shapeBasis(), shapeCount);
        this.posing =
                template.skin().isPresent()
                        ? new SkinnedPose(
                                new Kinematics(
                                        template.skin().get().skeleton(),
                                        shapeCount,
                                        poseParameters),
                                template.skin().get())
                        : new SteeredPose(template, poseParameters);
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
        require(pose.length == poseCount, "pose", pose.length, poseCount);
        restVertices(shape, offsets, dest);
        posing.pose(shape, pose, dest);
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
        if (offsets != null && offsets.length > 0) {
            for (int i = 0; i < n; i++) {
                dest[i] = positions[i] + offsets[i];
            }
        } else {
            System.arraycopy(positions, 0, dest, 0, n);
        }
        basis.addTo(shape, dest);
        return dest;
    }

    /**
     * Derivatives of a loss, given those with regard to the posed vertices. Results are
     * overwritten, not added to.
     *
     * @param offsets those that {@link #vertices} got; null or empty for none
     * @param vertices {@code float[V*3]}, what {@link #vertices} gave for these arguments
     * @param dVertices {@code float[V*3]}, derivative with regard to them
     * @param dShape {@code float[K]}
     * @param dPose {@code float[P]}
     * @param dOffsets {@code float[V*3]}, needed even when there are no offsets: it is the
     *     derivative with regard to the rest vertices; must be neither {@code dVertices} nor {@code
     *     offsets}
     */
    public void backward(
            float[] shape,
            float[] pose,
            float[] offsets,
            float[] vertices,
            float[] dVertices,
            float[] dShape,
            float[] dPose,
            float[] dOffsets) {
        int n = 3 * template.vertexCount();
        require(dShape.length == shapeCount, "dShape", dShape.length, shapeCount);
        require(dPose.length == poseCount, "dPose", dPose.length, poseCount);
        require(dOffsets.length >= n, "dOffsets", dOffsets.length, n);
        if (posing.needsRest()) {
            restVertices(shape, offsets, dOffsets);
        } else {
            System.arraycopy(dVertices, 0, dOffsets, 0, n);
        }
        Arrays.fill(dPose, 0);
        Arrays.fill(dShape, 0);
        posing.backward(shape, pose, vertices, dVertices, dShape, dPose, dOffsets);
        float[] fromVertices = basis.dot(dOffsets);
        for (int k = 0; k < shapeCount; k++) {
            dShape[k] += fromVertices[k];
        }
    }

    /**
     * Where a part turns, at the given shape; the pose does not move it.
     *
     * @param part index into the template's parts
     * @return {@code dest}
     * @throws IllegalArgumentException when the part has no pivot
     */
    public Vector3f pivot(int part, float[] shape, Vector3f dest) {
        Part at = template.parts().get(part);
        if (at.pivot().isEmpty() || !(posing instanceof SteeredPose rigid)) {
            throw new IllegalArgumentException("part " + at.name() + " has no pivot");
        }
        return rigid.pivot(part, shape, dest);
    }

    /** How the joints of a template with a skin move. */
    public Optional<Kinematics> kinematics() {
        return posing instanceof SkinnedPose skinned
                ? Optional.of(skinned.kinematics())
                : Optional.empty();
    }

    private static void require(boolean condition, String what, int length, int needed) {
        if (!condition) {
            throw new IllegalArgumentException(what + ": " + length + " numbers, not " + needed);
        }
    }
}
