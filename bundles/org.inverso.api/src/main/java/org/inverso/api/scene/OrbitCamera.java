/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.scene;

import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * A pinhole camera that looks at a point of the object, with a shifted principal point because
 * crops need not be centred.
 *
 * @param azimuthDeg direction of the camera seen from the target: 0 in front (+Z), positive towards
 *     +X
 * @param elevationDeg positive above the horizon
 * @param rollDeg turns the picture's content counter-clockwise
 * @param distance from the target, metres
 * @param focal length in units of half the picture's side: {@code 1 / tan(fovY / 2)}
 * @param shiftX of the principal point to the right, in clip coordinates
 * @param shiftY of the principal point upwards, in clip coordinates
 * @param target that the camera looks at, object frame
 */
public record OrbitCamera(
        float azimuthDeg,
        float elevationDeg,
        float rollDeg,
        float distance,
        float focal,
        float shiftX,
        float shiftY,
        Vector3fc target) {

    /** Depth range of {@link #projection}, metres. */
    public static final float NEAR = 0.1f;

    /** Depth range of {@link #projection}, metres. */
    public static final float FAR = 200f;

    /**
     * From the object frame to the camera frame (OpenGL: looks along -Z, +Y up).
     *
     * @return {@code dest}
     */
    public Matrix4f view(Matrix4f dest) {
        return dest.translation(0, 0, -distance)
                .rotateZ((float) Math.toRadians(rollDeg))
                .rotateX((float) Math.toRadians(elevationDeg))
                .rotateY((float) Math.toRadians(-azimuthDeg))
                .translate(-target.x(), -target.y(), -target.z());
    }

    /**
     * From the camera frame to OpenGL clip space of the square crop.
     *
     * @return {@code dest}
     */
    public Matrix4f projection(Matrix4f dest) {
        return dest.set(
                focal,
                0,
                0,
                0,
                0,
                focal,
                0,
                0,
                -shiftX,
                -shiftY,
                (FAR + NEAR) / (NEAR - FAR),
                -1,
                0,
                0,
                2 * FAR * NEAR / (NEAR - FAR),
                0);
    }

    /** Position in the object frame. */
    public Vector3f eye() {
        double azimuth = Math.toRadians(azimuthDeg);
        double elevation = Math.toRadians(elevationDeg);
        return new Vector3f(
                        (float) (Math.sin(azimuth) * Math.cos(elevation)),
                        (float) Math.sin(elevation),
                        (float) (Math.cos(azimuth) * Math.cos(elevation)))
                .mul(distance)
                .add(target);
    }

    public OrbitCamera withPicturePlane(float newFocal, float newShiftX, float newShiftY) {
        return new OrbitCamera(
                azimuthDeg,
                elevationDeg,
                rollDeg,
                distance,
                newFocal,
                newShiftX,
                newShiftY,
                target);
    }
}
