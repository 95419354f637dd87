/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry;

import java.util.List;
import java.util.Optional;
import org.joml.Vector3fc;

/**
 * What a category says about its template beside the glTF file.
 *
 * @param parts in the order that the template's arrays get
 * @param materials in the order that the template gets; all of the file's are declared
 * @param shapeTargets names of the morph targets, in the order of the file
 * @param symmetric whether the template is its own reflection at x = 0
 * @param skeletonRoot name of the skeleton's root; empty when the parts are rigid
 */
public record TemplateDeclaration(
        List<PartDeclaration> parts,
        List<MaterialDeclaration> materials,
        List<String> shapeTargets,
        boolean symmetric,
        Optional<String> skeletonRoot) {

    /** A template of rigid parts. */
    public TemplateDeclaration(
            List<PartDeclaration> parts,
            List<MaterialDeclaration> materials,
            List<String> shapeTargets,
            boolean symmetric) {
        this(parts, materials, shapeTargets, symmetric, Optional.empty());
    }

    public TemplateDeclaration {
        parts = List.copyOf(parts);
        materials = List.copyOf(materials);
        shapeTargets = List.copyOf(shapeTargets);
    }

    /**
     * @param name of the node that carries the part's mesh
     * @param role what it is for, for example {@code wheel}
     * @param axle unit vector about which it rolls, object frame
     * @param steers whether it turns with the pose parameter {@code steering}
     */
    public record PartDeclaration(
            String name, String role, Optional<Vector3fc> axle, boolean steers) {}

    /**
     * @param name of the material in the file
     * @param kind what it stands for, see {@link org.inverso.api.category.Material}
     */
    public record MaterialDeclaration(String name, String kind) {}
}
