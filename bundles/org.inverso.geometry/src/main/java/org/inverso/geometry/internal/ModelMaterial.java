/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

/**
 * Factors of a material; textures stay behind.
 *
 * @param baseColor linear RGBA, 0 to 1
 * @param emissive linear RGB, 0 to 1
 * @param textured whether a texture gave it its colour
 */
public record ModelMaterial(
        String name,
        float[] baseColor,
        float metallic,
        float roughness,
        float[] emissive,
        boolean textured) {}
