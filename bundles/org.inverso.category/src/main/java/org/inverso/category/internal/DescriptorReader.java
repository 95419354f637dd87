/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import static org.inverso.category.internal.Fields.invalid;
import static org.inverso.category.internal.Fields.list;
import static org.inverso.category.internal.Fields.matching;
import static org.inverso.category.internal.Fields.text;
import static org.inverso.category.internal.Fields.unique;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.PoseParameter;
import org.inverso.category.CategorySource;
import org.inverso.category.internal.CategoryDescriptor.WeightFile;
import org.inverso.geometry.TemplateDeclaration;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.joml.Vector3fc;

/**
 * Reads {@code category.json} of schema 1. Fields it does not know are left alone, so that data of
 * a later 1.x schema loads.
 */
public final class DescriptorReader {

    private static final int SCHEMA_MAJOR = 1;

    private static final Pattern SCHEMA = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern VERSION =
            Pattern.compile(
                    "\\d{1,9}(\\.\\d{1,9}){0,2}|\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}\\.[\\w-]{1,64}");
    private static final Pattern FILE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private DescriptorReader() {}

    /**
     * @throws CategoryException when it is not a descriptor of schema 1
     */
    public static CategoryDescriptor read(byte[] json) {
        JsonNode root = parse(json);
        String schema = text(root, "schema");
        var version = SCHEMA.matcher(schema);
        if (!version.matches()) {
            throw invalid("schema '" + schema + "' is not of the form 1.0");
        }
        if (Integer.parseInt(version.group(1)) != SCHEMA_MAJOR) {
            throw invalid("schema " + schema + " is not supported, only " + SCHEMA_MAJOR + ".x is");
        }
        TemplateDeclaration declaration = declaration(root);
        int shapeCount = declaration.shapeTargets().size();
        List<PoseParameter> pose = PoseReader.parameters(root);
        List<NamedPose> poses = PoseReader.poses(root, pose);
        List<Coat> coats = CoatReader.coats(root, declaration.materials());
        return new CategoryDescriptor(
                matching(root, "id", ID),
                text(root, "label"),
                matching(root, "version", VERSION),
                matching(root, "template", FILE),
                declaration,
                PriorReader.prior(root.path("shape"), shapeCount, poses, coats),
                pose,
                poses,
                coats,
                CoatReader.colors(root, declaration.materials()),
                unique("clips", list(root, "clips", c -> text(c, "name")), name -> name),
                unique(
                        "weights",
                        list(root, "weights", DescriptorReader::weight),
                        WeightFile::name),
                root.hasNonNull("modelCard") ? matching(root, "modelCard", FILE) : "",
                root.hasNonNull("licence") ? text(root, "licence") : "",
                root.hasNonNull("provenance") ? text(root, "provenance") : "");
    }

    private static JsonNode parse(byte[] json) {
        ObjectMapper mapper =
                new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        try {
            JsonNode root = mapper.readTree(json);
            if (!root.isObject()) {
                throw invalid("not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            String cause = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new CategoryException(CategorySource.DESCRIPTOR + ": damaged JSON: " + cause, e);
        } catch (IOException e) {
            throw new CategoryException(CategorySource.DESCRIPTOR + ": cannot be read", e);
        }
    }

    private static TemplateDeclaration declaration(JsonNode descriptor) {
        List<PartDeclaration> parts =
                unique(
                        "parts",
                        list(descriptor, "parts", DescriptorReader::part),
                        PartDeclaration::name);
        List<MaterialDeclaration> materials =
                unique(
                        "materials",
                        list(
                                descriptor,
                                "materials",
                                m -> new MaterialDeclaration(text(m, "name"), text(m, "kind"))),
                        MaterialDeclaration::name);
        List<String> targets =
                unique(
                        "shape.targets",
                        list(descriptor.path("shape"), "targets", Fields::name),
                        t -> t);
        if (parts.isEmpty() || materials.isEmpty()) {
            throw invalid("it declares no parts or no materials");
        }
        boolean symmetric = descriptor.hasNonNull("symmetry");
        if (symmetric && !"x".equals(descriptor.get("symmetry").path("plane").asText())) {
            throw invalid("symmetry.plane must be x");
        }
        Optional<String> root =
                descriptor.hasNonNull("skeleton")
                        ? Optional.of(text(descriptor.get("skeleton"), "root"))
                        : Optional.empty();
        return new TemplateDeclaration(parts, materials, targets, symmetric, root);
    }

    private static PartDeclaration part(JsonNode part) {
        String name = text(part, "name");
        Optional<Vector3fc> axle = Optional.empty();
        if (part.hasNonNull("axle")) {
            axle = Optional.of(Fields.direction(part, "axle", "part " + name + ": its axle"));
        }
        JsonNode steers = part.path("steers");
        if (!steers.isMissingNode() && !steers.isBoolean()) {
            throw invalid("part " + name + ": steers must be true or false");
        }
        return new PartDeclaration(name, text(part, "role"), axle, steers.asBoolean(false));
    }

    private static WeightFile weight(JsonNode weight) {
        String name = matching(weight, "name", ID);
        JsonNode bytes = weight.path("bytes");
        if (!bytes.isIntegralNumber() || !bytes.canConvertToInt() || bytes.intValue() < 0) {
            throw invalid("weights " + name + ": bytes is missing or not a valid number");
        }
        return new WeightFile(
                name,
                matching(weight, "file", FILE),
                matching(weight, "sha256", SHA256),
                bytes.intValue());
    }
}
