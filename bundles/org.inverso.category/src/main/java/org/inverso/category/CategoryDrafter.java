/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.authoring.CategoryWorkshop.Draft;
import org.inverso.api.authoring.CategoryWorkshop.Order;
import org.inverso.category.internal.FolderSwap;
import org.inverso.geometry.TemplateDeclaration;
import org.inverso.geometry.draft.Front;
import org.inverso.geometry.draft.TemplateDraft;
import org.inverso.geometry.draft.TemplateDrafter;

/** Makes the source folder of a new category of a model. */
public final class CategoryDrafter {

    static final String TEMPLATE = "template.glb";
    static final String MODEL_CARD = "MODEL_CARD.md";

    private static final String SCHEMA = "1.1";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final long MAX_MODEL = 256L << 20;

    /** Of scalings by a tenth: about the variety of cars. */
    private static final float SCALED_STD = 1;

    private static final float SCALED_LIMIT = 3;

    /** Of the model's own targets, whose full weight is 1. */
    private static final float OWN_STD = 0.4f;

    private static final float OWN_LIMIT = 1;
    private static final float SHORTEST = 0.8f;
    private static final float LONGEST = 1.25f;

    private final ObjectMapper json = new ObjectMapper();

    /**
     * @throws InversoException when it cannot be done; the message says what to do
     */
    public Draft create(Order order) {
        if (!ID.matcher(order.id()).matches()) {
            throw new CategoryException(
                    "'"
                            + order.id()
                            + "' is no id for a category; use up to 64 lower-case letters, digits,"
                            + " _ and -, a letter first");
        }
        if (Files.exists(order.folder().resolve(CategorySource.DESCRIPTOR))) {
            throw new CategoryException(
                    order.folder() + " holds a category already; give another folder with -o");
        }
        TemplateDraft template;
        try {
            template =
                    new TemplateDrafter()
                            .draft(
                                    bytes(order.model()),
                                    Front.of(order.front()),
                                    order.lengthMetres());
        } catch (CategoryException e) {
            throw new CategoryException(order.model().getFileName() + ": " + e.getMessage(), e);
        }
        FolderSwap.write(
                order.folder(),
                folder -> {
                    Files.write(folder.resolve(TEMPLATE), template.glb());
                    Files.writeString(
                            folder.resolve(CategorySource.DESCRIPTOR),
                            json.writerWithDefaultPrettyPrinter()
                                            .writeValueAsString(descriptor(order, template))
                                    + "\n");
                    Files.writeString(folder.resolve(MODEL_CARD), modelCard(order, template));
                    // Whoever packs it later should not be the first to hear what is wrong with it.
                    new CategoryLoader().load(folder);
                });
        return new Draft(
                template.mesh().faceCount(),
                template.mesh().vertexCount(),
                template.declaration().parts().stream()
                        .map(TemplateDeclaration.PartDeclaration::name)
                        .toList(),
                template.declaration().materials().stream()
                        .map(m -> m.name() + " (" + m.kind() + ")")
                        .toList(),
                template.declaration().shapeTargets(),
                template.notes());
    }

    private static byte[] bytes(Path model) {
        try {
            if (Files.size(model) > MAX_MODEL) {
                throw new CategoryException("it has more than " + (MAX_MODEL >> 20) + " MB");
            }
            return Files.readAllBytes(model);
        } catch (NoSuchFileException e) {
            throw new CategoryException("there is no such file", e);
        } catch (IOException e) {
            throw new CategoryException("it cannot be read: " + e.getMessage(), e);
        }
    }

    private ObjectNode descriptor(Order order, TemplateDraft template) {
        ObjectNode root = json.createObjectNode();
        root.put("schema", SCHEMA)
                .put("id", order.id())
                .put("label", order.label())
                .put("version", "1.0.0")
                .put("template", TEMPLATE)
                .put("modelCard", MODEL_CARD);
        TemplateDeclaration declaration = template.declaration();
        if (declaration.symmetric()) {
            root.putObject("symmetry").put("plane", "x");
        }
        float length = template.size()[2];
        root.putObject("size")
                .set(
                        "lengthMetres",
                        json.createArrayNode()
                                .add(rounded(SHORTEST * length))
                                .add(rounded(LONGEST * length)));
        ArrayNode parts = root.putArray("parts");
        declaration
                .parts()
                .forEach(p -> parts.addObject().put("name", p.name()).put("role", p.role()));
        ArrayNode materials = root.putArray("materials");
        declaration
                .materials()
                .forEach(m -> materials.addObject().put("name", m.name()).put("kind", m.kind()));
        ObjectNode shape = root.putObject("shape");
        ArrayNode targets = shape.putArray("targets");
        declaration.shapeTargets().forEach(targets::add);
        int count = declaration.shapeTargets().size();
        float limit = template.scaled() ? SCALED_LIMIT : OWN_LIMIT;
        ObjectNode limits = shape.putObject("limits");
        limits.set("min", repeated(-limit, count));
        limits.set("max", repeated(limit, count));
        ObjectNode component =
                shape.putObject("prior")
                        .putArray("components")
                        .addObject()
                        .put("name", order.id())
                        .put("weight", 1);
        component.set("mean", repeated(0, count));
        component.set("std", repeated(template.scaled() ? SCALED_STD : OWN_STD, count));
        root.putArray("clips");
        root.put("provenance", "drafted from " + order.model().getFileName());
        root.putArray("weights");
        return root;
    }

    private static double rounded(float metres) {
        return Math.round(100.0 * metres) / 100.0;
    }

    private ArrayNode repeated(float value, int count) {
        ArrayNode array = json.createArrayNode();
        for (int i = 0; i < count; i++) {
            array.add(Math.round(1000.0 * value) / 1000.0);
        }
        return array;
    }

    private static String modelCard(Order order, TemplateDraft template) {
        return String.format(
                Locale.ROOT,
                """
                # Model card: %s

                **What it is.** The category *%s*: a template of %d triangles with %d shape targets, drafted from
                %s, and, once it is trained, the networks `encoder` and `disentangler`, which find it in photos.

                **Trained on** pictures that Inverso renders of this template. No photo of such an object was used.

                **Good for** (to be written by who knows the objects)

                **Weak at** (to be written by who has tried it)

                **Licence.** (that of the model; `licence` of category.json names it, too)
                """,
                order.label(),
                order.id(),
                template.mesh().faceCount(),
                template.mesh().shapeCount(),
                order.model().getFileName());
    }
}
