/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.image.CropRegion;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutStore;

/**
 * Puts objects, renderings and such as were cut out of photos, into other photos: with their
 * shadow, behind and in front of other things, and with a camera's faults over all of it. Other
 * things are pasted just like the objects, so that being pasted gives nothing away.
 */
final class Compositor {

    /** Part of either side of a photo that is seen. */
    private record Share(double least, double most) {}

    private static final Share MOST = new Share(0.5, 1);
    private static final Share NEARLY_ALL = new Share(0.75, 1);

    /** So little that it is smooth when enlarged, like what lies far behind the object. */
    private static final Share OUT_OF_FOCUS = new Share(0.05, 0.25);

    /** Pixels that are left of a background far out of focus. */
    private static final int SOFT = 6;

    private final int size;
    private final List<CutoutStore> stores;
    private final List<Picture> backgrounds;
    private final List<Picture> labelled;
    private final List<Sprite> photographed;
    private final float[] gaussian = CameraFaults.gaussian(new SplittableRandom(7));

    /**
     * @param size side of the pictures, pixels
     * @param stores of renderings, one a category
     * @param labelled photos with the object's mask as alpha; may be empty
     */
    Compositor(
            int size, List<CutoutStore> stores, List<Picture> backgrounds, List<Picture> labelled) {
        this.size = size;
        this.stores = stores;
        this.backgrounds = backgrounds;
        this.labelled = labelled;
        this.photographed = labelled.stream().filter(Compositor::isWhole).map(Sprite::of).toList();
    }

