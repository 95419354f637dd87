/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.internal;

import org.inverso.api.raster.RasterGradients;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;

/**
 * Puts the passes in order. What is done by vertex, and what is serial by nature, is done here;
 * what is done by sample and by face is the subclass's, on whatever it runs on.
 */
public abstract class RasterPasses implements RasterSession {
    private final WorkerPool pool;
    private final Job job;
    private final boolean lit;
    private final Eye eye;
    private final VertexProjection projection;
    private final VertexNormals vertexNormals;
    private final Together projectionAndNormals;
    private final FaceSetup setup;
    private final Binning binning;
    private final VertexBackward ownNormalsBackward;
    private final VertexBackward givenNormalsBackward;
    private final TextureBackward textureBackward;
    private final RasterGradients gradients = new RasterGradients();
    private boolean rendered;
    private boolean closed;

    /** What the passes find out. */
    protected final Frame frame;

    /** The scene's texture and its mip levels. */
    protected final TextureLevels texture;

    /** From samples to pixels and back. */
    protected final Resolve resolve;

    /** To be filled by {@link #gather}. */
    protected final CornerGradients corners;

    /**
     * @param tile side of the square tiles that faces are sorted into, samples
     */
    protected RasterPasses(
            WorkerPool pool, int[] faces, int vertexCount, RasterSettings settings, int tile) {
        this.pool = pool;
        int threads = pool.threads();
        job = new Job(threads);
        frame = new Frame(new Topology(faces, vertexCount), settings, tile);
        lit = settings.shading() != Shading.NONE;
        eye = settings.shading() == Shading.PHONG ? new Eye() : null;
        projection = new VertexProjection(frame);
        vertexNormals = lit ? new VertexNormals(frame) : null;
        projectionAndNormals =
                lit
                        ? new Together(
                                projection,
                                projection.count(),
                                vertexNormals,
                                vertexNormals.count())
                        : null;
        setup = new FaceSetup(frame, threads);
        binning = new Binning(frame, threads);
        texture = new TextureLevels(settings.batch());
        resolve = new Resolve(frame);
        corners = new CornerGradients(frame);
        ownNormalsBackward = new VertexBackward(frame, corners, vertexNormals, threads);
        givenNormalsBackward = new VertexBackward(frame, corners, null, threads);
        textureBackward = new TextureBackward(frame, texture, threads);
        gradients.view = new float[16 * settings.batch()];
        gradients.projection = new float[16 * settings.batch()];
        gradients.positions = new float[3 * settings.batch() * vertexCount];
    }

    /**
     * Fills the frame's samples from its faces and bins.
     *
     * @return colour of samples, antialiased if so set; null when the scene has no albedo
     */
    protected abstract float[] draw();

    /**
     * Fills {@link #corners} and light gradients from images' gradients.
     *
     * @return {@code float[B*samples*3]}, gradient with regard to covered samples' albedo; null
     *     without texture or without gradient of colour
     */
    protected abstract float[] gather(RasterUpstream upstream);

    /** Light's gradients after {@link #gather}. */
    protected abstract LightGradients lightGradients();

    /** Most faces of a tile. */
    protected final int largestBin() {
        return binning.largest;
    }

    /** Runs a task on all threads of the pool. */
    protected final void run(WorkerPool.Task task, int count) {
        pool.run(job, task, count);
    }

    @Override
    public final RasterImages forward(RasterScene scene) {
        requireOpen();
        SceneCheck.check(scene, frame.settings, frame.topology.vertexCount);
        rendered = false;
        bind(scene);
        if (lit && scene.normals == null) {
            run(projectionAndNormals, projectionAndNormals.count());
        } else {
            run(projection, projection.count());
        }
        if (eye != null) {
            for (int view = 0; view < frame.grid.views; view++) {
                eye.forward(scene.view, view, frame.eye);
            }
        }
        run(setup, setup.count());
        run(binning.counting, binning.count());
        binning.allocate();
        run(binning.filling, binning.count());
        if (frame.level != null) {
            run(texture.building, frame.grid.views);
        }
        float[] color = draw();
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
    public final RasterGradients backward(RasterUpstream upstream) {
        requireOpen();
        if (!rendered) {
            throw new IllegalStateException("backward needs a forward pass before it");
        }
        RasterScene scene = frame.scene;
        SceneCheck.check(upstream, scene, frame.settings);
        bindGradients(scene);
        corners.bind(scene.attributeCount);
        float[] albedo = gather(upstream);
        boolean ownNormals = lit && scene.normals == null;
        VertexBackward vertices = ownNormals ? ownNormalsBackward : givenNormalsBackward;
        vertices.bind(gradients);
        run(vertices, vertices.count());
        if (ownNormals) {
            run(vertices.throughNormals, vertices.count());
        }
        vertices.reduceMatrices();
        lightGradients().reduce(eye, gradients);
        if (scene.texture != null) {
            textureBackward.bind(gradients.texture, albedo);
            run(textureBackward, frame.grid.views);
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
