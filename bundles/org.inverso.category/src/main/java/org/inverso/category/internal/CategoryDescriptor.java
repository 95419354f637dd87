/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.util.List;
import java.util.Map;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.geometry.TemplateDeclaration;

/**
 * What {@code category.json} says, checked in itself.
 *
 * @param template path of the template
 * @param colors linear RGB by material and colour
 * @param modelCard path of the model card, empty when there is none
 */
public record CategoryDescriptor(
        String id,
        String label,
        String version,
        String template,
        TemplateDeclaration declaration,
        ShapePrior prior,
        List<PoseParameter> pose,
        List<NamedPose> poses,
        List<Coat> coats,
        Map<String, Map<String, float[]>> colors,
        List<String> clips,
        List<WeightFile> weights,
        String modelCard,
        String licence,
        String provenance) {

    /**
     * @param sha256 lower-case hex
     */
    public record WeightFile(String name, String file, String sha256, long bytes) {}
}
