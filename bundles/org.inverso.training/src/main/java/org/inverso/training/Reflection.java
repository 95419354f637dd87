/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.image.Image;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.ShLighting;
import org.inverso.training.CropDegrader.Degraded;
import org.inverso.training.synthesis.Cutout;
import org.joml.Vector3fc;

/**
 * Exchanges left and right: the reflection of a picture of a symmetric object is another picture of
 * such an object, in the reflected pose, from a camera on its other side.
 */
final class Reflection {

    /** Basis functions of the light that are odd in x: x, xy and xz. */
    private static final int[] ODD = {3, 4, 7};

    private static final String LEFT = "_l";
    private static final String RIGHT = "_r";
    private static final double PARALLEL = 0.98;

    private final int[] counterpart;
    private final float[] sign;

    private Reflection(int[] counterpart, float[] sign) {
        this.counterpart = counterpart;
        this.sign = sign;
    }

    /** Of a category's objects; empty when they are not symmetric. */
    static Optional<Reflection> of(CategoryModel category) {
        if (category.template().mirrorVertex().length == 0) {
            return Optional.empty();
        }
        List<PoseParameter> parameters = category.poseParameters();
        List<String> names = parameters.stream().map(PoseParameter::name).toList();
        int[] counterpart = names.stream().mapToInt(n -> names.indexOf(otherSide(n))).toArray();
        if (IntStream.of(counterpart).anyMatch(i -> i < 0)) {
            return Optional.empty();
        }
        float[] sign = new float[counterpart.length];
        for (int p = 0; p < sign.length; p++) {
            sign[p] = sign(parameters.get(p), parameters.get(counterpart[p]));
            if (sign[p] == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Reflection(counterpart, sign));
    }

    /** Which way a parameter turns when its counterpart is reflected; 0 when it does not. */
    private static float sign(PoseParameter parameter, PoseParameter other) {
        Vector3fc a = parameter.axis();
        Vector3fc b = other.axis();
        // An axis of rotation is a pseudovector: what lies in the plane x = 0 turns around.
        double along = a.x() * b.x() - a.y() * b.y() - a.z() * b.z();
        if (Math.abs(along) < PARALLEL) {
            return 0;
        }
        if (parameter.joints().isEmpty()) {
            return Math.signum((float) along);
        }
        PoseParameter.JointShare first = parameter.joints().get(0);
        String reflected = otherSide(first.joint());
        for (PoseParameter.JointShare share : other.joints()) {
            if (share.joint().equals(reflected)) {
                return Math.signum((float) (along * share.share() * first.share()));
            }
        }
        return 0;
    }

    private static String otherSide(String name) {
        if (name.endsWith(LEFT)) {
            return name.substring(0, name.length() - LEFT.length()) + RIGHT;
        }
        return name.endsWith(RIGHT)
                ? name.substring(0, name.length() - RIGHT.length()) + LEFT
                : name;
    }

    /**
     * What is true of the reflected object: its camera, pose and light. Picture, shadow and texture
     * stay.
     */
    Cutout labels(Cutout cutout) {
        return new Cutout(
                cutout.rgba(),
                cutout.shadow(),
                camera(cutout.camera()),
                cutout.shape(),
                pose(cutout.pose()),
                light(cutout.light()),
                cutout.texture());
    }

    /** The reflected crop, seen by the reflected camera. */
    Degraded crop(Degraded crop) {
        int width = crop.pixels().width();
        int height = crop.pixels().height();
        byte[] rgba = crop.pixels().rgba();
        byte[] reflected = new byte[rgba.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 4 * (y * width + x);
                System.arraycopy(rgba, from, reflected, 4 * (y * width + width - 1 - x), 4);
            }
        }
        return new Degraded(new Image(width, height, reflected), camera(crop.camera()));
    }

    static OrbitCamera camera(OrbitCamera camera) {
        return new OrbitCamera(
                -camera.azimuthDeg(),
                camera.elevationDeg(),
                -camera.rollDeg(),
                camera.distance(),
                camera.focal(),
                -camera.shiftX(),
                camera.shiftY(),
                camera.target());
    }

    /**
     * @param pose radians
     */
    float[] pose(float[] pose) {
        float[] reflected = new float[pose.length];
        for (int p = 0; p < pose.length; p++) {
            reflected[p] = sign[p] * pose[counterpart[p]];
        }
        return reflected;
    }

    private static ShLighting light(ShLighting light) {
        float[] coefficients = light.coefficients().clone();
        for (int channel = 0; channel < 3; channel++) {
            for (int odd : ODD) {
                coefficients[9 * channel + odd] *= -1;
            }
        }
        return new ShLighting(coefficients);
    }
}
