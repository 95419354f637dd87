/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.editing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.inverso.api.asset.Asset;

/**
 * Takes triangles off an asset: vertices are moved onto neighbours, those first that change the
 * surface least ({@link Quadric}). Vertices that stay keep their place, texture coordinates,
 * normals and joints.
 *
 * <p>A point where textures, creases, materials or parts meet is one vertex for each side. It
 * mostly moves along the seam, and all sides of it at once. Leaving the seam counts as a larger
 * change: sides that do not meet the neighbour then take their texture coordinates along, and
 * borders of parts change their course. They stay common to the parts, and no seam ever opens.
 */
public final class Simplification {

    /** Weight of planes that hold seams and borders, compared with those of faces. */
    private static final double SEAM = 4;

    /** Cosine of the largest angle by which a face may turn. */
    private static final double LARGEST_TURN = 0.3;

    /** Share of its longest edge squared below which a face counts as a line. */
    private static final double THINNEST = 1e-3;

    /** A part stays something. */
    private static final int FEWEST_FACES = 4;

    /** How much worse it is to leave a seam than to change the surface as much otherwise. */
    private static final double LEAVING = 3;

    /** The same for what the texture is stretched by: area by which it goes wrong, squared. */
    private static final double LEAVING_LENGTH = 0.02;

    /** So that of moves that change nothing, the short ones come first. */
    private static final double LENGTH = 1e-7;

    private final Asset asset;
    private final FlatSurface flat;
    private final double[] place;

    /** {@code int[F*3]}, vertices of the flat surface; -1 in the first where a face is gone. */
    private final int[] corner;

    /** {@code int[V]}, as of the flat surface, for vertices that moved elsewhere. */
    private final int[] pointOf;

    private final int[] facesOf;
    private final List<Set<Integer>> around;
    private final Quadric[] quadric;
    private final int[] stamp;
    private final PriorityQueue<Move> queue = new PriorityQueue<>();
    private int faces;

    /** One point onto another; outdated when either has changed. */
    private record Move(double cost, int from, int to, int fromStamp, int toStamp)
            implements Comparable<Move> {

        @Override
        public int compareTo(Move other) {
            int order = Double.compare(cost, other.cost);
            if (order == 0) {
                order = Integer.compare(from, other.from);
            }
            return order == 0 ? Integer.compare(to, other.to) : order;
        }
    }

    public Simplification(Asset asset) {
        this.asset = asset;
        flat = FlatSurface.of(asset);
        place = flat.points();
        corner = flat.corners().clone();
        pointOf = flat.pointOf().clone();
        faces = corner.length / 3;
        facesOf = new int[flat.primitives().size()];
        int points = place.length / 3;
        around = new ArrayList<>(points);
        quadric = new Quadric[points];
        for (int p = 0; p < points; p++) {
            around.add(new HashSet<>());
            quadric[p] = new Quadric();
        }
        stamp = new int[points];
        for (int f = 0; f < faces; f++) {
            if (point(f, 0) == point(f, 1)
                    || point(f, 1) == point(f, 2)
                    || point(f, 2) == point(f, 0)) {
                corner[3 * f] = -1;
                continue;
            }
            facesOf[flat.primitiveOf()[f]]++;
            for (int c = 0; c < 3; c++) {
                around.get(point(f, c)).add(f);
            }
        }
        faces = Arrays.stream(facesOf).sum();
        double[] weight = flat.weights();
        for (int f = 0; f < corner.length / 3; f++) {
            if (corner[3 * f] >= 0) {
                addPlanes(f, weight[flat.primitiveOf()[f]]);
            }
        }
        for (int p = 0; p < points; p++) {
            offer(p);
        }
    }

    private int point(int face, int c) {
        return pointOf[corner[3 * face + c]];
    }

