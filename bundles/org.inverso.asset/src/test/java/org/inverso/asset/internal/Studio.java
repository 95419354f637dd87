/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.api.raster.RasterImages;
import org.inverso.api.raster.RasterScene;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.geometry.ShapeModel;
import org.inverso.rasterizer.JvmRasterizer;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * A photo of a car of known texture, taken by the rasterizer against a background that nothing on
 * the car resembles.
 */
final class Studio {

    static final int SIZE = 640;
    private static final float[] MAGENTA = {1, 0, 1};

    final TestCar car = TestCar.load();
    final JvmRasterizer rasterizer = new JvmRasterizer(0);
    final CropRegion region = new CropRegion(0, 0, SIZE);
    final SceneEstimate estimate;
    final float[] vertices;
    final Photo photo;
    final Matte matte;
    final int[] faceIndex;
    final float[] barycentric;

    Studio(float azimuthDeg, float steering, ShLighting lighting, Painting painting) {
        TemplateMesh template = car.template();
        float[] shape = new float[template.shapeCount()];
        shape[0] = 0.7f;
        shape[4] = -0.4f;
        float[] pose = {steering};
        vertices =
                new ShapeModel(car)
                        .vertices(shape, pose, null, new float[3 * template.vertexCount()]);
        OrbitCamera camera =
                new OrbitCamera(
                        azimuthDeg, 12, 0, 9, 4.1f, 0.02f, -0.03f, new Vector3f(0, 0.7f, 0));
        estimate =
                new SceneEstimate(
                        camera,
                        shape,
                        pose,
                        new float[0],
                        Optional.empty(),
                        lighting,
                        Optional.empty(),
                        0);
        RasterImages images =
                render(paint(template, painting, 1024), camera, lighting.coefficients(), SIZE);
        faceIndex = images.faceIndex.clone();
        barycentric = images.barycentric.clone();
        float[] alpha = new float[SIZE * SIZE];
        byte[] rgba = new byte[4 * SIZE * SIZE];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = faceIndex[i] >= 0 ? 1 : 0;
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] =
                        (byte) Math.round(255 * SrgbCurve.encoded(images.color[3 * i + c]));
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        photo =
                new Photo(
                        "studio",
                        "f".repeat(64),
                        new Image(SIZE, SIZE, rgba),
                        false,
                        Optional.empty());
        matte = new Matte(new Plane(SIZE, SIZE, alpha), "studio");
    }

    /** Linear colour of a point of the template at rest, {@code dest} of three. */
    interface Painting {
        void at(float x, float y, float z, int material, float[] dest);
    }

    private RasterImages render(float[] texture, OrbitCamera camera, float[] lights, int size) {
        TemplateMesh template = car.template();
        RasterScene scene = new RasterScene();
        scene.positions = vertices;
        scene.view = camera.view(new Matrix4f()).get(new float[16]);
        scene.projection = camera.projection(new Matrix4f()).get(new float[16]);
        scene.uvs = template.uvs();
        scene.texture = texture;
        scene.textureWidth = (int) Math.sqrt(texture.length / 3);
        scene.textureHeight = scene.textureWidth;
        scene.mipmaps = true;
        scene.lights = lights;
        scene.background = MAGENTA;
        RasterSettings settings =
                RasterSettings.of(size)
                        .withSoftMask(0, 0, 1)
                        .withShading(RasterSettings.Shading.SPHERICAL_HARMONICS);
        try (RasterSession session =
                rasterizer.open(template.faces(), template.vertexCount(), settings)) {
            return session.forward(scene);
        }
    }

    /** The picture that a finished asset gives from another side, for people to look at. */
    Image view(Asset asset, float azimuthDeg, float elevationDeg, int size) {
        Image texture = asset.textures().get(0).image();
        float[] linear = new float[3 * texture.width() * texture.height()];
        for (int t = 0; t < linear.length / 3; t++) {
            for (int c = 0; c < 3; c++) {
                linear[3 * t + c] = SrgbCurve.linear(texture.rgba()[4 * t + c] & 0xff);
            }
        }
        OrbitCamera camera =
                new OrbitCamera(
                        azimuthDeg, elevationDeg, 0, 9, 4.1f, 0, 0, new Vector3f(0, 0.7f, 0));
        RasterImages images = render(linear, camera, ShLighting.uniform().coefficients(), size);
        byte[] rgba = new byte[4 * size * size];
        for (int i = 0; i < size * size; i++) {
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] =
                        (byte) Math.round(255 * SrgbCurve.encoded(images.color[3 * i + c]));
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        return new Image(size, size, rgba);
    }

    /** {@code float[size*size*3]}: linear, charts dilated. */
    static float[] paint(TemplateMesh template, Painting painting, int size) {
        AtlasLayout atlas = new AtlasLayout(template, size);
        float[] texture = new float[3 * size * size];
        float[] colour = new float[3];
        float[] p = template.positions();
        for (int t = 0; t < size * size; t++) {
            int source = atlas.source()[t];
            int f = atlas.face()[source];
            float wb = atlas.barycentric()[2 * source];
            float wc = atlas.barycentric()[2 * source + 1];
            float wa = 1 - wb - wc;
            int a = 3 * template.faces()[3 * f];
            int b = 3 * template.faces()[3 * f + 1];
            int c = 3 * template.faces()[3 * f + 2];
            painting.at(
                    wa * p[a] + wb * p[b] + wc * p[c],
                    wa * p[a + 1] + wb * p[b + 1] + wc * p[c + 1],
                    wa * p[a + 2] + wb * p[b + 2] + wc * p[c + 2],
                    template.faceMaterial()[f],
                    colour);
            System.arraycopy(colour, 0, texture, 3 * t, 3);
        }
        return texture;
    }

    /** Writes a PNG for people to look at. */
    static void write(Image image, File file) {
        BufferedImage picture =
                new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                picture.setRGB(
                        x,
                        y,
                        image.get(x, y, 0) << 16 | image.get(x, y, 1) << 8 | image.get(x, y, 2));
            }
        }
        try {
            ImageIO.write(picture, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
