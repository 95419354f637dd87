/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.stream.IntStream;
import org.inverso.api.asset.Asset;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4f;
import org.joml.Vector4f;

/**
 * Renders surfaces in two passes: the rasterizer finds the face of every sample, then each face
 * within each pixel is shaded once, as in multisampling.
 */
final class ViewRenderer {

    private static final int BAND = 16;

    private final DifferentiableRasterizer rasterizer;
    private final int samples;

    /**
     * @param samples a pixel's side
     */
    ViewRenderer(DifferentiableRasterizer rasterizer, int samples) {
        this.rasterizer = rasterizer;
        this.samples = samples;
    }

    /**
     * @param softness of the light, see {@link Studio}
     */
    Layer render(Surface surface, Viewpoint viewpoint, int width, int height, float softness) {
        Layer layer = nearest(surface, viewpoint, width, height, softness);
        if (surface.translucent()) {
            // Of several translucent faces, one behind another, only the nearest shows.
            layer.putBehind(nearest(surface.opaque(), viewpoint, width, height, softness));
        }
        return layer;
    }

    private Layer nearest(
            Surface surface, Viewpoint viewpoint, int width, int height, float softness) {
        AssetMesh mesh = surface.mesh();
        RasterSettings settings =
                RasterSettings.of(1)
                        .withSize(width * samples, height * samples)
                        .withSoftMask(0, 0, 1);
        RasterScene scene = new RasterScene();
        scene.positions = mesh.positions();
        scene.view = viewpoint.view().get(new float[16]);
        scene.projection = viewpoint.projection().get(new float[16]);
        Layer layer = new Layer(width, height);
        try (RasterSession session = rasterizer.open(mesh.faces(), mesh.vertexCount(), settings)) {
            RasterImages images = session.forward(scene);
            Faces faces = new Faces(surface, viewpoint, width * samples, height * samples);
            int bands = (height + BAND - 1) / BAND;
            IntStream.range(0, bands)
                    .parallel()
                    .forEach(
                            band ->
                                    new Shading(
                                                    surface, faces, images, viewpoint, softness,
                                                    samples, layer)
                                            .rows(
                                                    band * BAND,
                                                    Math.min(height, (band + 1) * BAND)));
        }
        return layer;
    }

    /** What is the same for all of a face in one view. */
    private static final class Faces {

        /** 1 when seen from the outside, -1 from the inside. */
        final byte[] side;

        /** Level of the texture that suits the face's size on screen. */
        final byte[] textureLevel;

        Faces(Surface surface, Viewpoint viewpoint, int samplesX, int samplesY) {
            AssetMesh mesh = surface.mesh();
            float[] screen = project(mesh, viewpoint, samplesX, samplesY);
            int[] f = mesh.faces();
            float[] uv = mesh.uvs();
            side = new byte[mesh.faceCount()];
            textureLevel = new byte[mesh.faceCount()];
            for (int i = 0; i < side.length; i++) {
                double onScreen = area(screen, f[3 * i], f[3 * i + 1], f[3 * i + 2]);
                // Rows run downwards, so counter-clockwise faces have negative areas.
                side[i] = (byte) (onScreen <= 0 ? 1 : -1);
                MipTexture texture = surface.texture(i);
                if (texture != null) {
                    double texels =
                            Math.abs(area(uv, f[3 * i], f[3 * i + 1], f[3 * i + 2]))
                                    * texture.width()
                                    * texture.height();
                    double ratio = texels / Math.max(0.05, Math.abs(onScreen));
                    textureLevel[i] = (byte) texture.level(Math.sqrt(ratio));
                }
            }
        }

        private static float[] project(
                AssetMesh mesh, Viewpoint viewpoint, int samplesX, int samplesY) {
            Matrix4f toClip = new Matrix4f(viewpoint.projection()).mul(viewpoint.view());
            float[] p = mesh.positions();
            float[] screen = new float[2 * mesh.vertexCount()];
            Vector4f v = new Vector4f();
            for (int i = 0; i < mesh.vertexCount(); i++) {
                toClip.transform(v.set(p[3 * i], p[3 * i + 1], p[3 * i + 2], 1));
                screen[2 * i] = 0.5f * samplesX * v.x / v.w;
                screen[2 * i + 1] = -0.5f * samplesY * v.y / v.w;
            }
            return screen;
        }

