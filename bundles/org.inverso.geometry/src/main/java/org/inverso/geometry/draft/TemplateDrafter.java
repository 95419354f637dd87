/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.inverso.api.CategoryException;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.GltfTemplateReader;
import org.inverso.geometry.TemplateDeclaration;
import org.inverso.geometry.TemplateDeclaration.MaterialDeclaration;
import org.inverso.geometry.TemplateDeclaration.PartDeclaration;
import org.inverso.geometry.internal.AtlasUse;
import org.inverso.geometry.internal.Model;
import org.inverso.geometry.internal.ModelMaterial;
import org.inverso.geometry.internal.ModelPart;
import org.inverso.geometry.internal.ModelReader;
import org.inverso.geometry.internal.TemplateWriter;
import org.joml.Matrix4d;
import org.joml.Vector3d;

/**
 * Makes a category's template of any model: brings it into the object frame, names its parts and
 * materials, gives it a shape space when it has none, and finds out whether it is symmetric.
 */
public final class TemplateDrafter {

    /** More would make training take days, and refinement seconds. */
    public static final int MOST_TRIANGLES = 50_000;

    private static final float SCALE_STEP = 0.1f;
    private static final double OVERLAP = 0.02;
    private static final double LEAST_COVERED = 0.02;
    private static final int SHOWN = 6;
    private static final float CLEAR = 0.9f;

    /** Kinds of material that training knows how to colour. */
    private static final List<String> KINDS =
            List.of(
                    "glass",
                    "rubber",
                    "chrome",
                    "rim",
                    "trim",
                    "headlight",
                    "taillight",
                    "indicator",
                    "plate",
                    "interior",
                    "paint");

    private static final Pattern SIDE =
            Pattern.compile("_(l|r|fl|fr|rl|rr|left|right|\\d+)(?=_|$)");

    /**
     * @param glb bytes of a binary glTF 2.0 file
     * @param front axis that the model faces along
     * @param length in metres that it is to have from front to rear; its own when empty
     * @throws CategoryException when the model cannot be a template; the message says why, and what
     *     to do
     */
    public TemplateDraft draft(byte[] glb, Front front, OptionalDouble length) {
        Model model = ModelReader.read(glb);
        requireFewTriangles(model);
        List<String> notes = new ArrayList<>(model.notes());
        Model placed = placed(model, front, length, notes);
        boolean scaled = placed.targets().isEmpty();
        if (scaled) {
            placed = scaledShapes(placed);
        }
        byte[] template = TemplateWriter.write(placed);
        TemplateDeclaration declaration = declaration(placed, false);
        TemplateMesh mesh = new GltfTemplateReader().read(template, declaration);
        float[] size = size(mesh);
        noteShape(placed, scaled, notes);
        noteAtlas(mesh, notes);
        TemplateDeclaration symmetric = declaration(placed, true);
        try {
            mesh = new GltfTemplateReader().read(template, symmetric);
            declaration = symmetric;
            notes.add(
                    "It is its own reflection, so the hidden side of an object gets the picture of"
                            + " the visible one.");
        } catch (CategoryException e) {
            notes.add(
                    "It is not taken as symmetric, so hidden sides are left to the network's guess:"
                            + " "
                            + e.getMessage()
                            + ".");
        }
        return new TemplateDraft(template, declaration, mesh, size, scaled, notes);
    }

    private static void requireFewTriangles(Model model) {
        int triangles = model.parts().stream().mapToInt(ModelPart::faceCount).sum();
        if (triangles > MOST_TRIANGLES) {
            throw new CategoryException(
                    "it has "
                            + triangles
                            + " triangles, and more than "
                            + MOST_TRIANGLES
                            + " make training too slow; reduce it, with Blender's Decimate modifier"
                            + " for example");
        }
    }

    private static Model placed(
            Model model, Front front, OptionalDouble length, List<String> notes) {
        Matrix4d turn = front.turn();
        double[] box = box(model, turn);
        double own = box[5] - box[2];
        if (!(own > 0) || !(box[3] > box[0]) || !(box[4] > box[1])) {
            throw new CategoryException(
                    "it is flat; a template has a length, a width and a height");
        }
        double scale = length.isPresent() ? length.getAsDouble() / own : 1;
        Matrix4d place =
                new Matrix4d()
                        .scale(scale)
                        .translate(-(box[0] + box[3]) / 2, -box[1], -(box[2] + box[5]) / 2)
                        .mul(turn);
        List<ModelPart> parts = new ArrayList<>();
        for (ModelPart part : model.parts()) {
            SortedMap<String, float[]> deltas = new TreeMap<>();
            part.deltas().forEach((name, d) -> deltas.put(name, transformed(d, place, false)));
            parts.add(
                    new ModelPart(
                            part.name(),
                            // The scene's origin is no pivot of anything.
                            part.origin().lengthSquared() > 0
                                    ? place.transformPosition(part.origin(), new Vector3d())
                                    : part.origin(),
                            transformed(part.positions(), place, true),
                            part.uvs(),
                            part.faces(),
                            part.faceMaterial(),
                            deltas));
        }
        notes.add(
                String.format(
                        Locale.ROOT,
                        "It was turned to face +Z%s, and stands on y = 0: %.2f m long, %.2f m wide,"
                                + " %.2f m high.",
                        length.isPresent()
                                ? String.format(Locale.ROOT, " and scaled by %.4g", scale)
                                : "",
                        scale * own,
                        scale * (box[3] - box[0]),
                        scale * (box[4] - box[1])));
        return new Model(parts, model.materials(), model.targets(), model.notes());
    }

