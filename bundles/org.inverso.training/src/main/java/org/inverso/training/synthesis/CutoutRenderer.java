/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.CropRegion;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.geometry.Individual;
import org.inverso.geometry.IndividualSampler;
import org.inverso.geometry.PictureFit;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.VertexNormals;
import org.inverso.geometry.WeldedTopology;
import org.inverso.geometry.paint.TexturePainter;
import org.inverso.training.PictureFolder.Picture;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Renders random objects of a category: shape, pose, texture, light and camera all vary. Not safe
 * for several threads.
 */
public final class CutoutRenderer implements AutoCloseable {

    private static final int OVERSAMPLING = 2;
    private static final int RASTER = Cutout.SIZE * OVERSAMPLING;
    private static final double SMOOTH_BELOW_DEG = 40;

    /** Objects in poses or coats that do not suit their build. */
    private static final double FREE_SHARE = 0.25;

    /** Part of an object's height up to which the ground takes light from it. */
    private static final float GROUND_REACH = 1 / 3f;

    private static final float MOST_GROUND_REACH = 0.45f;

    private final CategoryModel category;
    private final ShapeModel model;
    private final IndividualSampler individuals;
    private final TexturePainter painter;
    private final List<Picture> surroundings;
    private final VertexNormals normals;
    private final RasterSession session;
    private final RasterSession shadowSession;
    private final RasterScene scene = new RasterScene();
    private final Vector3fc target;
    private final float[] vertexNormals;
    private final float[] projected;
    private final float groundReach;

    /**
     * @param target that cameras look at
     * @param surroundings pictures for reflections
     */
    public CutoutRenderer(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            TexturePainter painter,
            Vector3fc target,
            List<Picture> surroundings) {
        this.category = category;
        this.model = new ShapeModel(category);
        this.individuals = new IndividualSampler(category, FREE_SHARE);
        this.painter = painter;
        this.surroundings = surroundings;
        this.target = target;
        int[] faces = category.template().faces();
        int vertexCount = category.template().vertexCount();
        this.normals =
                new VertexNormals(
                        WeldedTopology.of(category.template()), faces, (float) SMOOTH_BELOW_DEG);
        RasterSettings hard = RasterSettings.of(RASTER).withSoftMask(0, 0, 1);
        this.session = rasterizer.open(faces, vertexCount, hard.withCullBackFaces(true));
        this.shadowSession =
                rasterizer.open(faces, vertexCount, hard.withSize(Cutout.SHADOW, Cutout.SHADOW));
        this.vertexNormals = new float[3 * vertexCount];
        this.projected = new float[3 * vertexCount];
        this.groundReach =
                Math.min(
                        MOST_GROUND_REACH,
                        GROUND_REACH * 2 * CameraCode.target(category.template()).y());
        scene.positions = new float[3 * vertexCount];
        scene.view = new float[16];
        scene.projection = new float[16];
    }

    /** One random object. */
    public Cutout render(SplittableRandom random) {
        Individual individual = individuals.sample(random);
        float[] shape = individual.shape();
        float[] pose = individual.pose();
        model.vertices(shape, pose, null, scene.positions);
        OrbitCamera camera = camera(random);
        LightRig light = LightRig.sample(random);
        Surroundings mirror =
                new Surroundings(surroundings.get(random.nextInt(surroundings.size())), light);
        float[] texture = painter.paint(individual.coats(), random);
        camera.view(new Matrix4f()).get(scene.view);
        camera.projection(new Matrix4f()).get(scene.projection);
        RasterImages images = session.forward(scene);
        normals.compute(scene.positions, vertexNormals);
        byte[] rgba = shade(images, camera, light, mirror, texture, random);
        byte[] shadow = shadow(light, random);
        return new Cutout(rgba, shadow, camera, shape, pose, light.harmonics(), small(texture));
    }

