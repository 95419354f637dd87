/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

/**
 * How a piece of surface looks apart from its texture.
 *
 * @param kind what it stands for: {@code paint}, {@code glass}, {@code rubber}, {@code chrome},
 *     {@code rim}, {@code trim}, {@code headlight}, {@code taillight}, {@code indicator}, {@code
 *     plate}, {@code interior}, ...
 * @param baseColor linear RGBA, {@code float[4]}
 * @param emissive linear RGB when lit, {@code float[3]}
 */
public record Material(
        String name,
        String kind,
        float[] baseColor,
        float metallic,
        float roughness,
        float[] emissive,
        float clearcoat,
        float clearcoatRoughness) {}
