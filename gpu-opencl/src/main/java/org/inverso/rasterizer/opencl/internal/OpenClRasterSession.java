/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl.internal;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.rasterizer.internal.CornerGradients;
import org.inverso.rasterizer.internal.Frame;
import org.inverso.rasterizer.internal.LightGradients;
import org.inverso.rasterizer.internal.NearClip;
import org.inverso.rasterizer.internal.Outline;
import org.inverso.rasterizer.internal.RasterPasses;
import org.inverso.rasterizer.internal.Resolve;
import org.inverso.rasterizer.internal.SampleGrid;
import org.inverso.rasterizer.internal.WorkerPool;
import org.inverso.rasterizer.opencl.internal.RasterKernels.Program;
import org.inverso.runtime.aparapi.OpenClKernel;
import org.inverso.runtime.aparapi.OpenClKernel.Parameter;

/** The passes by sample and by face as OpenCL kernels. */
public final class OpenClRasterSession extends RasterPasses {
    /** Faces to a task of the host. */
    private static final int OUTLINE_CHUNK = 1024;

    private final RasterKernels kernels;
    private final int knum;
    private final Map<Program, Launch> launches = new EnumMap<>(Program.class);

    /** What kernels may ask for, by the parameter's name. */
    private final Map<String, Object> arrays = new HashMap<>();

    private final LightGradients lightGradients;
    private final int[] shape = new int[Shape.values().length];
    private final float[] scale;

    /** {@code float[B*F*8]}, see {@link Outline}; of faces that are not hidden. */
    private final float[] outlines;

    /** {@code float[B*F*8]}, gradients of outlines; of touched faces. */
    private final float[] outlineGradients;

    private final NearClip[] clips;
    private final WorkerPool.Task outlining = this::outline;
    private final NearClip clipBackward = new NearClip();
    private final double[] cornerGradient = new double[12];
    private final float[] background = new float[3];
    private final float[] noFloats = new float[1];
    private final int[] noInts = new int[1];
    private int[] places = new int[3];
    private float[] blended;
    private float[] unblended;
    private float[] albedo;
    private boolean left;

    public OpenClRasterSession(
            RasterKernels kernels,
            WorkerPool pool,
            int[] faces,
            int vertexCount,
            RasterSettings settings) {
        super(pool, faces, vertexCount, settings, RasterKernels.BLOCK);
        this.kernels = kernels;
        SampleGrid grid = frame.grid;
        int faceCount = frame.topology.faceCount;
        // More than there are faces are never in reach.
        knum = Math.min(settings.knum(), Math.max(1, faceCount));
        if (knum > RasterKernels.MOST_KNUM) {
            throw new IllegalArgumentException(
                    "knum is %d; on OpenCL it is %d at most"
                            .formatted(knum, RasterKernels.MOST_KNUM));
        }
        int chunks = (faceCount + RasterKernels.CHUNK - 1) / RasterKernels.CHUNK;
        lightGradients = new LightGradients(frame, chunks);
        outlines = new float[Math.multiplyExact(Outline.SIZE, grid.views * faceCount)];
        outlineGradients = new float[outlines.length];
        clips = new NearClip[pool.threads()];
        Arrays.setAll(clips, i -> new NearClip());
        scale =
                new float[] {
                    settings.sigmaInv(), frame.margin, 2f / grid.height, (float) grid.aspect
                };
        put(Shape.VIEWS, grid.views);
        put(Shape.WIDTH, grid.width);
        put(Shape.HEIGHT, grid.height);
        put(Shape.BLOCKS_X, grid.tilesX);
        put(Shape.BLOCKS, grid.tiles);
        put(Shape.VERTICES, vertexCount);
        put(Shape.FACES, faceCount);
        put(Shape.KNUM, knum);
        put(Shape.SOFT, frame.soft());
        put(Shape.SHADING, settings.shading().ordinal());
        put(Shape.LIGHT_NUMBERS, lightGradients.size - 3);
        bindFixed(chunks);
        kernels.enter();
    }

    private void put(Shape at, int value) {
        shape[at.ordinal()] = value;
    }

    private void put(Shape at, boolean value) {
        put(at, value ? 1 : 0);
    }

