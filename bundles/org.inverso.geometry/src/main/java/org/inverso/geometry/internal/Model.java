/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.List;

/**
 * What a glTF file holds that a template can use.
 *
 * @param targets names of the parts' morph targets, in the order of the file
 * @param notes what was left out, a sentence each
 */
public record Model(
        List<ModelPart> parts,
        List<ModelMaterial> materials,
        List<String> targets,
        List<String> notes) {}
