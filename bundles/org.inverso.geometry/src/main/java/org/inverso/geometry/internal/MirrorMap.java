/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.geometry.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inverso.api.CategoryException;
import org.inverso.api.category.Part;
import org.inverso.api.category.Skeleton;
import org.inverso.api.category.Skin;
import org.inverso.api.category.TemplateMesh;

/**
 * Finds where the reflection at x = 0 takes each vertex of a template.
 *
 * <p>Where the atlas is cut, or materials meet, several vertices stand at one place; which of them
 * is the image is told by the faces around: the corners of the reflected face, or, where the two
 * sides are triangulated differently, the ends of the reflected half-edge. That keeps the image of
 * a face within one piece of the atlas.
 */
public final class MirrorMap {

    /** Positions and shape deltas that differ by less than this are equal, metres. */
    static final double TOLERANCE = 1e-4;

    /** Weights that differ by less are equal. */
    private static final float WEIGHT_TOLERANCE = 1e-2f;

    private static final int NONE = -1;
    private static final int AMBIGUOUS = -2;

    private final TemplateMesh mesh;
    private final int[] partOf;
    private final int[] mirrorPart;
    private final int[] point;
    private final int[] mirrorPoint;
    private final int[] image;

    private record FaceKey(int part, int material, int a, int b, int c) {}

    private record EdgeKey(int part, int material, int from, int to) {}

    private record Place(int part, int point) {}

    private MirrorMap(TemplateMesh mesh) {
        this.mesh = mesh;
        int vertices = mesh.vertexCount();
        partOf = new int[vertices];
        for (int p = 0; p < mesh.parts().size(); p++) {
            Part part = mesh.parts().get(p);
            Arrays.fill(partOf, part.firstVertex(), part.firstVertex() + part.vertexCount(), p);
        }
        mirrorPart = mirrorParts(mesh.parts());
        PointGrid grid = new PointGrid(TOLERANCE);
        point = new int[vertices];
        float[] x = mesh.positions();
        for (int v = 0; v < vertices; v++) {
            point[v] = grid.add(x[3 * v], x[3 * v + 1], x[3 * v + 2]);
        }
        mirrorPoint = new int[grid.count()];
        for (int v = 0; v < vertices; v++) {
            int q = grid.find(-x[3 * v], x[3 * v + 1], x[3 * v + 2]);
            if (q < 0) {
                throw asymmetric(v, "nothing is at its mirror image");
            }
            mirrorPoint[point[v]] = q;
        }
        image = new int[vertices];
        Arrays.fill(image, NONE);
    }

    /**
     * @return {@code int[V]}, an involution
     * @throws CategoryException when the template, its parts, its shape targets or its skin are not
     *     symmetric
     */
    public static int[] of(TemplateMesh mesh) {
        MirrorMap map = new MirrorMap(mesh);
        map.matchFaces();
        map.matchHalfEdges();
        map.matchPlaces();
        map.checkInvolution();
        map.checkAtlas();
        map.checkShapeTargets();
        mesh.skin().ifPresent(map::checkSkin);
        return map.image;
    }

    /** Index of the part on the other side by its name, for each part. */
    static int[] mirrorParts(List<Part> parts) {
        Map<String, Integer> byName = new HashMap<>();
        for (int p = 0; p < parts.size(); p++) {
            byName.put(parts.get(p).name(), p);
        }
        int[] mirror = new int[parts.size()];
        for (int p = 0; p < mirror.length; p++) {
            mirror[p] = byName.getOrDefault(mirrorName(parts.get(p).name()), p);
        }
        return mirror;
    }

    private static String mirrorName(String name) {
        String[] words = name.split("_", -1);
        for (int i = 1; i < words.length; i++) {
            words[i] =
                    switch (words[i]) {
                        case "l" -> "r";
                        case "r" -> "l";
                        case "fl" -> "fr";
                        case "fr" -> "fl";
                        case "rl" -> "rr";
                        case "rr" -> "rl";
                        case "left" -> "right";
                        case "right" -> "left";
                        default -> words[i];
                    };
        }
        return String.join("_", words);
    }

