/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.category;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inverso.api.Stage;

/**
 * A kind of object as data: base mesh, shape space, parts, materials, clips, network weights.
 * {@link #id()} is the category's id, for example {@code car}.
 */
public interface CategoryModel extends Stage {

    /** For people, for example {@code Car}. */
    String label();

    /** Version of the data. */
    String version();

    /** SHA-256 over all of the data, lower-case hex. */
    String sha256();

    TemplateMesh template();

    ShapePrior shapePrior();

    List<PoseParameter> poseParameters();

    /** Poses that its objects are often seen in; empty when the parameters' means are the only. */
    default List<NamedPose> poses() {
        return List.of();
    }

    /** Colours that its objects come in; empty when nothing is known about them. */
    default List<Coat> coats() {
        return List.of();
    }

    /**
     * Colours that single materials come in: linear RGB, {@code float[3]}, by the names of material
     * and colour, for example {@code paint} and {@code silver}.
     */
    default Map<String, Map<String, float[]>> colors() {
        return Map.of();
    }

    /** Licence of the data, as an SPDX expression; empty when it is not known. */
    default String licence() {
        return "";
    }

    /** Where the data comes from, for people; empty when it is not known. */
    default String provenance() {
        return "";
    }

    /** Names of the clips that the assets of this category get, for example {@code drive}. */
    List<String> clips();

    /** Names of the weights in this category, for example {@code encoder}. */
    Set<String> weightNames();

    /**
     * Weights in safetensors format.
     *
     * @throws org.inverso.api.CategoryException when there are none of this name
     */
    byte[] weights(String name);
}
