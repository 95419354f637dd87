/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.training.PictureFolder.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos get labels, keep them on disk, and become training pictures with masks that fit. */
class CompositorTest {

    private static final int SIZE = 128;

    private static final int SIDE = 64;

    /** Takes what is redder than blue for the object. */
    private static final class RedSegmenter implements Segmenter {
        private final float doubt;

        RedSegmenter(float doubt) {
            this.doubt = doubt;
        }

        @Override
        public String id() {
            return "red";
        }

        @Override
        public boolean accepts(Photo photo) {
            return true;
        }

        @Override
        public Matte segment(Photo photo, Progress progress) {
            float[] alpha = new float[photo.width() * photo.height()];
            byte[] rgba = photo.image().rgba();
            for (int i = 0; i < alpha.length; i++) {
                boolean red = (rgba[4 * i] & 255) > (rgba[4 * i + 2] & 255);
                alpha[i] = Math.abs((red ? 1 : 0) - doubt);
            }
            return new Matte(new Plane(photo.width(), photo.height(), alpha), id());
        }
    }

    /** A disc on a ground. */
    private static Picture disc(int ground, int object, double radius) {
        int[] argb = new int[SIDE * SIDE];
        for (int i = 0; i < argb.length; i++) {
            double d = Math.hypot(i % SIDE - 31.5, i / SIDE - 31.5);
            argb[i] = d < radius ? object : ground;
        }
        return new Picture(SIDE, SIDE, argb);
    }

    @Test
    void labelsOfTheTeacherAreKeptWhereItIsSure(@TempDir Path folder) {
        List<Picture> photos =
                List.of(disc(0xff0000c0, 0xffc00000, 18), disc(0xff0000c0, 0xffc00000, 2));

        new PhotoLabeller(new RedSegmenter(0)).label(photos, folder, 1, Progress.NONE);

        List<Picture> labelled = PictureFolder.read(folder, 400);
        assertThat(folder.resolve("00000_0.png")).exists();
        assertThat(folder.resolve("00001_0.png")).doesNotExist();
        for (Picture picture : labelled) {
            for (int argb : picture.rgb()) {
                boolean red = (argb >> 16 & 255) > (argb & 255);
                assertThat(argb >>> 24).isEqualTo(red ? 255 : 0);
            }
        }
    }

    @Test
    void labelsOfWhichTheTeacherWasNotSureAreDropped(@TempDir Path folder) {
        List<Picture> photos = List.of(disc(0xff0000c0, 0xffc00000, 18));

        int kept =
                new PhotoLabeller(new RedSegmenter(0.3f)).label(photos, folder, 1, Progress.NONE);

        assertThat(kept).isZero();
    }

    @Test
    void aLabelledPhotoKeepsItsMaskInEveryView() {
        Compositor compositor =
                new Compositor(
                        SIZE, List.of(), List.of(), List.of(disc(0x000000ff, 0xffff0000, 20)));
        SplittableRandom random = new SplittableRandom(3);

        for (int i = 0; i < 20; i++) {
            Compositor.Scene scene = compositor.photo(random);
            assertThat(agreement(scene)).isGreaterThan(0.97);
        }
    }

    @Test
    void anObjectThatIsCutOffIsNotPasted(@TempDir Path folder) throws Exception {
        int[] half = new int[SIDE * SIDE];
        Arrays.fill(half, 0, half.length / 2, 0xffff0000);
        File file = folder.resolve("half.png").toFile();
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, SIDE, SIDE, half, 0, SIDE);
        ImageIO.write(image, "png", file);

        Picture cut = PictureFolder.read(folder, 400).get(0);

        assertThat(cut.rgb()).containsExactly(half);
        assertThat(Compositor.isWhole(cut)).isFalse();
        assertThat(Compositor.isWhole(disc(0, 0xffff0000, 20))).isTrue();
    }

    @Test
    void aSpriteIsReadInUnitsOfItsLongerSide() {
        Sprite sprite = Sprite.of(disc(0x00ffffff, 0xff804020, 16));
        float[] sample = new float[Sprite.CHANNELS];

        sprite.sample(0.45f, 0, sample);
        assertThat(sample[3]).isEqualTo(1);
        assertThat(sample[0]).isCloseTo(128 / 255f, org.assertj.core.data.Offset.offset(1e-3f));
        sprite.sample(0.55f, 0, sample);
        assertThat(sample[3]).isZero();
        sprite.sample(0, -3, sample);
        assertThat(sample[3]).isZero();
    }

    /** Part of the pixels whose being red agrees with the mask, edges left out. */
    private static double agreement(Compositor.Scene scene) {
        int plane = SIZE * SIZE;
        int right = 0;
        int all = 0;
        for (int i = 0; i < plane; i++) {
            if (scene.mask()[i] < 0.02 || scene.mask()[i] > 0.98) {
                all++;
                boolean red = scene.rgb()[i] > scene.rgb()[i + 2 * plane];
                right += red == scene.mask()[i] > 0.5 ? 1 : 0;
            }
        }
        return right / (double) all;
    }
}