    private OrbitCamera camera(SplittableRandom random) {
        double elevation =
                category.template().skin().isPresent()
                        ? elevationOfAnimal(random)
                        : elevationOfCar(random);
        double extent = extent();
        double distance = extent * Math.exp(random.nextDouble(Math.log(1.15), Math.log(5)));
        // Nothing of a small object may lie before the near plane.
        distance = Math.max(distance, OrbitCamera.NEAR + extent);
        OrbitCamera camera =
                new OrbitCamera(
                        (float) random.nextDouble(-180, 180),
                        (float) elevation,
                        (float) (random.nextGaussian() * 1.8),
                        (float) distance,
                        1,
                        0,
                        0,
                        target);
        float half = CropRegion.FILL;
        OrbitCamera fitted = PictureFit.fit(camera, scene.positions, -half, half, -half, half);
        // The box is rarely square: its longer side is to fill the picture.
        Box box = box(fitted);
        return PictureFit.fit(
                fitted,
                scene.positions,
                -half * box.width / box.longest(),
                half * box.width / box.longest(),
                -half * box.height / box.longest(),
                half * box.height / box.longest());
    }

    private static double elevationOfCar(SplittableRandom random) {
        return random.nextInt(3) > 0
                ? Math.abs(random.nextGaussian()) * 9 - 1
                : random.nextDouble(-3, 38);
    }