    private void matchFaces() {
        Map<FaceKey, Integer> faces = new HashMap<>();
        for (int f = 0; f < mesh.faceCount(); f++) {
            int part = mesh.facePart()[f];
            faces.merge(
                    key(part, f, point(f, 0), point(f, 1), point(f, 2)), f, (a, b) -> AMBIGUOUS);
        }
        for (int f = 0; f < mesh.faceCount(); f++) {
            int a = point(f, 0);
            int b = point(f, 1);
            int c = point(f, 2);
            if (a == b || b == c || c == a) {
                continue;
            }
            int other =
                    faces.getOrDefault(
                            key(
                                    mirrorPart[mesh.facePart()[f]],
                                    f,
                                    mirrorPoint[a],
                                    mirrorPoint[c],
                                    mirrorPoint[b]),
                            NONE);
            if (other < 0) {
                continue;
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    if (point(other, j) == mirrorPoint[point(f, i)]) {
                        vote(mesh.faces()[3 * f + i], mesh.faces()[3 * other + j]);
                    }
                }
            }
        }
    }

    private void matchHalfEdges() {
        Map<EdgeKey, Integer> halfEdges = new HashMap<>();
        for (int corner = 0; corner < mesh.faces().length; corner++) {
            int f = corner / 3;
            halfEdges.merge(
                    new EdgeKey(
                            mesh.facePart()[f],
                            mesh.faceMaterial()[f],
                            point[mesh.faces()[corner]],
                            point[mesh.faces()[next(corner)]]),
                    corner,
                    (a, b) -> AMBIGUOUS);
        }
        boolean[] open = new boolean[image.length];
        for (int v = 0; v < image.length; v++) {
            open[v] = image[v] == NONE;
        }
        for (int corner = 0; corner < mesh.faces().length; corner++) {
            int f = corner / 3;
            int from = mesh.faces()[corner];
            int to = mesh.faces()[next(corner)];
            if (!open[from] && !open[to] || point[from] == point[to]) {
                continue;
            }
            int other =
                    halfEdges.getOrDefault(
                            new EdgeKey(
                                    mirrorPart[mesh.facePart()[f]],
                                    mesh.faceMaterial()[f],
                                    mirrorPoint[point[to]],
                                    mirrorPoint[point[from]]),
                            NONE);
            if (other < 0) {
                continue;
            }
            if (open[from]) {
                vote(from, mesh.faces()[next(other)]);
            }
            if (open[to]) {
                vote(to, mesh.faces()[other]);
            }
        }
    }

    /** What no face decided: fine where only one vertex stands at the mirror image. */
    private void matchPlaces() {
        Map<Place, List<Integer>> places = new HashMap<>();
        for (int v = 0; v < image.length; v++) {
            places.computeIfAbsent(new Place(partOf[v], point[v]), k -> new ArrayList<>()).add(v);
        }
        for (int v = 0; v < image.length; v++) {
            if (image[v] != NONE) {
                continue;
            }
            List<Integer> candidates =
                    places.get(new Place(mirrorPart[partOf[v]], mirrorPoint[point[v]]));
            if (candidates == null) {
                throw asymmetric(
                        v,
                        "part "
                                + mesh.parts().get(mirrorPart[partOf[v]]).name()
                                + " has no vertex at its mirror image");
            }
            if (candidates.size() > 1) {
                throw asymmetric(v, "no face tells which of the vertices there is its image");
            }
            image[v] = candidates.get(0);
        }
    }

    private void vote(int vertex, int candidate) {
        if (image[vertex] == NONE) {
            image[vertex] = candidate;
        } else if (image[vertex] != candidate) {
            throw asymmetric(vertex, "the atlas is cut differently on the other side");
        }
    }

    private void checkInvolution() {
        for (int v = 0; v < image.length; v++) {
            if (image[image[v]] != v) {
                throw asymmetric(v, "the image of its image is another vertex");
            }
        }
    }

    /** The images of a face's corners must lie in one connected piece of the atlas. */
    private void checkAtlas() {
        int[] piece = new int[image.length];
        Arrays.setAll(piece, v -> v);
        int[] faces = mesh.faces();
        for (int i = 0; i < faces.length; i++) {
            int a = root(piece, faces[i]);
            int b = root(piece, faces[next(i)]);
            piece[Math.max(a, b)] = Math.min(a, b);
        }
        for (int i = 0; i < faces.length; i++) {
            if (root(piece, image[faces[i]]) != root(piece, image[faces[next(i)]])) {
                throw asymmetric(faces[i], "the atlas is cut differently on the other side");
            }
        }
    }

    private static int root(int[] piece, int v) {
        int at = v;
        while (piece[at] != at) {
            piece[at] = piece[piece[at]];
            at = piece[at];
        }
        return at;
    }

    private void checkShapeTargets() {
        int vertices = mesh.vertexCount();
        float[] basis = mesh.shapeBasis();
        for (int k = 0; k < mesh.shapeCount(); k++) {
            for (int v = 0; v < vertices; v++) {
                int a = 3 * (k * vertices + v);
                int b = 3 * (k * vertices + image[v]);
                if (Math.abs(basis[a] + basis[b]) > TOLERANCE
                        || Math.abs(basis[a + 1] - basis[b + 1]) > TOLERANCE
                        || Math.abs(basis[a + 2] - basis[b + 2]) > TOLERANCE) {
                    throw asymmetric(
                            v,
                            "shape target " + mesh.shapeTargets().get(k) + " moves only one side");
                }
            }
        }
    }

    private void checkSkin(Skin skin) {
        List<Skeleton.Joint> joints = skin.skeleton().joints();
        int[] mirrorJoint = new int[joints.size()];
        for (int j = 0; j < mirrorJoint.length; j++) {
            int other = skin.skeleton().indexOf(mirrorName(joints.get(j).name()));
            mirrorJoint[j] = other < 0 ? j : other;
            checkJoint(joints.get(j), joints.get(mirrorJoint[j]));
        }
        float[] difference = new float[mirrorJoint.length];
        for (int v = 0; v < image.length; v++) {
            Arrays.fill(difference, 0);
            for (int i = 0; i < Skin.INFLUENCES; i++) {
                int own = Skin.INFLUENCES * v + i;
                int other = Skin.INFLUENCES * image[v] + i;
                difference[skin.joints()[own]] += skin.weights()[own];
                difference[mirrorJoint[skin.joints()[other]]] -= skin.weights()[other];
            }
            for (float d : difference) {
                if (Math.abs(d) > WEIGHT_TOLERANCE) {
                    throw asymmetric(v, "its mirror image follows other joints");
                }
            }
        }
    }

    private void checkJoint(Skeleton.Joint joint, Skeleton.Joint other) {
        boolean same = true;
        for (int i = 0; i < 3; i++) {
            same &= reflects(joint.rest().get(i), other.rest().get(i), i);
        }
        for (int i = 0; i < joint.shapeDeltas().length; i++) {
            same &= reflects(joint.shapeDeltas()[i], other.shapeDeltas()[i], i % 3);
        }
        if (!same) {
            throw new CategoryException(
                    "template is declared symmetric but is not: joint "
                            + joint.name()
                            + " is not the mirror image of "
                            + other.name());
        }
    }

    private static boolean reflects(float a, float b, int axis) {
        return Math.abs(axis == 0 ? a + b : a - b) <= TOLERANCE;
    }

    private int point(int face, int corner) {
        return point[mesh.faces()[3 * face + corner]];
    }

    private static int next(int corner) {
        return corner % 3 == 2 ? corner - 2 : corner + 1;
    }

    /** The same for all rotations of the corners, another for the other orientation. */
    private FaceKey key(int part, int face, int a, int b, int c) {
        int material = mesh.faceMaterial()[face];
        if (a <= b && a <= c) {
            return new FaceKey(part, material, a, b, c);
        }
        return b <= a && b <= c
                ? new FaceKey(part, material, b, c, a)
                : new FaceKey(part, material, c, a, b);
    }

    private CategoryException asymmetric(int v, String why) {
        float[] x = mesh.positions();
        return new CategoryException(
                String.format(
                        Locale.ROOT,
                        "template is declared symmetric but is not: vertex (%.4f, %.4f, %.4f) of"
                                + " part %s: %s",
                        x[3 * v],
                        x[3 * v + 1],
                        x[3 * v + 2],
                        mesh.parts().get(partOf[v]).name(),
                        why));
    }
}