    /** Whether the object does not end at the picture's border. */
    static boolean isWhole(Picture photo) {
        int w = photo.width();
        int h = photo.height();
        for (int i = 0; i < w * h; i++) {
            boolean border = i % w < 2 || i % w >= w - 2 || i / w < 2 || i / w >= h - 2;
            if (border && photo.rgb()[i] >>> 24 > 64) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param rgb {@code float[3*size*size]}, planes, 0 to 1
     * @param mask {@code float[size*size]}
     */
    record Scene(float[] rgb, float[] mask) {}

    private Scene blank() {
        return new Scene(new float[3 * size * size], new float[size * size]);
    }

    /** Where an object goes, pixels. */
    private record Place(double x, double y, double longest) {}

    private Place somewhere(double longest, SplittableRandom random) {
        double free = Math.max(0, size - longest);
        return new Place(
                size / 2.0 + random.nextDouble(-0.55, 0.55) * free,
                size / 2.0 + random.nextDouble(-0.5, 0.6) * free,
                longest);
    }

    /** Over what a mask shows, so that nothing else stands out any more. */
    private Place over(float[] mask, double longest) {
        int left = size;
        int right = 0;
        int top = size;
        int bottom = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] > 0.5f) {
                left = Math.min(left, i % size);
                right = Math.max(right, i % size + 1);
                top = Math.min(top, i / size);
                bottom = Math.max(bottom, i / size + 1);
            }
        }
        double side = Math.max(right - left, bottom - top);
        return new Place(
                (left + right) / 2.0,
                (top + bottom) / 2.0,
                Math.min(1.1 * size, Math.max(longest, side)));
    }

    /** An object in another photo; one in ten is a photo without any. */
    Scene sample(SplittableRandom random) {
        Scene scene = blank();
        boolean empty = random.nextInt(10) == 0;
        double longest = size * random.nextDouble(0.4, 1.0);
        Place place = somewhere(longest, random);
        boolean plain = random.nextInt(5) < 2;
        if (plain) {
            view(picture(random), null, OUT_OF_FOCUS, scene.rgb, random);
        } else if (empty || labelled.isEmpty() || random.nextInt(3) > 0) {
            view(picture(random), null, MOST, scene.rgb, random);
        } else {
            Picture picture = labelled.get(random.nextInt(labelled.size()));
            view(picture, scene.mask, MOST, scene.rgb, random);
            place = over(scene.mask, longest);
            Arrays.fill(scene.mask, 0);
        }
        for (int i = plain ? 0 : random.nextInt(4) - 1; i > 0; i--) {
            patch(scene, random, 0.15, 0.6);
        }
        if (!empty) {
            for (int i = plain ? 0 : random.nextInt(6) - 3; i > 0; i--) {
                // Others of the kind further away belong to the surroundings.
                paste(
                        scene,
                        random,
                        new Place(
                                random.nextDouble(size),
                                random.nextDouble(0.25, 0.7) * size,
                                longest * random.nextDouble(0.15, 0.45)),
                        false);
            }
            if (random.nextInt(4) == 0) {
                perch(scene, place, random);
            }
            paste(scene, random, place, true);
            if (random.nextInt(6) == 0) {
                patch(scene, random, 0.05, 0.2);
            }
        }
        if (random.nextBoolean()) {
            coarsen(scene.rgb, random.nextInt(size / 4, size));
        }
        camera(scene.rgb, random);
        frame(scene, random);
        return scene;
    }

    /**
     * A rendering in another photo: upright, not mirrored, in the middle, as large as it was
     * rendered. So its camera stays that of the rendering.
     */
    Scene around(Cutout cutout, SplittableRandom random) {
        Scene scene = blank();
        boolean plain = random.nextBoolean();
        view(picture(random), null, plain ? OUT_OF_FOCUS : MOST, scene.rgb, random);
        for (int i = plain ? 0 : random.nextInt(4) - 1; i > 0; i--) {
            patch(scene, random, 0.15, 0.6);
        }
        double longest = CropRegion.FILL * size;
        for (int i = plain ? 0 : random.nextInt(6) - 4; i > 0; i--) {
            paste(
                    scene,
                    random,
                    new Place(
                            random.nextDouble(size),
                            random.nextDouble(0.25, 0.7) * size,
                            longest * random.nextDouble(0.15, 0.45)),
                    false);
        }
        CameraFaults faults = new CameraFaults(random, 0.3, 0.07, 0.22, 0, gaussian);
        float scale = (float) (1 / longest);
        paste(
                scene,
                Sprite.of(cutout),
                new Place(size / 2.0, size / 2.0, longest),
                new float[] {scale, 0, 0, scale},
                faults,
                true);
        if (random.nextInt(8) == 0) {
            patch(scene, random, 0.05, 0.2);
        }
        if (random.nextInt(3) == 0) {
            coarsen(scene.rgb, random.nextInt(size / 2, size));
        }
        camera(scene.rgb, random);
        return scene;
    }

    /**
     * A rendering as {@link #around} places it, before a background far out of focus, with nothing
     * else in the picture and hardly any of a camera's faults.
     */
    Scene portrait(Cutout cutout, SplittableRandom random) {
        Scene scene = blank();
        view(picture(random), null, MOST, scene.rgb, random);
        coarsen(scene.rgb, SOFT);
        double longest = CropRegion.FILL * size;
        float scale = (float) (1 / longest);
        paste(
                scene,
                Sprite.of(cutout),
                new Place(size / 2.0, size / 2.0, longest),
                new float[] {scale, 0, 0, scale},
                new CameraFaults(random, 0.1, 0.03, 0.1, 0, gaussian),
                true);
        return scene;
    }

    /** A labelled photo, or most of it. */
    Scene photo(SplittableRandom random) {
        Scene scene = blank();
        Picture picture = labelled.get(random.nextInt(labelled.size()));
        view(picture, scene.mask, NEARLY_ALL, scene.rgb, random);
        if (random.nextInt(3) == 0) {
            coarsen(scene.rgb, random.nextInt(size / 4, size));
        }
        camera(scene.rgb, random);
        frame(scene, random);
        return scene;
    }

    /** Bars at two or four sides, as pictures have that were made to fit another shape. */
    private void frame(Scene scene, SplittableRandom random) {
        if (random.nextInt(12) > 0) {
            return;
        }
        int across = random.nextInt(size / 6);
        int down = random.nextInt(size / 6);
        switch (random.nextInt(3)) {
            case 0 -> across = 0;
            case 1 -> down = 0;
            default -> {}
        }
        float[] colour = new float[3];
        Arrays.fill(colour, random.nextBoolean() ? random.nextInt(2) : (float) random.nextDouble());
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (x < across || x >= size - across || y < down || y >= size - down) {
                    int i = y * size + x;
                    scene.mask[i] = 0;
                    for (int c = 0; c < 3; c++) {
                        scene.rgb[i + c * size * size] = colour[c];
                    }
                }
            }
        }
    }

    private Picture picture(SplittableRandom random) {
        return backgrounds.get(random.nextInt(backgrounds.size()));
    }

    /**
     * Part of a photo, stretched to the square and sometimes mirrored.
     *
     * @param mask gets the alpha; may be null
     */
    private void view(
            Picture picture, float[] mask, Share share, float[] rgb, SplittableRandom random) {
        double width = picture.width() * random.nextDouble(share.least, share.most);
        double height = picture.height() * random.nextDouble(share.least, share.most);
        double left = random.nextDouble() * (picture.width() - width);
        double top = random.nextDouble() * (picture.height() - height);
        boolean flip = random.nextBoolean();
        double tilt = random.nextDouble(-0.12, 0.12);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int alpha = 0;
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int tap = 0; tap < 4; tap++) {
                    double s = (x + 0.25 + 0.5 * (tap & 1)) / size;
                    double t = (y + 0.25 + 0.5 * (tap >> 1)) / size;
                    double u = s + tilt * (t - 0.5);
                    double v = t - tilt * (s - 0.5);
                    int color = at(picture, left + (flip ? 1 - u : u) * width, top + v * height);
                    alpha += color >>> 24;
                    red += color >> 16 & 255;
                    green += color >> 8 & 255;
                    blue += color & 255;
                }
                int i = y * size + x;
                rgb[i] = red / 1020f;
                rgb[i + size * size] = green / 1020f;
                rgb[i + 2 * size * size] = blue / 1020f;
                if (mask != null) {
                    mask[i] = alpha / 1020f;
                }
            }
        }
    }

    private static int at(Picture picture, double u, double v) {
        int x = (int) Math.max(0, Math.min(picture.width() - 1, u));
        int y = (int) Math.max(0, Math.min(picture.height() - 1, v));
        return picture.rgb()[y * picture.width() + x];
    }

    /** A piece of another photo in the shape of a blob; hides what is behind it. */
    private void patch(Scene scene, SplittableRandom random, double least, double most) {
        Picture picture = picture(random);
        double radius = size * random.nextDouble(least, most) / 2;
        double cx = random.nextDouble(size);
        double cy = random.nextDouble(size);
        double squeeze = Math.exp(random.nextDouble(-0.7, 0.7));
        double[] phase = {random.nextDouble(6), random.nextDouble(6), random.nextDouble(6)};
        double[] depth = {random.nextDouble(0.3), random.nextDouble(0.2), random.nextDouble(0.12)};
        double zoom = random.nextDouble(0.5, 1.6);
        float gain = (float) Math.exp(random.nextDouble(-0.4, 0.4));
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double dx = (x - cx) * squeeze;
                double dy = (y - cy) / squeeze;
                if (dx * dx + dy * dy > 2.7 * radius * radius) {
                    continue;
                }
                double angle = Math.atan2(dy, dx);
                double wavy =
                        1
                                + depth[0] * Math.sin(2 * angle + phase[0])
                                + depth[1] * Math.sin(3 * angle + phase[1])
                                + depth[2] * Math.sin(7 * angle + phase[2]);
                double inside = radius * wavy - Math.sqrt(dx * dx + dy * dy);
                float alpha = (float) Math.max(0, Math.min(1, inside + 0.5));
                if (alpha > 0) {
                    int color =
                            at(
                                    picture,
                                    picture.width() / 2.0 + (x - cx) * zoom,
                                    picture.height() / 2.0 + (y - cy) * zoom);
                    for (int c = 0; c < 3; c++) {
                        int i = (c * size + y) * size + x;
                        float value = gain * (color >> (16 - 8 * c) & 255) / 255f;
                        scene.rgb[i] += alpha * (Math.min(1, value) - scene.rgb[i]);
                    }
                    scene.mask[y * size + x] *= 1 - alpha;
                }
            }
        }
    }

    /** A branch, a pole or the edge of a wall behind an object's lower half, as birds sit on. */
    private void perch(Scene scene, Place place, SplittableRandom random) {
        Picture picture = picture(random);
        double cx = place.x + random.nextDouble(-0.3, 0.3) * place.longest;
        double cy = place.y + random.nextDouble(0, 0.5) * place.longest;
        double angle = random.nextInt(3) == 0 ? random.nextDouble(3) : random.nextDouble(-0.5, 0.5);
        double half = size * random.nextDouble(0.008, 0.06);
        double taper = random.nextDouble(-0.5, 0.5);
        double wave = random.nextDouble(0, 1.5) * half;
        double phase = random.nextDouble(6);
        boolean ends = random.nextInt(3) == 0;
        double zoom = random.nextDouble(0.3, 1.2);
        float gain = (float) Math.exp(random.nextDouble(-1.2, 0.4));
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double along = ((x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle)) / size;
                double across = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle);
                across += wave * Math.sin(7 * along + phase);
                double inside = half * (1 + taper * along) - Math.abs(across);
                float alpha = (float) Math.max(0, Math.min(1, inside + 0.5));
                if (alpha == 0 || ends && along < 0) {
                    continue;
                }
                int color =
                        at(
                                picture,
                                picture.width() * (0.5 + 0.5 * zoom * along),
                                picture.height() / 2.0 + across * zoom);
                for (int c = 0; c < 3; c++) {
                    int i = (c * size + y) * size + x;
                    float value = gain * (color >> (16 - 8 * c) & 255) / 255f;
                    scene.rgb[i] += alpha * (Math.min(1, value) - scene.rgb[i]);
                }
            }
        }
    }

    private Sprite sprite(SplittableRandom random) {
        if (random.nextInt(4) == 0 && !photographed.isEmpty()) {
            return photographed.get(random.nextInt(photographed.size()));
        }
        CutoutStore store = stores.get(random.nextInt(stores.size()));
        return Sprite.of(store.get(random.nextInt(store.size())));
    }

    private void paste(Scene scene, SplittableRandom random, Place place, boolean counts) {
        Sprite sprite = sprite(random);
        double tilt = random.nextDouble(-0.12, 0.12);
        double squeeze = Math.exp(random.nextDouble(-0.12, 0.12));
        double across = (random.nextBoolean() ? -1 : 1) * squeeze / place.longest;
        float[] toSprite = {
            (float) (across * Math.cos(tilt)),
            (float) (across * Math.sin(tilt)),
            (float) (-Math.sin(tilt) / (squeeze * place.longest)),
            (float) (Math.cos(tilt) / (squeeze * place.longest))
        };
        CameraFaults faults = new CameraFaults(random, 0.3, 0.07, 0.22, 0, gaussian);
        paste(scene, sprite, place, toSprite, faults, counts);
    }

    /**
     * @param toSprite 2x2 matrix by rows, from pixels to units of the sprite
     * @param counts whether it is what the mask tells
     */
    private void paste(
            Scene scene,
            Sprite sprite,
            Place place,
            float[] toSprite,
            CameraFaults faults,
            boolean counts) {
        float[] tap = new float[Sprite.CHANNELS];
        for (int y = 0; y < size; y++) {
            float dy = (float) (y + 0.5 - place.y);
            for (int x = 0; x < size; x++) {
                float dx = (float) (x + 0.5 - place.x);
                sprite.sample(
                        toSprite[0] * dx + toSprite[1] * dy,
                        toSprite[2] * dx + toSprite[3] * dy,
                        tap);
                if (tap[3] == 0 && tap[4] == 0) {
                    continue;
                }
                int i = y * size + x;
                for (int c = 0; c < 3; c++) {
                    float behind = scene.rgb[i + c * size * size] * (1 - tap[4]);
                    scene.rgb[i + c * size * size] =
                            tap[3] > 0
                                    ? behind + tap[3] * (faults.apply(c, tap[c]) - behind)
                                    : behind;
                }
                scene.mask[i] = scene.mask[i] * (1 - tap[3]) + (counts ? tap[3] : 0);
            }
        }
    }

    /** Exposure, cast, contrast, blur and noise of the whole picture. */
    void camera(float[] rgb, SplittableRandom random) {
        int plane = size * size;
        float grey = random.nextInt(8) == 0 ? (float) random.nextDouble() : 0;
        CameraFaults faults = new CameraFaults(random, 0.25, 0.1, 0.22, 0.025, gaussian);
        if (random.nextInt(2) == 0) {
            blur(rgb, (float) random.nextDouble(0.1, 0.5));
        }
        for (int i = 0; i < plane; i++) {
            float mean = (rgb[i] + rgb[i + plane] + rgb[i + 2 * plane]) / 3;
            for (int c = 0; c < 3; c++) {
                int at = i + c * plane;
                rgb[at] = faults.apply(c, rgb[at] + grey * (mean - rgb[at]));
            }
        }
    }

    /**
     * Takes away detail as a small picture would lack it. Renderings differ from photos most in
     * their details, and a network that leans on them fails on photos.
     *
     * @param reduced side that the picture is reduced to and enlarged from
     */
    private void coarsen(float[] rgb, int reduced) {
        float[] small = new float[reduced * reduced];
        double step = size / (double) reduced;
        for (int c = 0; c < 3; c++) {
            int plane = c * size * size;
            for (int y = 0; y < reduced; y++) {
                for (int x = 0; x < reduced; x++) {
                    int x0 = (int) (x * step);
                    int x1 = Math.max(x0 + 1, (int) ((x + 1) * step));
                    int y0 = (int) (y * step);
                    int y1 = Math.max(y0 + 1, (int) ((y + 1) * step));
                    float sum = 0;
                    for (int v = y0; v < y1; v++) {
                        for (int u = x0; u < x1; u++) {
                            sum += rgb[plane + v * size + u];
                        }
                    }
                    small[y * reduced + x] = sum / ((x1 - x0) * (y1 - y0));
                }
            }
            for (int y = 0; y < size; y++) {
                float v = (float) Math.max(0, Math.min(reduced - 1.001, (y + 0.5) / step - 0.5));
                int iv = (int) v;
                for (int x = 0; x < size; x++) {
                    float u =
                            (float) Math.max(0, Math.min(reduced - 1.001, (x + 0.5) / step - 0.5));
                    int iu = (int) u;
                    int at = iv * reduced + iu;
                    float upper = small[at] + (u - iu) * (small[at + 1] - small[at]);
                    float lower =
                            small[at + reduced]
                                    + (u - iu) * (small[at + reduced + 1] - small[at + reduced]);
                    rgb[plane + y * size + x] = upper + (v - iv) * (lower - upper);
                }
            }
        }
    }

    private void blur(float[] rgb, float share) {
        float[] source = rgb.clone();
        for (int c = 0; c < 3; c++) {
            for (int y = 1; y < size - 1; y++) {
                for (int x = 1; x < size - 1; x++) {
                    int i = (c * size + y) * size + x;
                    float around =
                            (source[i - 1] + source[i + 1] + source[i - size] + source[i + size])
                                    / 4;
                    rgb[i] = source[i] + share * (around - source[i]);
                }
            }
        }
    }
}
