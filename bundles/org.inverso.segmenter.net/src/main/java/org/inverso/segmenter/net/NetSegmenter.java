/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.inverso.api.PhotoException;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.Stage;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.imaging.RegionSampler;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.segmenter.net.internal.GuidedFilter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The built-in segmenter. It looks at the whole photo first, then again at a square around what it
 * found, where details are larger, and at its mirror image; a guided filter fits the outline to the
 * photo's edges.
 */
@Component(
        service = Segmenter.class,
        property = {Stage.ID_PROPERTY + "=" + NetSegmenter.ID, "service.ranking:Integer=0"})
public final class NetSegmenter implements Segmenter {

    public static final String ID = "net";

    private static final String WEIGHTS = "/weights/segmenter.safetensors";

    /** Side that the whole photo is reduced to; a multiple of 32. */
    private static final int FIRST_LOOK = 320;

    /** Side that the square around the object is brought to, pixels. */
    private static final int SECOND_LOOK = SegmentationNetwork.SIZE;

    /**
     * Part of the second look's side that the object takes up. Something of its surroundings has to
     * be seen; and what the first look took for smaller than it is must not be cut off.
     */
    private static final float FILL = 0.75f;

    /** Side of the square in which the outline is fitted, pixels. */
    private static final int DETAIL = 384;

    private static final int FILTER_RADIUS = 3;
    private static final float FILTER_EPSILON = 2e-4f;

    /** Pieces smaller than this part of the largest one are no part of the object. */
    private static final double KEEP = 0.25;

    /** A photo of which less than this part is object shows none. */
    private static final double LEAST_OBJECT = 0.004;

    private final DjlRuntime runtime;
    private final NetworkCache<SegmentationNetwork> networks;

    @Activate
    public NetSegmenter(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks =
                new NetworkCache<>(
                        runtime, parameters -> new SegmentationNetwork(parameters.channelsLast()));
    }

    @Deactivate
    public void close() {
        networks.close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String device() {
        return runtime.device();
    }

    @Override
    public boolean accepts(Photo photo) {
        return true;
    }

    @Override
    public Matte segment(Photo photo, Progress progress) {
        Image image = photo.image();
        progress.report(0, "finding the object");
        CropRegion whole = new CropRegion(0, 0, image.height());
        Plane coarse = MainComponents.keep(look(image, whole, image.width(), FIRST_LOOK), KEEP);
        CropRegion object = object(photo, coarse);
        progress.checkCancelled();
        progress.report(0.5, "cutting it out");
        CropRegion square = filled(object, FILL);
        Plane fine = lookBothWays(image, square, SECOND_LOOK);
        float[] detail =
                new GuidedFilter(DETAIL, FILTER_RADIUS, FILTER_EPSILON)
                        .filter(guide(image, square), enlarged(fine));
        Plane alpha = MainComponents.keep(placed(image, square, detail), KEEP);
        progress.report(1, "cutting it out");
        return new Matte(alpha, ID);
    }

    /**
     * Foreground of a region.
     *
     * @param width of the region, whose height is its size
     * @param side of the square that the network sees, and of the result
     */
    private Plane look(Image image, CropRegion region, float width, int side) {
        float[] pixels = new float[3 * side * side];
        RegionSampler.sample(image, region, width, side, pixels, 0);
        return new Plane(side, side, foreground(pixels, 1, side));
    }

    /**
     * Foreground of a square, the mean of what the network says of it and of its mirror image: it
     * errs in other places there.
     */
    private Plane lookBothWays(Image image, CropRegion square, int side) {
        int picture = 3 * side * side;
        float[] pixels = new float[2 * picture];
        RegionSampler.sample(image, square, square.size(), side, pixels, 0);
        for (int i = 0; i < picture; i++) {
            pixels[picture + mirrored(i, side)] = pixels[i];
        }
        float[] found = foreground(pixels, 2, side);
        float[] mean = new float[side * side];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (found[i] + found[mean.length + mirrored(i, side)]) / 2;
        }
        return new Plane(side, side, mean);
    }

    private static int mirrored(int pixel, int side) {
        return pixel - pixel % side + side - 1 - pixel % side;
    }

    /**
     * @param pixels {@code float[count*3*side*side]}
     * @return {@code float[count*side*side]}
     */
    private float[] foreground(float[] pixels, int count, int side) {
        try (NetworkCache.Lease<SegmentationNetwork> lease =
                        networks.lease(WEIGHTS, NetSegmenter::weights);
                NDManager manager = runtime.newManager()) {
            NDArray input = manager.create(pixels, new Shape(count, 3, side, side));
            return Activation.sigmoid(lease.network().forward(input)).toFloatArray();
        }
    }

