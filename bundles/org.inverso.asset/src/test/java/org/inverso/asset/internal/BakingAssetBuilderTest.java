/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.inverso.api.Progress;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.Material;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.api.scene.ShLighting;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BakingAssetBuilderTest {

    private static final int TEXTURE = 512;

    private static final List<String> KINDS =
            TestCar.load().template().materials().stream().map(Material::kind).toList();

    /**
     * Blue-green paint with a wavy pattern, the same left and right; other materials differ in red.
     * Rims are bright in their upper half and dark in the lower one.
     */
    private static final Studio.Painting PAINTED =
            (x, y, z, material, dest) -> {
                float wave = 0.5f + 0.5f * (float) Math.sin(9 * Math.abs(x) + 7 * y + 5 * z);
                dest[0] = 0.08f + 0.04f * material;
                dest[1] = 0.15f + 0.5f * wave;
                dest[2] = 0.3f;
                if (KINDS.get(material).equals("rubber")) {
                    Arrays.fill(dest, 0.02f);
                } else if (KINDS.get(material).equals("rim")) {
                    Arrays.fill(dest, y > 0.325f ? 0.7f : 0.1f);
                }
            };

    private static final Studio.Painting WHITE =
            (x, y, z, material, dest) -> {
                dest[0] = 0.4f;
                dest[1] = 0.4f;
                dest[2] = 0.4f;
            };

    private final Studio studio = new Studio(35, 0.3f, ShLighting.uniform(), PAINTED);
    private final Image baked = texture(build(studio, 0));

    @Test
    void whatThePhotoShowsIsInTheTexture() {
        TemplateMesh mesh = studio.car.template();
        double squares = 0;
        int count = 0;
        for (int i = 0; i < studio.faceIndex.length; i++) {
            int f = studio.faceIndex[i];
            if (f < 0 || !frontal(f) || isWheel(f) || nearBorder(i, f)) {
                continue;
            }
            float u = 0;
            float v = 0;
            for (int c = 0; c < 3; c++) {
                float b = studio.barycentric[3 * i + c];
                u += b * mesh.uvs()[2 * mesh.faces()[3 * f + c]];
                v += b * mesh.uvs()[2 * mesh.faces()[3 * f + c] + 1];
            }
            int x = Math.min(TEXTURE - 1, (int) (u * TEXTURE));
            int y = Math.min(TEXTURE - 1, (int) (v * TEXTURE));
            for (int c = 0; c < 3; c++) {
                int seen = studio.photo.image().rgba()[4 * i + c] & 0xff;
                int error = baked.get(x, y, c) - seen;
                squares += error * error;
            }
            count += 3;
        }
        assertThat(count).isGreaterThan(30_000);
        assertThat(psnr(squares / count)).isGreaterThan(38);
    }

    @Test
    void theHiddenSideIsTheMirrorImage() {
        TemplateMesh mesh = studio.car.template();
        AtlasLayout atlas = new AtlasLayout(mesh, TEXTURE);
        float[] truth = Studio.paint(mesh, PAINTED, TEXTURE);
        boolean[] seen = new boolean[mesh.vertexCount()];
        for (int f : studio.faceIndex) {
            for (int c = 0; f >= 0 && frontal(f) && c < 3; c++) {
                seen[mesh.faces()[3 * f + c]] = true;
            }
        }
        double squares = 0;
        int count = 0;
        for (int t : atlas.texels()) {
            int f = atlas.face()[t];
            boolean twinSeen = !isWheel(f);
            boolean ownSeen = false;
            for (int c = 0; c < 3; c++) {
                int v = mesh.faces()[3 * f + c];
                twinSeen &= seen[mesh.mirrorVertex()[v]];
                ownSeen |= seen[v];
            }
            // Paint only: other materials are thin strips whose twins are half hidden.
            if (twinSeen && !ownSeen && mesh.faceMaterial()[f] == 0) {
                for (int c = 0; c < 3; c++) {
                    float error =
                            baked.get(t % TEXTURE, t / TEXTURE, c)
                                    - 255 * SrgbCurve.encoded(truth[3 * t + c]);
                    squares += error * error;
                }
                count += 3;
            }
        }
        assertThat(count).isGreaterThan(20_000);
        assertThat(psnr(squares / count)).isGreaterThan(32);
    }

    @Test
    void nothingOfTheBackgroundGetsInAndNoTexelIsLeftOut() {
        int magenta = 0;
        int holes = 0;
        for (int y = 0; y < TEXTURE; y++) {
            for (int x = 0; x < TEXTURE; x++) {
                int r = baked.get(x, y, 0);
                int g = baked.get(x, y, 1);
                int b = baked.get(x, y, 2);
                magenta += r > g + 60 && b > g + 60 ? 1 : 0;
                holes += r + g + b == 0 || baked.get(x, y, 3) != 255 ? 1 : 0;
            }
        }
        assertThat(magenta).isZero();
        assertThat(holes).isZero();
    }

    @Test
    void hiddenWheelsShowThePictureOfASeenOne() {
        TemplateMesh mesh = studio.car.template();
        AtlasLayout atlas = new AtlasLayout(mesh, TEXTURE);
        float[] truth = Studio.paint(mesh, PAINTED, TEXTURE);
        for (int wheel : new WheelTwins(mesh).wheels()) {
            double error = 0;
            int count = 0;
            for (int t : atlas.texels()) {
                int f = atlas.face()[t];
                boolean rim = KINDS.get(mesh.faceMaterial()[f]).equals("rim");
                if (rim && mesh.facePart()[f] == wheel) {
                    float expected = 255 * SrgbCurve.encoded(truth[3 * t]);
                    error += Math.abs(baked.get(t % TEXTURE, t / TEXTURE, 0) - expected);
                    count++;
                }
            }
            // One even colour, at its best, would be wrong by 64.
            assertThat(count).isGreaterThan(200);
            assertThat(error / count).as(mesh.parts().get(wheel).name()).isLessThan(32);
        }
    }

    @Test
    void materialsThatNobodySeesHaveTheirOwnColour() {
        TemplateMesh mesh = studio.car.template();
        AtlasLayout atlas = new AtlasLayout(mesh, TEXTURE);
        int material =
                mesh.faceMaterial()[
                        mesh.parts().stream()
                                .filter(p -> p.name().equals("taillight_l"))
                                .findFirst()
                                .orElseThrow()
                                .firstFace()];
        float[] red = mesh.materials().get(material).baseColor();
        int texels = 0;
        for (int t : atlas.texels()) {
            if (mesh.faceMaterial()[atlas.face()[t]] == material) {
                texels++;
                for (int c = 0; c < 3; c++) {
                    assertThat(baked.get(t % TEXTURE, t / TEXTURE, c))
                            .isEqualTo(Math.round(255 * SrgbCurve.encoded(red[c])));
                }
            }
        }
        assertThat(texels).isGreaterThan(50);
    }

    @Test
    void delightingEvensOutWhatTheLightMadeUneven() {
        float[] coefficients = ShLighting.uniform().coefficients().clone();
        for (int channel = 0; channel < 3; channel++) {
            coefficients[9 * channel + 1] = 0.4f;
            coefficients[9 * channel + 2] = 1.2f;
        }
        Studio lit = new Studio(35, 0, new ShLighting(coefficients), WHITE);
        double before = spread(texture(build(lit, 0)), lit);
        double after = spread(texture(build(lit, 1)), lit);
        assertThat(before).isGreaterThan(10);
        assertThat(after).isLessThan(0.5 * before);
    }

    /** Standard deviation of green over the painted part of a texture. */
    private static double spread(Image texture, Studio studio) {
        TemplateMesh mesh = studio.car.template();
        AtlasLayout atlas = new AtlasLayout(mesh, TEXTURE);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int t : atlas.texels()) {
            if (mesh.faceMaterial()[atlas.face()[t]] == 0) {
                int g = texture.get(t % TEXTURE, t / TEXTURE, 1);
                sum += g;
                squares += (double) g * g;
                count++;
            }
        }
        return Math.sqrt(squares / count - sum / count * sum / count);
    }

    @Test
    void theSameInputGivesTheSameAssetOnAnyNumberOfThreads() throws Exception {
        ForkJoinPool single = new ForkJoinPool(1);
        try {
            Asset again = single.submit(() -> build(studio, 0)).get();
            assertThat(texture(again).rgba()).isEqualTo(baked.rgba());
        } finally {
            single.shutdown();
        }
    }

    private static Asset build(Studio studio, float delighting) {
        return new BakingAssetBuilder(delighting, 2, false)
                .build(
                        studio.photo,
                        studio.matte,
                        studio.region,
                        studio.estimate,
                        studio.car,
                        studio.rasterizer,
                        TEXTURE,
                        Progress.NONE);
    }

    private static Image texture(Asset asset) {
        return asset.textures().get(0).image();
    }

    private boolean isWheel(int face) {
        TemplateMesh mesh = studio.car.template();
        return mesh.parts().get(mesh.facePart()[face]).role().equals("wheel");
    }

    /** Whether all corners of a face are well turned to the camera. */
    private boolean frontal(int face) {
        TemplateMesh mesh = studio.car.template();
        int a = 3 * mesh.faces()[3 * face];
        int b = 3 * mesh.faces()[3 * face + 1];
        int c = 3 * mesh.faces()[3 * face + 2];
        float[] p = studio.vertices;
        Vector3f corner = new Vector3f(p[a], p[a + 1], p[a + 2]);
        Vector3f normal =
                new Vector3f(p[b], p[b + 1], p[b + 2])
                        .sub(corner)
                        .cross(new Vector3f(p[c], p[c + 1], p[c + 2]).sub(corner))
                        .normalize();
        Vector3f eye = studio.estimate.camera().eye().sub(corner).normalize();
        return normal.dot(eye) > 0.6f;
    }

    /** Whether another part, or nothing, is close: there the baker is careful and may fill. */
    private boolean nearBorder(int pixel, int face) {
        TemplateMesh mesh = studio.car.template();
        int x = pixel % Studio.SIZE;
        int y = pixel / Studio.SIZE;
        for (int dy = -9; dy <= 9; dy += 3) {
            for (int dx = -9; dx <= 9; dx += 3) {
                int sx = Math.max(0, Math.min(Studio.SIZE - 1, x + dx));
                int sy = Math.max(0, Math.min(Studio.SIZE - 1, y + dy));
                int other = studio.faceIndex[sy * Studio.SIZE + sx];
                if (other < 0 || mesh.facePart()[other] != mesh.facePart()[face]) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double psnr(double meanSquare) {
        return 10 * Math.log10(255.0 * 255 / meanSquare);
    }
}
