/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.List;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.geometry.ShapeModel;

/** What moves in an asset: rigid parts on nodes, or parts that bend with a skeleton. */
record RiggedParts(
        List<Asset.Node> nodes,
        List<Asset.Mesh> meshes,
        List<Asset.Skin> skins,
        List<Asset.Clip> clips) {

    /**
     * @param rest {@code float[V*3]}, fitted, before the pose
     * @param normals {@code float[F*9]}, of the face corners at rest
     * @param keys that the meshes get
     * @param interior whether parts that only translucent panes would let one see are among them
     */
    static RiggedParts of(
            CategoryModel category,
            ShapeModel model,
            SceneEstimate estimate,
            float[] rest,
            float[] normals,
            ShapeKeys keys,
            boolean interior) {
        if (category.template().skin().isPresent()) {
            return new SkeletonRig(category, model, estimate).parts(rest, normals, keys);
        }
        Rig rig = new Rig(category, model, estimate, rest, normals, keys, interior);
        return new RiggedParts(rig.nodes(), rig.meshes(), List.of(), Clips.of(category, rig));
    }
}
