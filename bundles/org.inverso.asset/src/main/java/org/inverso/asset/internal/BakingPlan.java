/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.WeldedTopology;

/** What baking needs to know of a template and nothing else: made once, used for every photo. */
record BakingPlan(AtlasLayout atlas, SurfaceGraph graph, CornerNormals normals, WheelTwins wheels) {

    static BakingPlan of(TemplateMesh template, int textureSize) {
        WeldedTopology topology = WeldedTopology.of(template);
        return new BakingPlan(
                new AtlasLayout(template, textureSize),
                new SurfaceGraph(template, topology),
                new CornerNormals(template, topology),
                new WheelTwins(template));
    }
}