    private static double[] box(Model model, Matrix4d turn) {
        double[] box = {
            Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE,
            -Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE
        };
        Vector3d v = new Vector3d();
        for (ModelPart part : model.parts()) {
            float[] x = part.positions();
            for (int i = 0; i < x.length; i += 3) {
                turn.transformPosition(v.set(x[i], x[i + 1], x[i + 2]));
                for (int axis = 0; axis < 3; axis++) {
                    box[axis] = Math.min(box[axis], v.get(axis));
                    box[axis + 3] = Math.max(box[axis + 3], v.get(axis));
                }
            }
        }
        return box;
    }

    private static float[] transformed(float[] xyz, Matrix4d place, boolean isPosition) {
        float[] moved = new float[xyz.length];
        Vector3d v = new Vector3d();
        for (int i = 0; i < xyz.length; i += 3) {
            v.set(xyz[i], xyz[i + 1], xyz[i + 2]);
            if (isPosition) {
                place.transformPosition(v);
            } else {
                place.transformDirection(v);
            }
            moved[i] = (float) v.x;
            moved[i + 1] = (float) v.y;
            moved[i + 2] = (float) v.z;
        }
        return moved;
    }

    /** Length, width and height, a tenth more for each unit. */
    private static Model scaledShapes(Model model) {
        List<String> targets = List.of("length", "width", "height");
        int[] axes = {2, 0, 1};
        List<ModelPart> parts = new ArrayList<>();
        for (ModelPart part : model.parts()) {
            SortedMap<String, float[]> deltas = new TreeMap<>();
            for (int k = 0; k < axes.length; k++) {
                float[] delta = new float[part.positions().length];
                for (int i = axes[k]; i < delta.length; i += 3) {
                    delta[i] = SCALE_STEP * part.positions()[i];
                }
                deltas.put(targets.get(k), delta);
            }
            parts.add(
                    new ModelPart(
                            part.name(),
                            part.origin(),
                            part.positions(),
                            part.uvs(),
                            part.faces(),
                            part.faceMaterial(),
                            deltas));
        }
        return new Model(parts, model.materials(), targets, model.notes());
    }

    private static TemplateDeclaration declaration(Model model, boolean symmetric) {
        List<PartDeclaration> parts =
                model.parts().stream()
                        .map(
                                p ->
                                        new PartDeclaration(
                                                p.name(), role(p.name()), Optional.empty(), false))
                        .toList();
        List<MaterialDeclaration> materials =
                model.materials().stream()
                        .map(m -> new MaterialDeclaration(m.name(), kind(m)))
                        .toList();
        return new TemplateDeclaration(parts, materials, model.targets(), symmetric);
    }

    /** The name without side and number: {@code wing_l} is a wing. */
    private static String role(String part) {
        String role = SIDE.matcher(part).replaceAll("");
        return role.isEmpty() ? part : role;
    }

    private static String kind(ModelMaterial material) {
        Set<String> words = new HashSet<>(List.of(material.name().split("_")));
        for (String kind : KINDS) {
            if (words.contains(kind)) {
                return kind;
            }
        }
        if (material.baseColor()[3] < CLEAR || words.contains("window")) {
            return "glass";
        }
        if (words.contains("tyre") || words.contains("tire")) {
            return "rubber";
        }
        return words.contains("metal") || material.metallic() > 0.5f && !material.textured()
                ? "chrome"
                : "paint";
    }

    private static float[] size(TemplateMesh mesh) {
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < mesh.positions().length; i++) {
            low[i % 3] = Math.min(low[i % 3], mesh.positions()[i]);
            high[i % 3] = Math.max(high[i % 3], mesh.positions()[i]);
        }
        return new float[] {high[0] - low[0], high[1] - low[1], high[2] - low[2]};
    }

    private static void noteShape(Model model, boolean scaled, List<String> notes) {
        int count = model.targets().size();
        notes.add(
                scaled
                        ? "It has no morph targets, so its shapes are scalings: length, width and"
                                + " height, a tenth a unit. Shape keys in Blender give better ones."
                        : "Its "
                                + count
                                + (count == 1 ? " morph target is" : " morph targets are")
                                + " the shape space: "
                                + String.join(", ", model.targets())
                                + ".");
    }

    private static void noteAtlas(TemplateMesh mesh, List<String> notes) {
        AtlasUse atlas = new AtlasUse(mesh);
        if (atlas.covered() < LEAST_COVERED) {
            throw new CategoryException(
                    "its texture coordinates cover next to nothing of the atlas; unwrap it, in"
                            + " Blender by UV > Smart UV Project, and export again");
        }
        notes.add(
                String.format(
                        Locale.ROOT, "%.0f %% of the atlas are used.", 100 * atlas.covered()));
        List<String> overlapping = atlas.overlapping(OVERLAP);
        if (!overlapping.isEmpty()) {
            int more = overlapping.size() - SHOWN;
            notes.add(
                    "Places that share their piece of the atlas share their colours, too: "
                            + String.join(
                                    ", ",
                                    overlapping.subList(0, Math.min(SHOWN, overlapping.size())))
                            + (more > 0 ? " and " + more + " more" : "")
                            + ". Unwrap them apart unless that is what you want.");
        }
    }
}