    private void addPlanes(int f, double weight) {
        double[] n = new double[3];
        double area = normal(point(f, 0), point(f, 1), point(f, 2), n);
        if (area == 0) {
            return;
        }
        for (int c = 0; c < 3; c++) {
            int a = point(f, c);
            add(quadric[a], n, a, weight * area);
            int b = point(f, (c + 1) % 3);
            if (isSeam(f, c)) {
                double ex = place[3 * b] - place[3 * a];
                double ey = place[3 * b + 1] - place[3 * a + 1];
                double ez = place[3 * b + 2] - place[3 * a + 2];
                double square = ex * ex + ey * ey + ez * ez;
                double[] across = {
                    ey * n[2] - ez * n[1], ez * n[0] - ex * n[2], ex * n[1] - ey * n[0]
                };
                double length =
                        Math.sqrt(
                                across[0] * across[0]
                                        + across[1] * across[1]
                                        + across[2] * across[2]);
                if (length > 0) {
                    for (int i = 0; i < 3; i++) {
                        across[i] /= length;
                    }
                    add(quadric[a], across, a, SEAM * weight * square);
                    add(quadric[b], across, a, SEAM * weight * square);
                }
            }
        }
    }

    private void add(Quadric to, double[] n, int through, double weight) {
        to.add(
                n[0],
                n[1],
                n[2],
                place[3 * through],
                place[3 * through + 1],
                place[3 * through + 2],
                weight);
    }

    /** Whether the face on the other side of an edge has other vertices, or there is none. */
    private boolean isSeam(int f, int c) {
        int a = point(f, c);
        int b = point(f, (c + 1) % 3);
        int others = 0;
        for (int g : around.get(a)) {
            int ga = cornerAt(g, a);
            int gb = cornerAt(g, b);
            if (g != f && gb >= 0) {
                others++;
                if (ga != corner[3 * f + c] || gb != corner[3 * f + (c + 1) % 3]) {
                    return true;
                }
            }
        }
        return others != 1;
    }

    /** The vertex that a face has at a point; -1 when it is not there. */
    private int cornerAt(int face, int point) {
        for (int c = 0; c < 3; c++) {
            if (point(face, c) == point) {
                return corner[3 * face + c];
            }
        }
        return -1;
    }

