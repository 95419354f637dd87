/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.raster;

/**
 * What is rendered: a batch of B meshes with shared topology. A plain holder, so that hot loops can
 * refill its arrays; the session reads them during the forward pass and, unchanged, during the
 * backward pass that follows.
 */
public final class RasterScene {

    /** {@code float[B*V*3]}, object frame. */
    public float[] positions;

    /** {@code float[B*16]}, column-major, object frame to camera frame (OpenGL). */
    public float[] view;

    /** {@code float[B*16]}, column-major, camera frame to clip space (OpenGL). */
    public float[] projection;

    /**
     * {@code float[B*V*C]}, interpolated perspective-correctly, or null. With no texture and C = 3
     * it is the albedo; channels beyond are returned as they are.
     */
    public float[] attributes;

    /** C, 0 when there are no attributes. */
    public int attributeCount;

    /**
     * {@code float[V*2]}, shared by the batch, or null; (0, 0) is the texture's top left corner.
     */
    public float[] uvs;

    /**
     * {@code float[B*textureHeight*textureWidth*3]}, linear albedo, or null. Taken instead of
     * attributes for the colour.
     */
    public float[] texture;

    public int textureWidth;

    public int textureHeight;

    /** Whether to choose mip levels; else bilinear filtering of the full texture. */
    public boolean mipmaps;

    /**
     * {@code float[B*V*3]}, unit normals in the object frame for shading, or null for area-weighted
     * vertex normals.
     */
    public float[] normals;

    /**
     * For each view, by shading: {@code SPHERICAL_HARMONICS} 27 coefficients as in {@link
     * org.inverso.api.scene.ShLighting}; {@code LAMBERT} 9 numbers: direction towards the light
     * (object frame, need not be unit), its RGB, ambient RGB; {@code PHONG} those 9, then specular
     * RGB and shininess. Null with {@code NONE}.
     */
    public float[] lights;

    /** Background of colour, {@code float[3]}; black when null. */
    public float[] background;
}
