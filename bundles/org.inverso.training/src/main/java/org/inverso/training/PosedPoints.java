/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateScale;
import org.inverso.network.Scaled;

/**
 * Some points of the surface, for batches of shape weights and poses, with gradients: the function
 * of {@link org.inverso.geometry.ShapeModel} in tensors. Rigid parts are left unposed.
 */
final class PosedPoints {

    private final int count;
    private final NDArray rest;
    private final NDArray basis;
    private final List<Joint> joints = new ArrayList<>();
    private NDArray jointRest;
    private NDArray jointBasis;
    private NDArray weights;
    private NDArray identity;

    /**
     * @param cross {@code float[1, 3, 3]}, the cross product with the axis
     * @param square of {@code cross}
     */
    private record Turn(
            int parameter, float middle, float halfRange, NDArray cross, NDArray square) {}

    private record Joint(int parent, List<Turn> turns) {}

    /**
     * @param count points, evenly spread over the template's vertices
     */
    PosedPoints(NDManager manager, CategoryModel category, int count) {
        this.count = count;
        TemplateMesh template = category.template();
        float unit = TemplateScale.of(template);
        int vertices = template.vertexCount();
        int shapes = template.shapeCount();
        float[] points = new float[3 * count];
        float[] moves = new float[shapes * 3 * count];
        for (int i = 0; i < count; i++) {
            int vertex = vertex(i, vertices);
            for (int c = 0; c < 3; c++) {
                points[3 * i + c] = template.positions()[3 * vertex + c] / unit;
                for (int k = 0; k < shapes; k++) {
                    moves[3 * (k * count + i) + c] =
                            template.shapeBasis()[3 * (k * vertices + vertex) + c] / unit;
                }
            }
        }
        rest = manager.create(points, new Shape(1, 3L * count));
        basis = manager.create(moves, new Shape(shapes, 3L * count));
        template.skin().ifPresent(skin -> addSkin(manager, category, skin, unit));
    }

    private int vertex(int point, int vertices) {
        return (int) ((long) point * vertices / count);
    }

    private void addSkin(NDManager manager, CategoryModel category, Skin skin, float unit) {
        List<Skeleton.Joint> all = skin.skeleton().joints();
        int shapes = category.template().shapeCount();
        float[] places = new float[3 * all.size()];
        float[] moves = new float[shapes * places.length];
        for (int j = 0; j < all.size(); j++) {
            for (int c = 0; c < 3; c++) {
                places[3 * j + c] = all.get(j).rest().get(c) / unit;
                for (int k = 0; k < shapes; k++) {
                    moves[k * places.length + 3 * j + c] =
                            all.get(j).shapeDeltas()[3 * k + c] / unit;
                }
            }
            joints.add(
                    new Joint(
                            all.get(j).parent(),
                            turns(manager, all.get(j).name(), category.poseParameters())));
        }
        jointRest = manager.create(places, new Shape(1, places.length));
        jointBasis = manager.create(moves, new Shape(shapes, places.length));
        identity = manager.eye(3).expandDims(0);
        float[] shares = new float[count * all.size()];
        for (int i = 0; i < count; i++) {
            int first = Skin.INFLUENCES * vertex(i, category.template().vertexCount());
            for (int w = first; w < first + Skin.INFLUENCES; w++) {
                shares[i * all.size() + skin.joints()[w]] += skin.weights()[w];
            }
        }
        weights = manager.create(shares, new Shape(count, all.size()));
    }

    private static List<Turn> turns(
            NDManager manager, String joint, List<PoseParameter> parameters) {
        List<Turn> turns = new ArrayList<>();
        for (int p = 0; p < parameters.size(); p++) {
            PoseParameter parameter = parameters.get(p);
            for (PoseParameter.JointShare share : parameter.joints()) {
                if (share.joint().equals(joint)) {
                    float x = parameter.axis().x();
                    float y = parameter.axis().y();
                    float z = parameter.axis().z();
                    NDArray cross =
                            manager.create(
                                    new float[] {0, -z, y, z, 0, -x, -y, x, 0}, new Shape(1, 3, 3));
                    float low = parameter.minRadians();
                    float high = parameter.maxRadians();
                    turns.add(
                            new Turn(
                                    p,
                                    share.share() * (low + high) / 2,
                                    share.share() * (high - low) / 2,
                                    cross,
                                    cross.matMul(cross)));
                }
            }
        }
        return turns;
    }

    /**
     * @param shape {@code float[N, K]}
     * @param pose {@code float[N, P]}, from -1 to 1 between the limits; may be null when the parts
     *     are rigid
     * @return {@code float[N, 3*count]}, object frame, in units of {@link TemplateScale}
     */
    NDArray of(NDArray shape, NDArray pose) {
        NDArray still = shape.matMul(basis).add(rest);
        return joints.isEmpty() ? still : posed(shape, pose, still);
    }

    private NDArray posed(NDArray shape, NDArray pose, NDArray still) {
        long n = shape.getShape().get(0);
        NDArray places = shape.matMul(jointBasis).add(jointRest).reshape(n, joints.size(), 3, 1);
        NDArray[] turned = new NDArray[joints.size()];
        NDArray[] moved = new NDArray[joints.size()];
        NDList skinning = new NDList();
        for (int j = 0; j < turned.length; j++) {
            int parent = joints.get(j).parent();
            NDArray place = places.get(new NDIndex(":, {}", j));
            NDArray local = local(joints.get(j), pose, n);
            if (parent < 0) {
                turned[j] = local;
                moved[j] = place;
            } else {
                NDArray step = place.sub(places.get(new NDIndex(":, {}", parent)));
                turned[j] =
                        joints.get(j).turns().isEmpty()
                                ? turned[parent]
                                : turned[parent].matMul(local);
                moved[j] = moved[parent].add(turned[parent].matMul(step));
            }
            NDArray offset = moved[j].sub(turned[j].matMul(place));
            skinning.add(turned[j].concat(offset, 2));
        }
        NDArray matrices = NDArrays.stack(skinning, 1).reshape(n, joints.size(), 12);
        // A result belongs to the manager of its first operand; this one is needed for a step only.
        NDArray product = weights.matMul(matrices);
        product.attach(still.getManager());
        NDArray blended = product.reshape(n, count, 3, 4);
        NDArray linear = blended.get(new NDIndex(":, :, :, 0:3"));
        NDArray offset = blended.get(new NDIndex(":, :, :, 3"));
        return linear.mul(still.reshape(n, count, 1, 3))
                .sum(new int[] {3})
                .add(offset)
                .reshape(n, 3L * count);
    }

    /** Product of the joint's turns, each by the formula of Rodrigues. */
    private NDArray local(Joint joint, NDArray pose, long n) {
        NDArray product = identity.broadcast(n, 3, 3);
        product.attach(pose.getManager());
        for (int t = 0; t < joint.turns().size(); t++) {
            Turn turn = joint.turns().get(t);
            NDArray angle =
                    Scaled.by(pose.get(new NDIndex(":, {}", turn.parameter())), turn.halfRange())
                            .add(turn.middle())
                            .reshape(n, 1, 1);
            NDArray rotation =
                    angle.sin()
                            .mul(turn.cross())
                            .add(angle.cos().neg().add(1).mul(turn.square()))
                            .add(identity);
            product = t == 0 ? rotation : product.matMul(rotation);
        }
        return product;
    }
}
