/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.inpainter.patch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.junit.jupiter.api.Test;

class PatchInpainterTest {

    /** A colour for each pixel. */
    private interface Scenery {
        int red(int x, int y);
    }

    /** A scenery with a white disc before it, and the disc's matte. */
    private static final class Shot {
        final Photo photo;
        final Matte matte;

        Shot(int width, int height, int radius, Scenery scenery) {
            byte[] rgba = new byte[4 * width * height];
            float[] alpha = new float[width * height];
            for (int i = 0; i < alpha.length; i++) {
                int x = i % width;
                int y = i / width;
                alpha[i] = Math.hypot(x - width / 2.0, y - height / 2.0) < radius ? 1 : 0;
                for (int c = 0; c < 3; c++) {
                    rgba[4 * i + c] = (byte) (alpha[i] > 0 ? 255 : scenery.red(x, y));
                }
                rgba[4 * i + 3] = (byte) 255;
            }
            photo = new Photo("a.png", "", new Image(width, height, rgba), false, Optional.empty());
            matte = new Matte(new Plane(width, height, alpha), "disc");
        }

        Image inpainted() {
            return new PatchInpainter().inpaint(photo, matte, Progress.NONE).orElseThrow();
        }
    }

    private static double meanError(Image image, Scenery scenery) {
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                sum += Math.abs(image.get(x, y, 0) - scenery.red(x, y));
            }
        }
        return sum / (image.width() * image.height());
    }

    private static int stripes(int x, int y) {
        return x / 4 % 2 == 0 ? 40 : 120;
    }

    @Test
    void stripesGoOnBehindTheObject() {
        Shot shot = new Shot(120, 90, 22, PatchInpainterTest::stripes);

        // A hole of one grey would be 40 off over a fifth of the picture: 8.
        assertThat(meanError(shot.inpainted(), PatchInpainterTest::stripes)).isLessThan(1);
    }

    @Test
    void groundAndSkyMeetWhereTheyDidBesideTheObject() {
        Scenery horizon = (x, y) -> y < 40 ? 200 : 60;
        Shot shot = new Shot(120, 90, 26, horizon);

        assertThat(meanError(shot.inpainted(), horizon)).isLessThan(2);
    }

    @Test
    void largePhotosAreAsSharpAsTheyWere() {
        Scenery fine = (x, y) -> x / 3 % 2 == 0 ? 40 : 120;
        Shot shot = new Shot(900, 600, 60, fine);
        Image plate = shot.inpainted();

        double contrast = 0;
        for (int x = 430; x < 470; x++) {
            contrast += Math.abs(plate.get(x, 300, 0) - plate.get(x + 3, 300, 0)) / 40.0;
        }
        assertThat(contrast).isGreaterThan(30);
    }

    @Test
    void whatIsFarFromTheObjectStaysAsItWas() {
        Shot shot = new Shot(120, 90, 15, (x, y) -> (37 * x + 59 * y) % 256);
        Image plate = shot.inpainted();

        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 30; x++) {
                assertThat(plate.get(x, y, 0)).isEqualTo(shot.photo.image().get(x, y, 0));
            }
        }
    }

    @Test
    void samePhotoGivesTheSameBytes() {
        Shot shot = new Shot(100, 80, 20, (x, y) -> (x * x + 3 * y) % 200);

        assertThat(shot.inpainted().rgba()).isEqualTo(shot.inpainted().rgba());
    }

    @Test
    void aPhotoThatTheObjectFillsHasNoBackground() {
        Shot shot = new Shot(64, 64, 60, (x, y) -> 100);

        assertThat(new PatchInpainter().inpaint(shot.photo, shot.matte, Progress.NONE)).isEmpty();
    }

    @Test
    void transparentPixelsAreNotTakenForBackground() {
        Shot shot = new Shot(64, 64, 10, (x, y) -> 100);
        byte[] rgba = shot.photo.image().rgba();
        for (int i = 0; i < 64 * 64; i++) {
            rgba[4 * i + 3] = (byte) (shot.matte.alpha().values()[i] > 0 ? 255 : 0);
        }

        assertThat(new PatchInpainter().inpaint(shot.photo, shot.matte, Progress.NONE)).isEmpty();
    }

    @Test
    void canBeCancelled() {
        Shot shot = new Shot(64, 64, 10, (x, y) -> 100);
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                };

        assertThatThrownBy(() -> new PatchInpainter().inpaint(shot.photo, shot.matte, cancelled))
                .isInstanceOf(CancelledException.class);
    }
}
