/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.joml.Matrix4d;
import org.joml.Vector2d;
import org.joml.Vector3d;
import org.joml.Vector4d;

/**
 * The contract written for clarity: every pixel casts a ray (Moeller and Trumbore 1997) at every
 * face in double precision. Slow, and of other mathematics than what it checks: no edge functions,
 * tiles, or analytic gradients.
 */
final class NaiveRasterizer {

    /** A face hit by a ray. */
    private record Hit(double b0, double b1, double b2, double along, boolean front) {}

    /** The visible part of a face on screen, and its box. */
    private record Outline(
            List<Vector2d> corners, double minX, double minY, double maxX, double maxY) {}

    private final RasterSettings settings;
    private final NaiveScene scene;
    private final int width;
    private final int height;
    private final int vertexCount;
    private final int faceCount;
    private final double aspect;

    private Matrix4d view;
    private Matrix4d clip;
    private Matrix4d unproject;
    private Vector3d eye;
    private Vector3d[] normals;
    private List<Vector3d[][]> levels;
    private List<Outline> outlines;
    private int base;
    private double rayX;
    private double rayY;
    private final Vector3d origin = new Vector3d();
    private final Vector3d direction = new Vector3d();

    private NaiveRasterizer(NaiveScene scene, RasterSettings settings) {
        this.scene = scene;
        this.settings = settings;
        width = settings.width() * settings.supersampling();
        height = settings.height() * settings.supersampling();
        aspect = (double) width / height;
        vertexCount = scene.positions.length / 3 / settings.batch();
        faceCount = scene.faces.length / 3;
    }

    /**
     * @param visible face of each sample, to hold visibility while inputs are varied; or null
     */
    static NaiveImages render(NaiveScene scene, RasterSettings settings, int[] visible) {
        NaiveRasterizer naive = new NaiveRasterizer(scene, settings);
        NaiveImages samples = naive.samples(visible);
        return settings.supersampling() == 1 ? samples : naive.resolve(samples);
    }

    /** Face of each sample, for {@link #render}. */
    static int[] visible(NaiveScene scene, RasterSettings settings) {
        return new NaiveRasterizer(scene, settings).samples(null).faceIndex;
    }

