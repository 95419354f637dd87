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
import java.util.Arrays;
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
 * The built-in segmenter. It looks at the whole photo first, then again at squares around what it
 * found, where details are larger; a guided filter fits the outline to the photo's edges.
 */
@Component(
        service = Segmenter.class,
        property = {Stage.ID_PROPERTY + "=" + NetSegmenter.ID, "service.ranking:Integer=0"})
public final class NetSegmenter implements Segmenter {

    public static final String ID = "net";

    private static final String WEIGHTS = "/weights/segmenter.safetensors";
    private static final int SIZE = SegmentationNetwork.SIZE;

    /** Sides that the whole photo is reduced to. */
    private static final int[] FIRST_LOOK = {96, SIZE};

    private static final int[] SECOND_LOOK = {SIZE};

    /**
     * Parts of the second looks' sides that the object takes up, the widest first. What a close
     * look sees best may be cut off in it, if the first look took the object for smaller than it
     * is.
     */
    private static final float[] FILLS = {0.7f, 0.9f};

    /** Side of the square in which the outline is fitted, pixels. */
    private static final int DETAIL = 320;

    private static final int FILTER_RADIUS = 6;
    private static final float FILTER_EPSILON = 2e-3f;

    /** Pieces smaller than this part of the largest one are no part of the object. */
    private static final double KEEP = 0.25;

    /** A photo of which less than this part is object shows none. */
    private static final double LEAST_OBJECT = 0.004;

    private final DjlRuntime runtime;
    private final NetworkCache<SegmentationNetwork> networks;

    @Activate
    public NetSegmenter(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks = new NetworkCache<>(runtime, SegmentationNetwork::new);
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
        Plane coarse =
                MainComponents.keep(
                        new Plane(
                                SIZE / 2, SIZE / 2, look(image, whole, image.width(), FIRST_LOOK)),
                        KEEP);
        CropRegion object = object(photo, coarse);
        progress.checkCancelled();
        progress.report(0.5, "cutting it out");
        CropRegion square = filled(object, FILLS[0]);
        Plane fine = closeUp(image, object, square);
        float[] detail =
                new GuidedFilter(DETAIL, FILTER_RADIUS, FILTER_EPSILON)
                        .filter(guide(image, square), fine.values());
        Plane alpha = MainComponents.keep(placed(image, square, detail), KEEP);
        progress.report(1, "cutting it out");
        return new Matte(alpha, ID);
    }

    /**
     * Foreground of a region, {@code float[(SIZE/2)^2]}: mean over several sizes, each as seen and
     * mirrored.
     */
    private float[] look(Image image, CropRegion region, float width, int[] sizes) {
        int views = 2 * sizes.length;
        float[] pixels = new float[views * 3 * SIZE * SIZE];
        for (int s = 0; s < sizes.length; s++) {
            float[] small = new float[3 * sizes[s] * sizes[s]];
            RegionSampler.sample(image, region, width, sizes[s], small, 0);
            enlarge(small, sizes[s], pixels, 2 * s * 3 * SIZE);
        }
        float[] all;
        try (NetworkCache.Lease<SegmentationNetwork> lease =
                        networks.lease(WEIGHTS, NetSegmenter::weights);
                NDManager manager = runtime.newManager()) {
            NDArray input = manager.create(pixels, new Shape(views, 3, SIZE, SIZE));
            all = Activation.sigmoid(lease.network().forward(input)).toFloatArray();
        }
        int half = SIZE / 2;
        float[] mean = new float[half * half];
        for (int v = 0; v < views; v++) {
            for (int y = 0; y < half; y++) {
                int row = (v * half + y) * half;
                for (int x = 0; x < half; x++) {
                    mean[y * half + x] += all[row + (v % 2 == 0 ? x : half - 1 - x)] / views;
                }
            }
        }
        return mean;
    }

    /**
     * Enlarges a picture, bilinear, and puts its mirror image behind it.
     *
     * @param row of {@code dest}, SIZE long each, where it begins
     */
    private static void enlarge(float[] small, int size, float[] dest, int row) {
        float step = size / (float) SIZE;
        for (int c = 0; c < 3; c++) {
            float[] channel = Arrays.copyOfRange(small, c * size * size, (c + 1) * size * size);
            for (int y = 0; y < SIZE; y++) {
                int straight = (row + c * SIZE + y) * SIZE;
                int mirrored = straight + 3 * SIZE * SIZE;
                for (int x = 0; x < SIZE; x++) {
                    float value =
                            bilinear(
                                    channel,
                                    size,
                                    (x + 0.5f) * step - 0.5f,
                                    (y + 0.5f) * step - 0.5f);
                    dest[straight + x] = value;
                    dest[mirrored + SIZE - 1 - x] = value;
                }
            }
        }
    }

    /** Mean foreground of a square, as all the close looks that reach there see it. */
    private Plane closeUp(Image image, CropRegion object, CropRegion square) {
        int half = SIZE / 2;
        float[] sum = new float[DETAIL * DETAIL];
        int[] looks = new int[DETAIL * DETAIL];
        for (float fill : FILLS) {
            CropRegion region = filled(object, fill);
            float[] seen = look(image, region, region.size(), SECOND_LOOK);
            float scale = half / region.size();
            for (int i = 0; i < sum.length; i++) {
                float x = square.x() + (i % DETAIL + 0.5f) * square.size() / DETAIL;
                float y = square.y() + (i / DETAIL + 0.5f) * square.size() / DETAIL;
                float u = (x - region.x()) * scale;
                float v = (y - region.y()) * scale;
                if (u >= 0 && v >= 0 && u < half && v < half) {
                    sum[i] += bilinear(seen, half, u - 0.5f, v - 0.5f);
                    looks[i]++;
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= Math.max(1, looks[i]);
        }
        return new Plane(DETAIL, DETAIL, sum);
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

    /** The square about what the first look found; the longer side of its box fills it. */
    private static CropRegion object(Photo photo, Plane coarse) {
        int count = 0;
        for (float value : coarse.values()) {
            count += value >= Matte.THRESHOLD ? 1 : 0;
        }
        if (count < LEAST_OBJECT * coarse.values().length) {
            throw new PhotoException(
                    PhotoException.Reason.NO_OBJECT,
                    photo.name()
                            + ": no object stands out; use a photo in which it is larger, or give"
                            + " a mask with --mask");
        }
        CropRegion box = CropRegion.around(coarse);
        float longest = box.size() * CropRegion.FILL;
        float scaleX = photo.width() / (float) coarse.width();
        float scaleY = photo.height() / (float) coarse.height();
        float centreX = (box.x() + box.size() / 2) * scaleX;
        float centreY = (box.y() + box.size() / 2) * scaleY;
        float side = longest * Math.max(scaleX, scaleY);
        return new CropRegion(centreX - side / 2, centreY - side / 2, side);
    }

    private static CropRegion filled(CropRegion object, float fill) {
        float side = object.size() / fill;
        float grown = (side - object.size()) / 2;
        return new CropRegion(object.x() - grown, object.y() - grown, side);
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
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float u = (x + 0.5f - region.x()) * scale - 0.5f;
                float v = (y + 0.5f - region.y()) * scale - 0.5f;
                float value = bilinear(detail, DETAIL, u, v);
                alpha[y * image.width() + x] = sharpened(value);
            }
        }
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
