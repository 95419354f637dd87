/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import java.util.Arrays;
import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;

/** Puts the passes in order. */
public final class JvmRasterSession implements RasterSession {
    private final WorkerPool pool;
    private final WorkerPool.Job job = new WorkerPool.Job();
    private final Frame frame;
    private final boolean lit;
    private final boolean glossy;
    private final Eye eye = new Eye();
    private final VertexProjection projection;
    private final VertexNormals vertexNormals;
    private final FaceSetup setup;
    private final Binning binning;
    private final TextureLevels texture;
    private final TilePass tiles;
    private final Antialias antialias;
    private final Resolve resolve;
    private final SampleGradients sampleGradients;
    private final FaceBackward faceBackward;
    private final VertexBackward ownNormalsBackward;
    private final VertexBackward givenNormalsBackward;
    private final TextureBackward textureBackward;
    private final RasterGradients gradients = new RasterGradients();
    private boolean rendered;
    private boolean closed;

    public JvmRasterSession(
            WorkerPool pool, int[] faces, int vertexCount, RasterSettings settings) {
        this.pool = pool;
        int threads = pool.threads();
        frame = new Frame(new Topology(faces, vertexCount), settings);
        lit = settings.shading() != Shading.NONE;
        glossy = settings.shading() == Shading.PHONG;
        projection = new VertexProjection(frame);
        vertexNormals = lit ? new VertexNormals(frame) : null;
        setup = new FaceSetup(frame, threads);
        binning = new Binning(frame);
        texture = new TextureLevels(settings.batch());
        tiles = new TilePass(frame, texture, threads);
        antialias = settings.antialias() ? new Antialias(frame, threads) : null;
        resolve = new Resolve(frame);
        sampleGradients = new SampleGradients(frame, resolve);
        faceBackward = new FaceBackward(frame, sampleGradients, texture, threads);
        ownNormalsBackward = new VertexBackward(frame, faceBackward, vertexNormals, threads);
        givenNormalsBackward = new VertexBackward(frame, faceBackward, null, threads);
        textureBackward = new TextureBackward(frame, texture);
        gradients.view = new float[16 * settings.batch()];
        gradients.projection = new float[16 * settings.batch()];
        gradients.positions = new float[3 * settings.batch() * vertexCount];
    }

    @Override
    public RasterImages forward(RasterScene scene) {
        requireOpen();
        SceneCheck.check(scene, frame.settings, frame.topology.vertexCount);
        rendered = false;
        bind(scene);
        pool.run(job, projection, projection.count());
        if (lit && scene.normals == null) {
            pool.run(job, vertexNormals, vertexNormals.count());
        }
        if (glossy) {
            for (int view = 0; view < frame.grid.views; view++) {
                eye.forward(scene.view, view, frame.eye);
            }
        }
        pool.run(job, setup, setup.count());
        pool.run(job, binning.counting, binning.count());
        binning.allocate();
        pool.run(job, binning.filling, binning.count());
        if (frame.level != null) {
            pool.run(job, texture.building, frame.grid.views);
        }
        pool.run(job, tiles, tiles.count());
        float[] color = frame.shaded;
        if (antialias != null && color != null) {
            pool.run(job, antialias.analysing, antialias.count());
            pool.run(job, antialias.blending(), antialias.count());
            color = antialias.blended;
        }
        rendered = true;
        return resolve.toPixels(color);
    }

    private void bind(RasterScene scene) {
        frame.scene = scene;
        int samples = frame.grid.views * frame.grid.samples;
        int c = scene.attributeCount;
        frame.attributes = c == 0 ? null : Resolve.sized(frame.attributes, samples * c);
        boolean albedo = scene.texture != null || c >= 3;
        frame.shaded = albedo ? Resolve.sized(frame.shaded, 3 * samples) : null;
        boolean levels = scene.texture != null && scene.mipmaps;
        frame.level = levels ? Resolve.sized(frame.level, samples) : null;
        texture.bind(scene);
        frame.levels = texture.levels;
        if (lit) {
            frame.normals = scene.normals == null ? vertexNormals.unit : scene.normals;
        }
    }

    @Override
    public RasterGradients backward(RasterUpstream upstream) {
        requireOpen();
        if (!rendered) {
            throw new IllegalStateException("backward needs a forward pass before it");
        }
        RasterScene scene = frame.scene;
        SceneCheck.check(upstream, scene, frame.settings);
        sampleGradients.bind(upstream);
        if (sampleGradients.hasSoft()) {
            pool.run(job, sampleGradients.collecting, sampleGradients.rows());
        }
        if (antialias != null && sampleGradients.color != null) {
            pool.run(job, antialias.backward(sampleGradients.color), antialias.count());
            sampleGradients.blendedColor = sampleGradients.color;
            sampleGradients.color = antialias.gradient;
        }
        bindGradients(scene);
        faceBackward.bind();
        pool.run(job, faceBackward, faceBackward.count());
        boolean ownNormals = lit && scene.normals == null;
        VertexBackward vertices = ownNormals ? ownNormalsBackward : givenNormalsBackward;
        vertices.bind(gradients);
        pool.run(job, vertices, vertices.count());
        if (ownNormals) {
            pool.run(job, vertices.throughNormals, vertices.count());
        }
        vertices.reduceMatrices();
        reduceLights(scene);
        if (scene.texture != null) {
            textureBackward.bind(
                    gradients.texture, sampleGradients.color == null ? null : faceBackward.albedo);
            pool.run(job, textureBackward, frame.grid.views);
        }
        return gradients;
    }

    private void bindGradients(RasterScene scene) {
        gradients.attributes = sizedAs(gradients.attributes, scene.attributes);
        gradients.texture = sizedAs(gradients.texture, scene.texture);
        // Without shading nothing writes to the gradient of given normals; a new array is zeros.
        gradients.normals = sizedAs(gradients.normals, scene.normals);
        gradients.lights = sizedAs(gradients.lights, scene.lights);
    }

    private static float[] sizedAs(float[] array, float[] model) {
        return model == null ? null : Resolve.sized(array, model.length);
    }

    private void reduceLights(RasterScene scene) {
        int size = faceBackward.partialSize;
        int numbers = size - 3;
        int chunks = faceBackward.chunks();
        if (gradients.lights != null) {
            Arrays.fill(gradients.lights, 0);
        }
        for (int view = 0; view < frame.grid.views; view++) {
            for (int k = 0; k < numbers; k++) {
                gradients.lights[view * numbers + k] = (float) sum(view, k, chunks, size);
            }
            if (glossy) {
                eye.backward(
                        scene.view,
                        view,
                        sum(view, numbers, chunks, size),
                        sum(view, numbers + 1, chunks, size),
                        sum(view, numbers + 2, chunks, size),
                        gradients.view);
            }
        }
    }

    private double sum(int view, int k, int chunks, int size) {
        double sum = 0;
        for (int c = 0; c < chunks; c++) {
            sum += faceBackward.partial[(view * chunks + c) * size + k];
        }
        return sum;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