    /** Arrays that stay the same while the session lives. */
    private void bindFixed(int chunks) {
        SampleGrid grid = frame.grid;
        int samples = grid.views * grid.samples;
        int lanes = RasterKernels.LANES;
        int padded = (grid.width + lanes - 1) / lanes * lanes;
        float[] screenX = Arrays.copyOf(grid.screenX, padded);
        Arrays.fill(screenX, grid.width, padded, grid.screenX[grid.width - 1]);
        launches.put(Program.VISIBILITY, new Launch(grid.views * grid.tiles));
        int groups = (grid.samples + lanes - 1) / lanes;
        launches.put(Program.SHADE, new Launch(grid.views * groups));
        launches.put(Program.BLEND, new Launch(samples));
        launches.put(Program.GATHER, new Launch(grid.views * chunks));
        bind("shape", shape);
        bind("scale", scale);
        bind("faces", frame.topology.faces);
        bind("neighbours", frame.topology.neighbours);
        bind("clip", frame.clip);
        bind("vertex_depth", frame.vertexDepth);
        bind("vertex_x", frame.screenX);
        bind("vertex_y", frame.screenY);
        bind("face_state", frame.faceState);
        bind("front", frame.front);
        bind("face_box", frame.faceBox);
        bind("outlines", outlines);
        bind("outline_gradient", outlineGradients);
        bind("bin_start", frame.binStart);
        bind("ndc_x", Arrays.copyOf(grid.ndcX, padded));
        bind("ndc_y", grid.ndcY);
        bind("screen_x", screenX);
        bind("screen_y", grid.screenY);
        bind("depth", frame.depth);
        bind("face_index", frame.faceIndex);
        bind("barycentric", frame.barycentric);
        bind("soft_mask", frame.softMask);
        bind("miss", frame.soft() ? frame.miss : noFloats);
        bind("farthest", frame.soft() ? frame.farthest : noFloats);
        bind("farthest_face", frame.soft() ? frame.farthestFace : noInts);
        bind("block_reach", new float[grid.views * grid.tiles]);
        bind("eye", frame.eye);
        bind("touched", corners.touched);
        bind("light_partial", lightGradients.partial);
        bind("background", background);
    }

    private void bind(String name, Object array) {
        arrays.put(name, array);
    }

    private void bindOr(String name, float[] array) {
        bind(name, array == null ? noFloats : array);
    }

    @Override
    protected float[] draw() {
        RasterScene scene = frame.scene;
        int faceCount = frame.grid.views * frame.topology.faceCount;
        run(outlining, (faceCount + OUTLINE_CHUNK - 1) / OUTLINE_CHUNK);
        bind("bin_faces", frame.binFaces);
        launch(Program.VISIBILITY);
        if (frame.shaded == null && frame.attributes == null) {
            return null;
        }
        bindScene(scene);
        launch(Program.SHADE);
        if (!frame.settings.antialias() || frame.shaded == null) {
            return frame.shaded;
        }
        blended = Resolve.sized(blended, frame.shaded.length);
        blend(frame.shaded, blended, false);
        return blended;
    }

    private void bindScene(RasterScene scene) {
        put(Shape.CHANNELS, scene.attributeCount);
        put(Shape.HAS_COLOR, frame.shaded != null);
        put(Shape.HAS_TEXTURE, scene.texture != null);
        put(Shape.HAS_LEVELS, frame.level != null);
        if (scene.texture != null) {
            bindTexture(scene);
        }
        boolean lit = frame.settings.shading() != RasterSettings.Shading.NONE;
        bindOr("attributes", scene.attributes);
        bindOr("uvs", scene.texture == null ? null : scene.uvs);
        bindOr("texture", scene.texture);
        bindOr("coarse", frame.level == null ? null : texture.texels(1));
        bind("places", places);
        bindOr("normals", lit ? frame.normals : null);
        bind("positions", scene.positions);
        bindOr("lights", lit ? scene.lights : null);
        bindOr("sample_attributes", frame.attributes);
        bindOr("color", frame.shaded);
        bindOr("levels", frame.level);
        for (int c = 0; c < 3; c++) {
            background[c] = scene.background == null ? 0 : scene.background[c];
        }
    }

    private void bindTexture(RasterScene scene) {
        int levels = texture.levels;
        put(Shape.LEVELS, levels);
        put(Shape.TEXTURE_WIDTH, scene.textureWidth);
        put(Shape.TEXTURE_HEIGHT, scene.textureHeight);
        put(Shape.COARSE_SIZE, texture.coarseLength() / frame.grid.views);
        if (places.length != 3 * levels) {
            places = new int[3 * levels];
        }
        for (int l = 0; l < levels; l++) {
            places[3 * l] = texture.width(l);
            places[3 * l + 1] = texture.height(l);
            places[3 * l + 2] = texture.offset(0, l);
        }
    }