    /** Value between the pixels of a square picture; beyond its borders that of the border. */
    private static float bilinear(float[] plane, int size, float u, float v) {
        u = Math.max(0, Math.min(size - 1.001f, u));
        v = Math.max(0, Math.min(size - 1.001f, v));
        int at = (int) v * size + (int) u;
        float fu = u - (int) u;
        float fv = v - (int) v;
        float upper = plane[at] + fu * (plane[at + 1] - plane[at]);
        float lower = plane[at + size] + fu * (plane[at + size + 1] - plane[at + size]);
        return upper + fv * (lower - upper);
    }

    /**
     * The square about what the first look found; the longer side of its box fills it.
     *
     * @param coarse the whole photo, stretched to a square
     */
    private static CropRegion object(Photo photo, Plane coarse) {
        int count = 0;
        int left = coarse.width();
        int right = 0;
        int top = coarse.height();
        int bottom = 0;
        for (int i = 0; i < coarse.values().length; i++) {
            if (coarse.values()[i] >= Matte.THRESHOLD) {
                count++;
                left = Math.min(left, i % coarse.width());
                right = Math.max(right, i % coarse.width() + 1);
                top = Math.min(top, i / coarse.width());
                bottom = Math.max(bottom, i / coarse.width() + 1);
            }
        }
        if (count < LEAST_OBJECT * coarse.values().length) {
            throw new PhotoException(
                    PhotoException.Reason.NO_OBJECT,
                    photo.name()
                            + ": no object stands out; use a photo in which it is larger, or give"
                            + " a mask with --mask");
        }
        float scaleX = photo.width() / (float) coarse.width();
        float scaleY = photo.height() / (float) coarse.height();
        float side = Math.max((right - left) * scaleX, (bottom - top) * scaleY);
        float centreX = (left + right) / 2f * scaleX;
        float centreY = (top + bottom) / 2f * scaleY;
        return new CropRegion(centreX - side / 2, centreY - side / 2, side);
    }

    private static CropRegion filled(CropRegion object, float fill) {
        float side = object.size() / fill;
        float grown = (side - object.size()) / 2;
        return new CropRegion(object.x() - grown, object.y() - grown, side);
    }

    private static float[] enlarged(Plane fine) {
        float[] detail = new float[DETAIL * DETAIL];
        float scale = fine.width() / (float) DETAIL;
        for (int i = 0; i < detail.length; i++) {
            float u = (i % DETAIL + 0.5f) * scale - 0.5f;
            float v = (i / DETAIL + 0.5f) * scale - 0.5f;
            detail[i] = bilinear(fine.values(), fine.width(), u, v);
        }
        return detail;
    }

    private static float[] guide(Image image, CropRegion region) {
        float[] planes = new float[3 * DETAIL * DETAIL];
        RegionSampler.sample(image, region, region.size(), DETAIL, planes, 0);
        float[] grey = new float[DETAIL * DETAIL];
        for (int i = 0; i < grey.length; i++) {
            grey[i] =
                    0.5f
                            + (0.299f * planes[i]
                                            + 0.587f * planes[i + grey.length]
                                            + 0.114f * planes[i + 2 * grey.length])
                                    / 2;
        }
        return grey;
    }

    private static Plane placed(Image image, CropRegion region, float[] detail) {
        float[] alpha = new float[image.width() * image.height()];
        float scale = DETAIL / region.size();
        int left = Math.max(0, (int) Math.floor(region.x()));
        int right = Math.min(image.width(), (int) Math.ceil(region.x() + region.size()));
        int top = Math.max(0, (int) Math.floor(region.y()));
        int bottom = Math.min(image.height(), (int) Math.ceil(region.y() + region.size()));
        IntStream.range(top, Math.max(top, bottom))
                .parallel()
                .forEach(
                        y -> {
                            float v = (y + 0.5f - region.y()) * scale - 0.5f;
                            for (int x = left; x < right; x++) {
                                float u = (x + 0.5f - region.x()) * scale - 0.5f;
                                alpha[y * image.width() + x] =
                                        sharpened(bilinear(detail, DETAIL, u, v));
                            }
                        });
        return new Plane(image.width(), image.height(), alpha);
    }

    /** Alpha for what the network says, whose ramp is wider than a photo's edge. */
    public static float sharpened(float value) {
        return Math.max(0, Math.min(1, 0.5f + 2.5f * (value - 0.5f)));
    }

    /** The built-in network's parameters, a safetensors file. */
    public static byte[] weights() {
        try (InputStream in = NetSegmenter.class.getResourceAsStream(WEIGHTS)) {
            if (in == null) {
                throw new IllegalStateException("the bundle has no " + WEIGHTS);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
