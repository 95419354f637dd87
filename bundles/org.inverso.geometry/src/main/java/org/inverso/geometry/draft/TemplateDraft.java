/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.draft;

import java.util.List;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.TemplateDeclaration;

/**
 * A template that was made of a model.
 *
 * @param glb bytes of {@code template.glb}: object frame, metres
 * @param declaration what {@code category.json} has to say about it
 * @param mesh the same template, as it is read back
 * @param size width, height and length, metres
 * @param scaled whether its shape targets scale the whole object, because the model had none
 * @param notes what was done and what is doubtful, a sentence each
 */
public record TemplateDraft(
        byte[] glb,
        TemplateDeclaration declaration,
        TemplateMesh mesh,
        float[] size,
        boolean scaled,
        List<String> notes) {

    public TemplateDraft {
        notes = List.copyOf(notes);
    }
}
