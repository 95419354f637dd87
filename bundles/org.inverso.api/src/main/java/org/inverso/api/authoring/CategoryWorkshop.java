/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.authoring;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.inverso.api.InversoException;

/** Makes categories' folders of models, and bundles of categories' folders. */
public interface CategoryWorkshop {

    /**
     * Makes a category's source folder: {@code category.json}, {@code template.glb} and {@code
     * MODEL_CARD.md}. It appears when it is complete.
     *
     * @throws InversoException when the model cannot be a template or the folder cannot be written;
     *     the message says what to do
     */
    Draft create(Order order);

    /**
     * Makes a bundle of a category with weights. The same folder gives the same bytes. The jar
     * appears when it is complete.
     *
     * @param folder with {@code category.json}
     * @param jar file to write
     * @throws InversoException when the category would be refused when it is deployed
     */
    Packaged pack(Path folder, Path jar);

    /**
     * @param model a binary glTF file
     * @param folder that does not hold a category yet
     * @param id of the category: lower-case letters, digits, {@code _} and {@code -}
     * @param label for people
     * @param front axis that the model faces along: {@code +z}, {@code -z}, {@code +x}, {@code -x}
     * @param lengthMetres from front to rear; as the model is when empty
     */
    record Order(
            Path model,
            Path folder,
            String id,
            String label,
            String front,
            OptionalDouble lengthMetres) {}

    /**
     * @param triangles of the template
     * @param parts their names
     * @param materials name and kind of each, {@code name (kind)}
     * @param targets names of the shape targets
     * @param notes what was done and what is doubtful, a sentence each
     */
    record Draft(
            int triangles,
            int vertices,
            List<String> parts,
            List<String> materials,
            List<String> targets,
            List<String> notes) {}

    /** What is in a bundle. */
    record Packaged(String id, String version, long bytes, String sha256) {}
}
