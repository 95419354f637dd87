/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import java.util.Random;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.raster.RasterSettings.Shading;
import org.inverso.api.raster.RasterUpstream;
import org.inverso.api.scene.OrbitCamera;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * Spheres with random colours in random light, soft mask and shaded colour: what PyTorch3D's {@code
 * SoftSilhouetteShader} and {@code SoftPhongShader} do in two renderings. The soft mask is as sharp
 * (sigma 1e-4), reaches as far (a blur radius of ln(1/1e-4 - 1) * 1e-4, there squared) and takes as
 * many faces (30). The sphere's silhouette has a radius of 0.78 of half the image.
 */
final class SphereWork implements AutoCloseable {
    private static final float SIGMA_INV = 1e4f;
    private static final float REACH = (float) Math.sqrt(Math.log(1 / 1e-4 - 1) * 1e-4);
    private static final int KNUM = 30;

    private final RasterSession session;
    private final RasterScene scene;
    private final RasterUpstream upstream = new RasterUpstream();

    SphereWork(DifferentiableRasterizer rasterizer, int size, int faces, int batch) {
        RasterSettings settings =
                RasterSettings.of(size)
                        .withBatch(batch)
                        .withSoftMask(SIGMA_INV, REACH, KNUM)
                        .withShading(Shading.SPHERICAL_HARMONICS);
        IcoSphere sphere = IcoSphere.ofFaces(faces);
        Random random = new Random(1);
        scene = scene(sphere, batch, random);
        session = rasterizer.open(sphere.faces(), sphere.vertexCount(), settings);
        // There must be a forward pass before the first backward pass.
        RasterImages images = session.forward(scene);
        upstream.color = random(images.color.length, random);
        upstream.softMask = random(images.softMask.length, random);
    }

    private static RasterScene scene(IcoSphere sphere, int batch, Random random) {
        RasterScene scene = new RasterScene();
        int numbers = sphere.positions().length;
        scene.positions = new float[batch * numbers];
        scene.view = new float[16 * batch];
        scene.projection = new float[16 * batch];
        for (int v = 0; v < batch; v++) {
            System.arraycopy(sphere.positions(), 0, scene.positions, v * numbers, numbers);
            OrbitCamera camera =
                    new OrbitCamera(40 + 22.5f * v, 15, 0, 3, 2.2f, 0, 0, new Vector3f());
            camera.view(new Matrix4f()).get(scene.view, 16 * v);
            camera.projection(new Matrix4f()).get(scene.projection, 16 * v);
        }
        scene.attributeCount = 3;
        scene.attributes = random(scene.positions.length, random);
        scene.lights = random(27 * batch, random);
        return scene;
    }

    private static float[] random(int length, Random random) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    Object forward() {
        return session.forward(scene);
    }

    /** Of the last forward pass. */
    Object backward() {
        return session.backward(upstream);
    }

    @Override
    public void close() {
        session.close();
    }
}