    /** Animals are lower than who looks at them, and some birds are above. */
    private static double elevationOfAnimal(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextDouble(-25, 60);
            case 1, 2 -> Math.abs(random.nextGaussian()) * 9 - 1;
            default -> random.nextDouble(-4, 36);
        };
    }

    private record Box(float width, float height) {
        float longest() {
            return Math.max(width, height);
        }
    }

    private Box box(OrbitCamera camera) {
        Matrix4f clip = camera.projection(new Matrix4f()).mul(camera.view(new Matrix4f()));
        Vector3f point = new Vector3f();
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        for (int i = 0; i < scene.positions.length; i += 3) {
            clip.transformProject(
                    point.set(scene.positions[i], scene.positions[i + 1], scene.positions[i + 2]));
            low.min(point);
            high.max(point);
        }
        return new Box(high.x - low.x, high.y - low.y);
    }

    private float extent() {
        Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
        Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
        Vector3f point = new Vector3f();
        for (int i = 0; i < scene.positions.length; i += 3) {
            point.set(scene.positions[i], scene.positions[i + 1], scene.positions[i + 2]);
            low.min(point);
            high.max(point);
        }
        return high.distance(low);
    }

    private byte[] shade(
            RasterImages images,
            OrbitCamera camera,
            LightRig light,
            Surroundings mirror,
            float[] texture,
            SplittableRandom random) {
        float exposure = (float) Math.exp(random.nextDouble(-0.45, 0.35));
        float gloss = (float) random.nextDouble(0.3, 1.2);
        SurfaceShader shader =
                new SurfaceShader(
                        category.template(),
                        scene.positions,
                        vertexNormals,
                        texture,
                        painter.texels().size(),
                        light,
                        mirror,
                        camera.eye(),
                        gloss,
                        groundReach);
        byte[] rgba = new byte[4 * Cutout.SIZE * Cutout.SIZE];
        float[] color = new float[3];
        float[] sum = new float[3];
        for (int y = 0; y < Cutout.SIZE; y++) {
            for (int x = 0; x < Cutout.SIZE; x++) {
                int hits = 0;
                java.util.Arrays.fill(sum, 0);
                for (int s = 0; s < OVERSAMPLING * OVERSAMPLING; s++) {
                    int pixel =
                            (y * OVERSAMPLING + s / OVERSAMPLING) * RASTER
                                    + x * OVERSAMPLING
                                    + s % OVERSAMPLING;
                    int face = images.faceIndex[pixel];
                    if (face >= 0) {
                        hits++;
                        shader.shade(face, images.barycentric, 3 * pixel, color);
                        for (int c = 0; c < 3; c++) {
                            sum[c] += Math.min(1, color[c] * exposure);
                        }
                    }
                }
                int at = 4 * (y * Cutout.SIZE + x);
                if (hits > 0) {
                    for (int c = 0; c < 3; c++) {
                        rgba[at + c] = (byte) Math.round(255 * Math.pow(sum[c] / hits, 1 / 2.2));
                    }
                    rgba[at + 3] = (byte) Math.round(255.0 * hits / (OVERSAMPLING * OVERSAMPLING));
                }
            }
        }
        return rgba;
    }

    /**
     * The object flattened onto the ground along the sun's rays, and a soft patch right below it.
     */
    private byte[] shadow(LightRig light, SplittableRandom random) {
        float[] own = scene.positions;
        boolean sunny = light.sunColor().y > 0;
        float[] strength = {
            sunny ? (float) random.nextDouble(0.3, 0.75) : 0, (float) random.nextDouble(0.3, 0.8)
        };
        float[] sum = new float[Cutout.SHADOW * Cutout.SHADOW];
        Vector3f sun = light.sunDirection();
        for (int kind = 0; kind < 2; kind++) {
            if (strength[kind] == 0) {
                continue;
            }
            for (int i = 0; i < own.length; i += 3) {
                float height = kind == 0 ? own[i + 1] / Math.max(0.2f, sun.y) : 0;
                projected[i] = own[i] - height * sun.x;
                projected[i + 1] = 0;
                projected[i + 2] = own[i + 2] - height * sun.z;
            }
            scene.positions = projected;
            RasterImages images = shadowSession.forward(scene);
            scene.positions = own;
            float[] blurred = blur(images.faceIndex, kind == 0 ? 1 : 3);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = 1 - (1 - sum[i]) * (1 - strength[kind] * blurred[i]);
            }
        }
        byte[] shadow = new byte[sum.length];
        for (int i = 0; i < sum.length; i++) {
            shadow[i] = (byte) Math.round(255 * sum[i]);
        }
        return shadow;
    }

    private static float[] blur(int[] faceIndex, int radius) {
        int size = Cutout.SHADOW;
        float[] image = new float[size * size];
        for (int i = 0; i < image.length; i++) {
            image[i] = faceIndex[i] >= 0 ? 1 : 0;
        }
        float[] other = new float[size * size];
        for (int pass = 0; pass < 4; pass++) {
            int step = pass % 2 == 0 ? 1 : size;
            for (int i = 0; i < image.length; i++) {
                int along = step == 1 ? i % size : i / size;
                float sum = 0;
                int count = 0;
                for (int d = -radius; d <= radius; d++) {
                    if (along + d >= 0 && along + d < size) {
                        sum += image[i + d * step];
                        count++;
                    }
                }
                other[i] = sum / count;
            }
            float[] swap = image;
            image = other;
            other = swap;
        }
        return image;
    }

    private byte[] small(float[] texture) {
        int size = painter.texels().size();
        int factor = size / Cutout.TEXTURE;
        byte[] out = new byte[3 * Cutout.TEXTURE * Cutout.TEXTURE];
        for (int y = 0; y < Cutout.TEXTURE; y++) {
            for (int x = 0; x < Cutout.TEXTURE; x++) {
                for (int c = 0; c < 3; c++) {
                    double sum = 0;
                    int count = 0;
                    for (int s = 0; s < factor * factor; s++) {
                        int texel = (y * factor + s / factor) * size + x * factor + s % factor;
                        if (painter.texels().covered(texel)) {
                            sum += texture[3 * texel + c];
                            count++;
                        }
                    }
                    out[3 * (y * Cutout.TEXTURE + x) + c] =
                            (byte)
                                    Math.round(
                                            255 * Math.pow(count == 0 ? 0 : sum / count, 1 / 2.2));
                }
            }
        }
        return out;
    }

    @Override
    public void close() {
        session.close();
        shadowSession.close();
    }
}
