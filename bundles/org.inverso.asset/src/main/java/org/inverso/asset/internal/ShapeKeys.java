/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.ArrayList;
import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * The shape space as keys of meshes. What a target does to normals is taken where all weights are
 * 0, for a weight of 1; since normals do not add up as positions do, the sum is then corrected to
 * give the fitted normals.
 */
final class ShapeKeys {

    /** Meshes get no keys. */
    static final ShapeKeys NONE = new ShapeKeys(new float[0], List.of());

    /** A target that moves a mesh by no more is not one of its keys, metres. */
    private static final float STILL = 1e-6f;

    /** Shorter than this, a sum of unit vectors has lost its direction. */
    private static final double SHORTEST = 0.6;

    private final float[] weights;

    /** By target, {@code float[F*9]}. */
    private final List<float[]> turns;

    private ShapeKeys(float[] weights, List<float[]> turns) {
        this.weights = weights;
        this.turns = turns;
    }

    /**
     * All targets of a category.
     *
     * @param normals of the model's template
     */
    static ShapeKeys of(ShapeModel model, SceneEstimate estimate, CornerNormals normals) {
        float[] weights = new float[model.shapeCount()];
        float[] vertices = new float[3 * model.vertexCount()];
        float[] base = normals.of(model.restVertices(weights, estimate.vertexOffsets(), vertices));
        List<float[]> turns = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            weights[k] = 1;
            float[] turn =
                    normals.of(model.restVertices(weights, estimate.vertexOffsets(), vertices));
            weights[k] = 0;
            for (int i = 0; i < turn.length; i++) {
                turn[i] -= base[i];
            }
            turns.add(turn);
        }
        return new ShapeKeys(estimate.shape().clone(), turns);
    }

    /**
     * Keys of one mesh.
     *
     * @param primitives as fitted
     * @param sources the template's corner that each vertex of each primitive comes from
     * @param toLocal from the object's axes to those of the mesh
     */
    List<Asset.ShapeKey> of(
            TemplateMesh template,
            List<Asset.Primitive> primitives,
            List<int[]> sources,
            Quaternionf toLocal) {
        List<Asset.ShapeKey> keys = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            List<float[]> positions = new ArrayList<>();
            List<float[]> directions = new ArrayList<>();
            boolean moves = false;
            for (int[] source : sources) {
                int[] vertices = new int[source.length];
                for (int i = 0; i < source.length; i++) {
                    vertices[i] = k * template.vertexCount() + template.faces()[source[i]];
                }
                float[] moved = turned(template.shapeBasis(), vertices, toLocal);
                for (float step : moved) {
                    moves |= Math.abs(step) > STILL;
                }
                positions.add(moved);
                directions.add(turned(turns.get(k), source, toLocal));
            }
            if (moves) {
                keys.add(
                        new Asset.ShapeKey(
                                template.shapeTargets().get(k), weights[k], positions, directions));
            }
        }
        for (int p = 0; p < primitives.size() && !keys.isEmpty(); p++) {
            correct(primitives.get(p).normals(), keys, p);
        }
        return keys;
    }

    private static float[] turned(float[] vectors, int[] indices, Quaternionf toLocal) {
        float[] turned = new float[3 * indices.length];
        Vector3f v = new Vector3f();
        for (int i = 0; i < indices.length; i++) {
            int from = 3 * indices[i];
            toLocal.transform(v.set(vectors[from], vectors[from + 1], vectors[from + 2]));
            turned[3 * i] = v.x;
            turned[3 * i + 1] = v.y;
            turned[3 * i + 2] = v.z;
        }
        return turned;
    }

    /**
     * Changes what keys add to the normals of a primitive so that taking it off leaves unit
     * vectors.
     */
    private static void correct(float[] fitted, List<Asset.ShapeKey> keys, int primitive) {
        double squares = 0;
        for (Asset.ShapeKey key : keys) {
            squares += (double) key.weight() * key.weight();
        }
        if (squares == 0) {
            return;
        }
        double[] without = new double[3];
        for (int i = 0; i < fitted.length; i += 3) {
            double length = 0;
            for (int c = 0; c < 3; c++) {
                without[c] = fitted[i + c];
                for (Asset.ShapeKey key : keys) {
                    without[c] -= (double) key.weight() * key.normals().get(primitive)[i + c];
                }
                length += without[c] * without[c];
            }
            length = Math.sqrt(length);
            for (Asset.ShapeKey key : keys) {
                float[] turn = key.normals().get(primitive);
                for (int c = 0; c < 3; c++) {
                    double excess = without[c] - without[c] / length;
                    turn[i + c] =
                            length < SHORTEST
                                    ? 0
                                    : (float) (turn[i + c] + excess * key.weight() / squares);
                }
            }
        }
    }
}