    /** Outlines of faces that are not hidden, of all views one after the other. */
    private void outline(int index, int worker) {
        int faceCount = frame.topology.faceCount;
        int end = Math.min((index + 1) * OUTLINE_CHUNK, frame.faceState.length);
        for (int i = index * OUTLINE_CHUNK; i < end; i++) {
            if (frame.faceState[i] != Frame.HIDDEN) {
                int view = i / faceCount;
                Outline.load(
                        frame,
                        view,
                        i - view * faceCount,
                        clips[worker],
                        outlines,
                        Outline.SIZE * i);
            }
        }
    }

    private void blend(float[] source, float[] target, boolean backward) {
        put(Shape.BACKWARD, backward);
        bind("source", source);
        bind("target", target);
        launch(Program.BLEND);
    }

    @Override
    protected float[] gather(RasterUpstream from) {
        RasterScene scene = frame.scene;
        RasterUpstream upstream = resolve.toSamples(from);
        float[] color = frame.shaded == null ? null : upstream.color;
        boolean edges = frame.settings.antialias() && color != null;
        bindScene(scene);
        bindOr("blended", edges ? color : null);
        if (edges) {
            unblended = Resolve.sized(unblended, color.length);
            blend(color, unblended, true);
            color = unblended;
        }
        float[] attributes = frame.attributes == null ? null : upstream.attributes;
        float[] softMask = frame.soft() ? upstream.softMask : null;
        put(Shape.GRADIENT_EDGES, edges);
        put(Shape.GRADIENT_COLOR, color != null);
        put(Shape.GRADIENT_ATTRIBUTES, attributes != null);
        put(Shape.GRADIENT_DEPTH, upstream.depth != null);
        put(Shape.GRADIENT_BARYCENTRIC, upstream.barycentric != null);
        put(Shape.GRADIENT_SOFT_MASK, softMask != null);
        put(Shape.STRIDE, corners.stride());
        put(Shape.ATTRIBUTE_OFFSET, corners.attributeOffset());
        bindOr("gradient_color", color);
        bindOr("gradient_attributes", attributes);
        bindOr("gradient_depth", upstream.depth);
        bindOr("gradient_barycentric", upstream.barycentric);
        bindOr("gradient_soft_mask", softMask);
        boolean textured = scene.texture != null && color != null;
        albedo = textured ? Resolve.sized(albedo, color.length) : null;
        bindOr("albedo", albedo);
        bind("corners", corners.values);
        launch(Program.GATHER);
        if (softMask != null) {
            cutFaces();
        }
        return albedo;
    }

    /** Takes the gradients of outlines that the near plane cut to the faces' corners. */
    private void cutFaces() {
        int faceCount = frame.topology.faceCount;
        int stride = corners.stride();
        double aspect = frame.grid.aspect;
        for (int i = 0; i < frame.faceState.length; i++) {
            if (frame.faceState[i] != Frame.CUT || !corners.touched[i]) {
                continue;
            }
            int view = i / faceCount;
            int[] faces = frame.topology.faces;
            int base = view * frame.topology.vertexCount;
            int face = 3 * (i - view * faceCount);
            clipBackward.clip(
                    frame.clip,
                    4 * (base + faces[face]),
                    4 * (base + faces[face + 1]),
                    4 * (base + faces[face + 2]),
                    aspect);
            Arrays.fill(cornerGradient, 0);
            for (int k = 0; k < clipBackward.count; k++) {
                int o = Outline.SIZE * i + 2 * k;
                clipBackward.backward(
                        k, outlineGradients[o], outlineGradients[o + 1], aspect, cornerGradient);
            }
            for (int k = 0; k < 3; k++) {
                int o = (3 * i + k) * stride + CornerGradients.CLIP;
                for (int axis = 0; axis < 4; axis++) {
                    corners.values[o + axis] += (float) cornerGradient[4 * k + axis];
                }
            }
        }
    }

    @Override
    protected LightGradients lightGradients() {
        return lightGradients;
    }

    private void launch(Program program) {
        launches.get(program).run(kernels.kernel(program, knum), kernels.group(program), arrays);
    }

    @Override
    public void close() {
        super.close();
        if (!left) {
            left = true;
            kernels.leave();
        }
    }

    /** A kernel's work items, and a place for its arguments. */
    private static final class Launch {
        private final int items;
        private Object[] arguments;

        Launch(int items) {
            this.items = items;
        }

        void run(OpenClKernel kernel, int group, Map<String, Object> arrays) {
            List<Parameter> parameters = kernel.parameters();
            if (arguments == null) {
                arguments = new Object[parameters.size()];
            }
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = arrays.get(parameters.get(i).name());
                if (arguments[i] == null) {
                    throw new IllegalStateException("nothing bound to " + parameters.get(i).name());
                }
            }
            if (items > 0) {
                kernel.launch(items, group, arguments);
            }
        }
    }
}
