/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.editing;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.inverso.api.InversoException;
import org.inverso.api.Reconstruction;
import org.inverso.api.image.Image;

/**
 * A picture put together from several photos: the camera of one, the shape, texture and background
 * of others.
 *
 * @param camera of this photo, where the object stands in the picture
 * @param shape of what this photo shows, with its pose; may be the same
 * @param texture of what this photo shows; of the same category; may be the same
 * @param background what the object stands before; cut to the shape of the camera's photo
 * @param azimuthDeg of the camera, 0 in front of the object; the photo's if it is not given
 * @param elevationDeg of the camera, 90 from above; the photo's if it is not given
 * @param shadow whether the object darkens the ground that it stands on
 * @param renderer what draws it
 */
public record SceneEdit(
        Reconstruction camera,
        Reconstruction shape,
        Reconstruction texture,
        Image background,
        OptionalDouble azimuthDeg,
        OptionalDouble elevationDeg,
        boolean shadow,
        Renderer renderer) {

    /** What draws a picture. */
    public enum Renderer {
        /** The rasterizer, with all that the photo's asset has. */
        GRAPHICS,
        /** The category's generative network, a small square picture. */
        NEURAL
    }

    /** Steeper cameras have no azimuth any more. */
    public static final double STEEPEST = 89;

    public SceneEdit {
        Objects.requireNonNull(background, "background");
        Objects.requireNonNull(renderer, "renderer");
        for (Reconstruction other : List.of(shape, texture)) {
            if (!other.report().category().equals(camera.report().category())) {
                throw new InversoException(
                        "a %s and a %s have nothing to exchange; name photos of one category"
                                .formatted(camera.report().category(), other.report().category()));
            }
        }
        requireAngles(azimuthDeg, elevationDeg);
    }

    /**
     * @throws InversoException when there are no cameras at these angles
     */
    public static void requireAngles(OptionalDouble azimuthDeg, OptionalDouble elevationDeg) {
        requireAngle("azimuth", azimuthDeg, 360);
        requireAngle("elevation", elevationDeg, STEEPEST);
    }

    private static void requireAngle(String name, OptionalDouble angle, double most) {
        if (angle.isPresent() && !(Math.abs(angle.getAsDouble()) <= most)) {
            throw new InversoException(
                    "the %s is %s degrees; give one from %.0f to %.0f"
                            .formatted(name, angle.getAsDouble(), -most, most));
        }
    }
}