    /**
     * @param n gets the unit normal
     * @return the area; 0 when there is no normal
     */
    private double normal(int a, int b, int c, double[] n) {
        double ux = place[3 * b] - place[3 * a];
        double uy = place[3 * b + 1] - place[3 * a + 1];
        double uz = place[3 * b + 2] - place[3 * a + 2];
        double vx = place[3 * c] - place[3 * a];
        double vy = place[3 * c + 1] - place[3 * a + 1];
        double vz = place[3 * c + 2] - place[3 * a + 2];
        n[0] = uy * vz - uz * vy;
        n[1] = uz * vx - ux * vz;
        n[2] = ux * vy - uy * vx;
        double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        if (!(length > 0)) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            n[i] /= length;
        }
        return length / 2;
    }

    private Set<Integer> neighbours(int p) {
        Set<Integer> found = new HashSet<>();
        for (int f : around.get(p)) {
            for (int c = 0; c < 3; c++) {
                found.add(point(f, c));
            }
        }
        found.remove(p);
        return found;
    }

    private void offer(int p) {
        for (int q : neighbours(p)) {
            offer(p, q);
            offer(q, p);
        }
    }

    private void offer(int from, int to) {
        Map<Integer, Integer> sides = sides(from, to);
        if (sides == null) {
            return;
        }
        boolean leaves = sides.entrySet().stream().anyMatch(e -> e.getKey().equals(e.getValue()));
        double x = place[3 * to];
        double y = place[3 * to + 1];
        double z = place[3 * to + 2];
        double dx = x - place[3 * from];
        double dy = y - place[3 * from + 1];
        double dz = z - place[3 * from + 2];
        double square = dx * dx + dy * dy + dz * dz;
        double cost = quadric[from].error(x, y, z) + quadric[to].error(x, y, z);
        if (leaves) {
            cost = LEAVING * cost + LEAVING_LENGTH * square * square;
        }
        cost += LENGTH * square;
        queue.add(new Move(cost, from, to, stamp[from], stamp[to]));
    }

    /**
     * Takes triangles off until there are so many, or until no more can go.
     *
     * @return how many there are
     */
    public int reduceTo(int triangles) {
        while (faces > triangles && !queue.isEmpty()) {
            Move move = queue.poll();
            if (move.fromStamp == stamp[move.from] && move.toStamp == stamp[move.to]) {
                Map<Integer, Integer> sides = sides(move.from, move.to);
                if (sides != null && keepsShape(move.from, move.to, sides)) {
                    apply(move.from, move.to, sides);
                }
            }
        }
        return faces;
    }

    /**
     * Where each vertex at a point goes when the point moves onto another; to itself when it takes
     * its texture coordinates along.
     *
     * @return null when it may not move there
     */
    private Map<Integer, Integer> sides(int from, int to) {
        Map<Integer, Integer> sides = new HashMap<>();
        int shared = 0;
        int[] goes = new int[facesOf.length];
        for (int f : around.get(from)) {
            int there = cornerAt(f, to);
            if (there >= 0) {
                shared++;
                int primitive = flat.primitiveOf()[f];
                if (facesOf[primitive] - ++goes[primitive] < FEWEST_FACES) {
                    return null;
                }
                int here = cornerAt(f, from);
                Integer other = sides.put(here, there);
                if (other != null && other != there) {
                    sides.put(here, here);
                }
            }
        }
        if (shared == 0 || shared > 2 || shared == 2 && isOnBorder(from)) {
            return null;
        }
        for (int f : around.get(from)) {
            int here = cornerAt(f, from);
            sides.putIfAbsent(here, here);
        }
        Set<Integer> common = neighbours(from);
        common.retainAll(neighbours(to));
        return common.size() == shared ? sides : null;
    }

    /** Whether any edge at a point has a face on one side only, or more than two. */
    private boolean isOnBorder(int p) {
        Map<Integer, Integer> edges = new HashMap<>();
        for (int f : around.get(p)) {
            for (int c = 0; c < 3; c++) {
                edges.merge(point(f, c), 1, Integer::sum);
            }
        }
        edges.remove(p);
        return edges.values().stream().anyMatch(count -> count != 2);
    }

    /** No face turns over or becomes a line, neither in space nor in the texture. */
    private boolean keepsShape(int from, int to, Map<Integer, Integer> sides) {
        double[] before = new double[3];
        double[] after = new double[3];
        for (int f : around.get(from)) {
            if (cornerAt(f, to) >= 0) {
                continue;
            }
            int[] points = new int[3];
            int[] corners = new int[3];
            for (int c = 0; c < 3; c++) {
                boolean moves = point(f, c) == from;
                points[c] = moves ? to : point(f, c);
                corners[c] = moves ? sides.get(corner[3 * f + c]) : corner[3 * f + c];
            }
            double was = normal(point(f, 0), point(f, 1), point(f, 2), before);
            double is = normal(points[0], points[1], points[2], after);
            double cosine = before[0] * after[0] + before[1] * after[1] + before[2] * after[2];
            if (is == 0 || was > 0 && cosine < LARGEST_TURN || is < THINNEST * longest(points)) {
                return false;
            }
            double uvBefore = flat.uvArea(corner[3 * f], corner[3 * f + 1], corner[3 * f + 2]);
            double uvAfter = flat.uvArea(corners[0], corners[1], corners[2]);
            if (uvBefore * uvAfter < 0) {
                return false;
            }
        }
        return true;
    }

    private double longest(int[] points) {
        double longest = 0;
        for (int i = 0; i < 3; i++) {
            double square = 0;
            for (int c = 0; c < 3; c++) {
                double d = place[3 * points[i] + c] - place[3 * points[(i + 1) % 3] + c];
                square += d * d;
            }
            longest = Math.max(longest, square);
        }
        return longest;
    }

    private void apply(int from, int to, Map<Integer, Integer> sides) {
        for (int f : List.copyOf(around.get(from))) {
            if (cornerAt(f, to) >= 0) {
                for (int c = 0; c < 3; c++) {
                    around.get(point(f, c)).remove(f);
                }
                facesOf[flat.primitiveOf()[f]]--;
                faces--;
                corner[3 * f] = -1;
            } else {
                for (int c = 0; c < 3; c++) {
                    if (point(f, c) == from) {
                        corner[3 * f + c] = sides.get(corner[3 * f + c]);
                    }
                }
                around.get(to).add(f);
            }
        }
        sides.forEach(
                (here, there) -> {
                    if (here.equals(there)) {
                        pointOf[here] = to;
                    }
                });
        around.get(from).clear();
        quadric[to].add(quadric[from]);
        stamp[from]++;
        stamp[to]++;
        // What moved changes what its neighbours may do, too.
        for (int p : neighbours(to)) {
            stamp[p]++;
        }
        for (int p : neighbours(to)) {
            offer(p);
        }
    }

    /** The asset with the triangles that are left. */
    public Asset asset() {
        return flat.rebuilt(asset, corner, pointOf);
    }
}