        /** Twice the signed area. */
        private static double area(float[] p, int a, int b, int c) {
            return (double) (p[2 * b] - p[2 * a]) * (p[2 * c + 1] - p[2 * a + 1])
                    - (double) (p[2 * b + 1] - p[2 * a + 1]) * (p[2 * c] - p[2 * a]);
        }
    }

    /** Shading of some rows by one thread. */
    private static final class Shading {

        private final Surface surface;
        private final Faces faces;
        private final RasterImages images;
        private final Studio studio;
        private final Layer layer;
        private final int samples;
        private final float[] rgb = new float[3];

        Shading(
                Surface surface,
                Faces faces,
                RasterImages images,
                Viewpoint viewpoint,
                float softness,
                int samples,
                Layer layer) {
            this.samples = samples;
            this.surface = surface;
            this.faces = faces;
            this.images = images;
            this.studio = new Studio(viewpoint, softness);
            this.layer = layer;
        }

        void rows(int from, int to) {
            int n = samples * samples;
            int rowLength = layer.width() * samples;
            int[] sample = new int[n];
            for (int y = from; y < to; y++) {
                for (int x = 0; x < layer.width(); x++) {
                    int first = y * samples * rowLength + x * samples;
                    for (int s = 0; s < n; s++) {
                        sample[s] = first + s / samples * rowLength + s % samples;
                    }
                    pixel(sample, 4 * (y * layer.width() + x));
                }
            }
        }

        private void pixel(int[] sample, int at) {
            float weight = 1f / sample.length;
            for (int s = 0; s < sample.length; s++) {
                int face = images.faceIndex[sample[s]];
                if (face < 0 || shadedBefore(sample, s, face)) {
                    continue;
                }
                int count = 0;
                float b0 = 0;
                float b1 = 0;
                for (int t = s; t < sample.length; t++) {
                    if (images.faceIndex[sample[t]] == face) {
                        count++;
                        b0 += images.barycentric[3 * sample[t]];
                        b1 += images.barycentric[3 * sample[t] + 1];
                    }
                }
                shade(face, b0 / count, b1 / count);
                float share = weight * count;
                for (int c = 0; c < 3; c++) {
                    layer.rgba()[at + c] += share * rgb[c];
                }
                layer.rgba()[at + 3] += share * surface.opacity(face);
            }
        }

        private boolean shadedBefore(int[] sample, int s, int face) {
            for (int t = 0; t < s; t++) {
                if (images.faceIndex[sample[t]] == face) {
                    return true;
                }
            }
            return false;
        }

        private void shade(int face, float b0, float b1) {
            float b2 = 1 - b0 - b1;
            AssetMesh mesh = surface.mesh();
            int i = mesh.faces()[3 * face];
            int j = mesh.faces()[3 * face + 1];
            int k = mesh.faces()[3 * face + 2];
            Asset.Material material = surface.material(face);
            float[] base = material.baseColor();
            MipTexture texture = surface.texture(face);
            if (texture == null) {
                rgb[0] = base[0];
                rgb[1] = base[1];
                rgb[2] = base[2];
            } else {
                float[] uv = mesh.uvs();
                float u = b0 * uv[2 * i] + b1 * uv[2 * j] + b2 * uv[2 * k];
                float v = b0 * uv[2 * i + 1] + b1 * uv[2 * j + 1] + b2 * uv[2 * k + 1];
                texture.sample(faces.textureLevel[face], u, v, rgb);
                rgb[0] *= base[0];
                rgb[1] *= base[1];
                rgb[2] *= base[2];
            }
            float[] p = mesh.positions();
            float px = b0 * p[3 * i] + b1 * p[3 * j] + b2 * p[3 * k];
            float py = b0 * p[3 * i + 1] + b1 * p[3 * j + 1] + b2 * p[3 * k + 1];
            float pz = b0 * p[3 * i + 2] + b1 * p[3 * j + 2] + b2 * p[3 * k + 2];
            float[] n = mesh.normals();
            float nx = b0 * n[3 * i] + b1 * n[3 * j] + b2 * n[3 * k];
            float ny = b0 * n[3 * i + 1] + b1 * n[3 * j + 1] + b2 * n[3 * k + 1];
            float nz = b0 * n[3 * i + 2] + b1 * n[3 * j + 2] + b2 * n[3 * k + 2];
            float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
            float scale = length > 0 ? faces.side[face] / length : 0;
            studio.shade(material, px, py, pz, nx * scale, ny * scale, nz * scale, rgb);
        }
    }
}