    private NaiveImages samples(int[] visible) {
        boolean colored = scene.texture != null || scene.attributeCount >= 3;
        NaiveImages images =
                new NaiveImages(settings.batch() * width * height, scene.attributeCount, colored);
        for (int v = 0; v < settings.batch(); v++) {
            base = v * vertexCount;
            view = new Matrix4d().set(scene.view, 16 * v);
            clip = new Matrix4d().set(scene.projection, 16 * v).mul(view);
            unproject = new Matrix4d(clip).invert();
            // The camera's position is that of the matrix's upper three rows.
            eye =
                    new Matrix4d(view)
                            .m03(0)
                            .m13(0)
                            .m23(0)
                            .m33(1)
                            .invert()
                            .transformPosition(new Vector3d());
            normals = settings.shading() == Shading.NONE ? null : vertexNormals();
            rayX = Double.NaN;
            outlines = settings.sigmaInv() == 0 ? List.of() : outlines();
            levels = scene.texture == null ? null : levels(v);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int s = (v * height + y) * width + x;
                    sample(images, v, s, x, y, visible == null ? null : visible[s]);
                }
            }
            if (colored && settings.antialias()) {
                antialias(images, v * width * height);
            }
        }
        return images;
    }

    private void sample(NaiveImages images, int v, int s, double x, double y, Integer visible) {
        double ndcX = (2 * x + 1) / width - 1;
        double ndcY = 1 - (2 * y + 1) / height;
        int face = visible == null ? nearest(ndcX, ndcY) : visible;
        images.faceIndex[s] = face;
        if (face < 0) {
            images.depth[s] = Double.POSITIVE_INFINITY;
            images.softMask[s] = softMask(ndcX * aspect, ndcY);
            if (images.color != null && scene.background != null) {
                System.arraycopy(scene.background, 0, images.color, 3 * s, 3);
            }
            return;
        }
        Hit hit = hit(face, ndcX, ndcY);
        double[] b = {hit.b0, hit.b1, hit.b2};
        System.arraycopy(b, 0, images.barycentric, 3 * s, 3);
        images.depth[s] = depth(face, hit);
        images.softMask[s] = 1;
        for (int c = 0; c < scene.attributeCount; c++) {
            images.attributes[s * scene.attributeCount + c] = attribute(face, hit, c);
        }
        if (images.color != null) {
            Vector3d color = color(v, face, hit, ndcX, ndcY);
            images.color[3 * s] = color.x;
            images.color[3 * s + 1] = color.y;
            images.color[3 * s + 2] = color.z;
        }
    }

    private int nearest(double ndcX, double ndcY) {
        int best = -1;
        float bestDepth = Float.POSITIVE_INFINITY;
        for (int f = 0; f < faceCount; f++) {
            Hit hit = hit(f, ndcX, ndcY);
            if (hit == null
                    || !(hit.b0 >= 0 && hit.b1 >= 0 && hit.b2 >= 0 && hit.along >= 0)
                    || settings.cullBackFaces() && !hit.front) {
                continue;
            }
            float depth = (float) depth(f, hit);
            if (depth < bestDepth) {
                bestDepth = depth;
                best = f;
            }
        }
        return best;
    }

    private double depth(int face, Hit hit) {
        return -view.transformPosition(point(face, hit)).z;
    }

    private Vector3d point(int face, Hit hit) {
        return interpolate(position(face, 0), position(face, 1), position(face, 2), hit);
    }

    private static Vector3d interpolate(Vector3d a, Vector3d b, Vector3d c, Hit hit) {
        return a.mul(hit.b0, new Vector3d()).fma(hit.b1, b).fma(hit.b2, c);
    }

    private int vertex(int face, int corner) {
        return scene.faces[3 * face + corner];
    }

    private Vector3d position(int face, int corner) {
        int v = base + vertex(face, corner);
        return new Vector3d(
                scene.positions[3 * v], scene.positions[3 * v + 1], scene.positions[3 * v + 2]);
    }

    /** Where the ray through a point of the image meets a face's plane; null when it does not. */
    private Hit hit(int face, double ndcX, double ndcY) {
        if (ndcX != rayX || ndcY != rayY) {
            rayX = ndcX;
            rayY = ndcY;
            unproject.transformProject(origin.set(ndcX, ndcY, -1));
            unproject.transformProject(direction.set(ndcX, ndcY, 1)).sub(origin).normalize();
        }
        Vector3d p0 = position(face, 0);
        Vector3d edge1 = position(face, 1).sub(p0);
        Vector3d edge2 = position(face, 2).sub(p0);
        Vector3d h = direction.cross(edge2, new Vector3d());
        double det = edge1.dot(h);
        if (!(Math.abs(det) > 1e-12 * edge1.length() * edge2.length())) {
            return null;
        }
        Vector3d s = origin.sub(p0, new Vector3d());
        double b1 = s.dot(h) / det;
        Vector3d q = s.cross(edge1, new Vector3d());
        double b2 = direction.dot(q) / det;
        return new Hit(1 - b1 - b2, b1, b2, edge2.dot(q) / det, det > 0);
    }

    private double attribute(int face, Hit hit, int c) {
        int n = scene.attributeCount;
        return hit.b0 * scene.attributes[(base + vertex(face, 0)) * n + c]
                + hit.b1 * scene.attributes[(base + vertex(face, 1)) * n + c]
                + hit.b2 * scene.attributes[(base + vertex(face, 2)) * n + c];
    }

    private Vector3d[] vertexNormals() {
        Vector3d[] result = new Vector3d[vertexCount];
        for (int v = 0; v < vertexCount; v++) {
            result[v] = new Vector3d();
        }
        for (int f = 0; f < faceCount; f++) {
            Vector3d p0 = position(f, 0);
            Vector3d cross = position(f, 1).sub(p0).cross(position(f, 2).sub(p0));
            if (cross.isFinite()) {
                for (int k = 0; k < 3; k++) {
                    result[vertex(f, k)].add(cross);
                }
            }
        }
        for (int v = 0; v < vertexCount; v++) {
            if (scene.normals != null) {
                int o = 3 * (base + v);
                result[v].set(scene.normals[o], scene.normals[o + 1], scene.normals[o + 2]);
            } else if (result[v].length() > 0) {
                result[v].normalize();
            }
        }
        return result;
    }

    private Vector3d color(int v, int face, Hit hit, double ndcX, double ndcY) {
        Vector3d albedo =
                scene.texture != null
                        ? texture(face, hit, ndcX, ndcY)
                        : new Vector3d(
                                attribute(face, hit, 0),
                                attribute(face, hit, 1),
                                attribute(face, hit, 2));
        if (settings.shading() == Shading.NONE) {
            return albedo;
        }
        Vector3d n =
                interpolate(
                                normals[vertex(face, 0)],
                                normals[vertex(face, 1)],
                                normals[vertex(face, 2)],
                                hit)
                        .normalize();
        if (settings.shading() == Shading.SPHERICAL_HARMONICS) {
            return albedo.mul(
                    harmonics(27 * v, n), harmonics(27 * v + 9, n), harmonics(27 * v + 18, n));
        }
        boolean phong = settings.shading() == Shading.PHONG;
        double[] l = scene.lights;
        int o = v * (phong ? 13 : 9);
        Vector3d toLight = new Vector3d(l[o], l[o + 1], l[o + 2]).normalize();
        Vector3d light = new Vector3d(l[o + 3], l[o + 4], l[o + 5]);
        Vector3d ambient = new Vector3d(l[o + 6], l[o + 7], l[o + 8]);
        double cosine = n.dot(toLight);
        Vector3d result = ambient.fma(Math.max(0, cosine), light).mul(albedo);
        if (phong && cosine > 0) {
            Vector3d mirrored = n.mul(2 * cosine, new Vector3d()).sub(toLight);
            Vector3d toEye = eye.sub(point(face, hit), new Vector3d()).normalize();
            double shine = Math.pow(Math.max(0, mirrored.dot(toEye)), l[o + 12]);
            result.fma(shine, new Vector3d(l[o + 9], l[o + 10], l[o + 11]));
        }
        return result;
    }

    private double harmonics(int o, Vector3d n) {
        double[] l = scene.lights;
        return 0.282095 * l[o]
                + 0.488603 * (l[o + 1] * n.y + l[o + 2] * n.z + l[o + 3] * n.x)
                + 1.092548 * (l[o + 4] * n.x * n.y + l[o + 5] * n.y * n.z + l[o + 7] * n.x * n.z)
                + 0.315392 * l[o + 6] * (3 * n.z * n.z - 1)
                + 0.546274 * l[o + 8] * (n.x * n.x - n.y * n.y);
    }

    private Vector3d texture(int face, Hit hit, double ndcX, double ndcY) {
        Vector2d uv = uv(face, hit);
        if (!scene.mipmaps) {
            return bilinear(levels.get(0), uv);
        }
        double level = mipLevel(face, hit, ndcX, ndcY);
        int fine = (int) level;
        Vector3d result = bilinear(levels.get(fine), uv);
        return level > fine
                ? result.lerp(bilinear(levels.get(fine + 1), uv), level - fine)
                : result;
    }

    private Vector2d uv(int face, Hit hit) {
        double[] uvs = scene.uvs;
        int v0 = 2 * vertex(face, 0);
        int v1 = 2 * vertex(face, 1);
        int v2 = 2 * vertex(face, 2);
        return new Vector2d(
                hit.b0 * uvs[v0] + hit.b1 * uvs[v1] + hit.b2 * uvs[v2],
                hit.b0 * uvs[v0 + 1] + hit.b1 * uvs[v1 + 1] + hit.b2 * uvs[v2 + 1]);
    }

    private double mipLevel(int face, Hit hit, double ndcX, double ndcY) {
        double h = 1e-5;
        Vector2d here = uv(face, hit);
        Vector2d right = uv(face, hit(face, ndcX + 2 * h / width, ndcY)).sub(here).div(h);
        Vector2d down = uv(face, hit(face, ndcX, ndcY - 2 * h / height)).sub(here).div(h);
        Vector2d size = new Vector2d(scene.textureWidth, scene.textureHeight);
        double step = Math.max(right.mul(size).length(), down.mul(size).length());
        return Math.max(0, Math.min(levels.size() - 1, Math.log(step) / Math.log(2)));
    }

    /** Mip levels as rows of texels, the full texture first. */
    private List<Vector3d[][]> levels(int v) {
        Vector3d[][] rows = new Vector3d[scene.textureHeight][scene.textureWidth];
        int o = 3 * v * scene.textureWidth * scene.textureHeight;
        for (Vector3d[] row : rows) {
            for (int x = 0; x < row.length; x++, o += 3) {
                row[x] = new Vector3d(scene.texture[o], scene.texture[o + 1], scene.texture[o + 2]);
            }
        }
        List<Vector3d[][]> result = new ArrayList<>();
        result.add(rows);
        while (scene.mipmaps && Math.min(rows.length, rows[0].length) > 1) {
            Vector3d[][] fine = rows;
            rows = new Vector3d[fine.length / 2][fine[0].length / 2];
            for (int y = 0; y < rows.length; y++) {
                for (int x = 0; x < rows[0].length; x++) {
                    rows[y][x] = mean(fine, y, x, rows.length, rows[0].length);
                }
            }
            result.add(rows);
        }
        return result;
    }

    /** Mean of the area that a texel covers, by weighing texels with what they share. */
    private static Vector3d mean(Vector3d[][] fine, int row, int column, int rows, int columns) {
        Vector3d sum = new Vector3d();
        double scaleY = (double) fine.length / rows;
        double scaleX = (double) fine[0].length / columns;
        for (int y = 2 * row; y < fine.length && y < (row + 1) * scaleY; y++) {
            for (int x = 2 * column; x < fine[0].length && x < (column + 1) * scaleX; x++) {
                double area =
                        shared(y, row * scaleY, (row + 1) * scaleY)
                                * shared(x, column * scaleX, (column + 1) * scaleX);
                sum.fma(area / (scaleX * scaleY), fine[y][x]);
            }
        }
        return sum;
    }

    private static double shared(int texel, double from, double to) {
        return Math.max(0, Math.min(texel + 1, to) - Math.max(texel, from));
    }

    private static Vector3d bilinear(Vector3d[][] rows, Vector2d uv) {
        double x = uv.x * rows[0].length - 0.5;
        double y = uv.y * rows.length - 0.5;
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        Vector3d upper = texel(rows, left, top).lerp(texel(rows, left + 1, top), x - left);
        Vector3d lower = texel(rows, left, top + 1).lerp(texel(rows, left + 1, top + 1), x - left);
        return upper.lerp(lower, y - top);
    }

    private static Vector3d texel(Vector3d[][] rows, int x, int y) {
        return new Vector3d(rows[Math.floorMod(y, rows.length)][Math.floorMod(x, rows[0].length)]);
    }

    private double softMask(double x, double y) {
        double m = settings.boxLen();
        List<Double> distances = new ArrayList<>();
        for (Outline o : outlines) {
            if (x >= o.minX - m && x <= o.maxX + m && y >= o.minY - m && y <= o.maxY + m) {
                distances.add(squaredDistance(o.corners, x, y));
            }
        }
        distances.sort(Comparator.naturalOrder());
        double miss = 1;
        for (int i = 0; i < Math.min(settings.knum(), distances.size()); i++) {
            miss *= 1 - Math.exp(-distances.get(i) * settings.sigmaInv());
        }
        return 1 - miss;
    }

    /** The part of a face in front of the near plane, on screen; empty when it is not drawn. */
    private List<Vector2d> outline(int face) {
        Vector4d[] corners = new Vector4d[3];
        for (int k = 0; k < 3; k++) {
            corners[k] = clip.transform(new Vector4d(position(face, k), 1));
        }
        List<Vector2d> outline = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            Vector4d a = corners[k];
            Vector4d b = corners[(k + 1) % 3];
            double near = a.z + a.w;
            double next = b.z + b.w;
            if (near > 0) {
                outline.add(screen(a));
            }
            if (near > 0 != next > 0) {
                outline.add(screen(a.lerp(b, near / (near - next), new Vector4d())));
            }
        }
        double area = 0;
        for (int k = 0; k < outline.size(); k++) {
            Vector2d a = outline.get(k);
            Vector2d b = outline.get((k + 1) % outline.size());
            area += a.x * b.y - a.y * b.x;
        }
        boolean hidden = !(Math.abs(area) > 1e-12) || settings.cullBackFaces() && area < 0;
        return hidden ? List.of() : outline;
    }

    private Vector2d screen(Vector4d p) {
        return new Vector2d(aspect * p.x / p.w, p.y / p.w);
    }

    private List<Outline> outlines() {
        List<Outline> result = new ArrayList<>();
        for (int f = 0; f < faceCount; f++) {
            List<Vector2d> corners = outline(f);
            if (corners.size() >= 3) {
                Vector2d min = new Vector2d(corners.get(0));
                Vector2d max = new Vector2d(min);
                for (Vector2d corner : corners) {
                    min.min(corner);
                    max.max(corner);
                }
                result.add(new Outline(corners, min.x, min.y, max.x, max.y));
            }
        }
        return result;
    }

    private static double squaredDistance(List<Vector2d> outline, double x, double y) {
        Vector2d p = new Vector2d(x, y);
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < outline.size(); k++) {
            Vector2d a = outline.get(k);
            Vector2d along = outline.get((k + 1) % outline.size()).sub(a, new Vector2d());
            Vector2d from = p.sub(a, new Vector2d());
            double t = along.lengthSquared() > 0 ? from.dot(along) / along.lengthSquared() : 0;
            t = Math.max(0, Math.min(1, t));
            best = Math.min(best, from.sub(along.mul(t)).lengthSquared());
        }
        return best;
    }

    /** Blends neighbours right and below across silhouette edges of the nearer one's face. */
    private void antialias(NaiveImages images, int first) {
        double[] color = images.color.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int s = first + y * width + x;
                if (x + 1 < width) {
                    blend(images, color, first, s, s + 1);
                }
                if (y + 1 < height) {
                    blend(images, color, first, s, s + width);
                }
            }
        }
    }

    private void blend(NaiveImages images, double[] color, int first, int s, int next) {
        if (images.faceIndex[s] == images.faceIndex[next]) {
            return;
        }
        boolean swap = (float) images.depth[next] < (float) images.depth[s];
        int near = swap ? next : s;
        int far = swap ? s : next;
        double t = crossing(images.faceIndex[near], centre(near - first), centre(far - first));
        if (Double.isNaN(t)) {
            return;
        }
        int moved = t < 0.5 ? near : far;
        int towards = t < 0.5 ? far : near;
        for (int c = 0; c < 3; c++) {
            images.color[3 * moved + c] +=
                    Math.abs(t - 0.5) * (color[3 * towards + c] - color[3 * moved + c]);
        }
    }

    private Vector2d centre(int sample) {
        return new Vector2d(
                aspect * ((2.0 * (sample % width) + 1) / width - 1),
                1 - (2.0 * (sample / width) + 1) / height);
    }

    /** Where the line from p to q crosses a silhouette edge of a face; NaN when it does not. */
    private double crossing(int face, Vector2d p, Vector2d q) {
        for (int k = 0; k < 3; k++) {
            int from = vertex(face, (k + 1) % 3);
            int to = vertex(face, (k + 2) % 3);
            Vector2d a = screen(from);
            Vector2d b = screen(to);
            Vector2d line = q.sub(p, new Vector2d());
            Vector2d edge = b.sub(a, new Vector2d());
            boolean across = line.x != 0;
            if (across
                    ? Math.abs(edge.x) > Math.abs(edge.y)
                    : Math.abs(edge.y) > Math.abs(edge.x)) {
                continue;
            }
            double det = line.x * edge.y - line.y * edge.x;
            Vector2d pa = a.sub(p, new Vector2d());
            double t = (pa.x * edge.y - pa.y * edge.x) / det;
            double u = (pa.x * line.y - pa.y * line.x) / det;
            if (t >= 0 && t <= 1 && u >= 0 && u <= 1 && silhouette(face, from, to)) {
                return t;
            }
        }
        return Double.NaN;
    }

    private Vector2d screen(int vertex) {
        int v = 3 * (base + vertex);
        double[] p = scene.positions;
        return screen(clip.transform(new Vector4d(p[v], p[v + 1], p[v + 2], 1)));
    }

    private boolean silhouette(int face, int from, int to) {
        for (int f = 0; f < faceCount; f++) {
            List<Integer> corners = List.of(vertex(f, 0), vertex(f, 1), vertex(f, 2));
            if (f != face && corners.contains(from) && corners.contains(to)) {
                return area(f) * area(face) < 0;
            }
        }
        return true;
    }

    private double area(int face) {
        Vector2d a = screen(vertex(face, 0));
        Vector2d b = screen(vertex(face, 1)).sub(a);
        Vector2d c = screen(vertex(face, 2)).sub(a);
        return b.x * c.y - b.y * c.x;
    }

    private NaiveImages resolve(NaiveImages samples) {
        int n = settings.supersampling();
        int pixels = settings.batch() * settings.width() * settings.height();
        NaiveImages images = new NaiveImages(pixels, scene.attributeCount, samples.color != null);
        for (int p = 0; p < pixels; p++) {
            int row = p / settings.width();
            int column = p % settings.width();
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    int s = (row * n + j) * width + column * n + i;
                    add(samples.color, s, images.color, p, 3);
                    add(samples.attributes, s, images.attributes, p, scene.attributeCount);
                    add(samples.softMask, s, images.softMask, p, 1);
                    if (i == n / 2 && j == n / 2) {
                        images.depth[p] = samples.depth[s];
                        images.faceIndex[p] = samples.faceIndex[s];
                        System.arraycopy(samples.barycentric, 3 * s, images.barycentric, 3 * p, 3);
                    }
                }
            }
        }
        return images;
    }

    private void add(double[] from, int s, double[] to, int p, int channels) {
        double share = 1.0 / (settings.supersampling() * settings.supersampling());
        for (int c = 0; from != null && c < channels; c++) {
            to[p * channels + c] += share * from[s * channels + c];
        }
    }
}
