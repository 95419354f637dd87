/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp;

import org.inverso.api.category.TemplateMesh;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.geometry.TemplateScale;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * How the network writes a camera, besides the azimuth: numbers of about unit size.
 *
 * <ol start="0">
 *   <li>elevation in units of 20 degrees
 *   <li>roll in units of 5 degrees
 *   <li>logarithm of the distance in units, less {@link #MEAN_LOG_DISTANCE}
 *   <li>logarithm of focal / distance in units, which is the size in the picture, less {@link
 *       #MEAN_LOG_SCALE}
 *   <li>and 5: shift of the principal point in tenths of half the picture
 * </ol>
 *
 * <p>The unit is a metre for cars, and less for smaller objects ({@link TemplateScale}).
 */
public final class CameraCode {

    public static final float ELEVATION_UNIT = 20;
    public static final float ROLL_UNIT = 5;
    public static final float MEAN_LOG_DISTANCE = (float) Math.log(9);
    public static final float MEAN_LOG_SCALE = (float) Math.log(0.4);
    public static final float SHIFT_UNIT = 0.1f;

    private static final float[] REFLECTION = {1, -1, 1, 1, -1, 1};

    private final Vector3fc target;
    private final float unit;

    /**
     * @param target that all cameras look at
     * @param unit of distances, metres
     */
    public CameraCode(Vector3fc target, float unit) {
        this.target = target;
        this.unit = unit;
    }

    /**
     * What a reflection of the picture from left to right multiplies a code by; the azimuth changes
     * its sign, too.
     */
    public static float[] reflection() {
        return REFLECTION.clone();
    }

    /** That of a category. */
    public static CameraCode of(TemplateMesh template) {
        return new CameraCode(target(template), TemplateScale.of(template));
    }

    /**
     * The point that all cameras of a category look at: above the origin, at half the height of the
     * template at rest.
     */
    public static Vector3f target(TemplateMesh template) {
        float top = 0;
        float[] positions = template.positions();
        for (int i = 1; i < positions.length; i += 3) {
            top = Math.max(top, positions[i]);
        }
        return new Vector3f(0, top / 2, 0);
    }

    /** The camera for a code. */
    public OrbitCamera decode(float azimuthDeg, float[] code) {
        float distance = (float) Math.exp(code[2] + MEAN_LOG_DISTANCE);
        return new OrbitCamera(
                azimuthDeg,
                Math.max(-85, Math.min(85, code[0] * ELEVATION_UNIT)),
                code[1] * ROLL_UNIT,
                distance * unit,
                (float) Math.exp(code[3] + MEAN_LOG_SCALE) * distance,
                code[4] * SHIFT_UNIT,
                code[5] * SHIFT_UNIT,
                target);
    }

    /** The code for a camera, azimuth left out. */
    public float[] encode(OrbitCamera camera) {
        float distance = camera.distance() / unit;
        return new float[] {
            camera.elevationDeg() / ELEVATION_UNIT,
            camera.rollDeg() / ROLL_UNIT,
            (float) Math.log(distance) - MEAN_LOG_DISTANCE,
            (float) Math.log(camera.focal() / distance) - MEAN_LOG_SCALE,
            camera.shiftX() / SHIFT_UNIT,
            camera.shiftY() / SHIFT_UNIT
        };
    }
}
