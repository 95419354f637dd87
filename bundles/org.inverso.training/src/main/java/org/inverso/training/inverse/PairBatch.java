/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import java.util.List;
import java.util.SplittableRandom;
import org.inverso.api.image.Image;

/**
 * Pairs of views, two of the same object each.
 *
 * @param views view i and i + 1 show the same object, i even
 * @param targets of each view
 * @param mirrored whether left and right were exchanged, the same for both views of an object
 */
public record PairBatch(List<GanView> views, List<ViewTarget> targets, boolean[] mirrored) {

    /** Largest part by which a channel is made brighter or darker. */
    private static final double TINT = 0.15;

    /**
     * Random pairs.
     *
     * @param contents of which there are two views at least
     * @param mirrors whether the objects are symmetric, so that reflections are objects too
     */
    public static PairBatch draw(
            GanViewStore store,
            List<Integer> contents,
            int pairs,
            boolean mirrors,
            SplittableRandom random) {
        GanView[] views = new GanView[2 * pairs];
        ViewTarget[] targets = new ViewTarget[2 * pairs];
        boolean[] mirrored = new boolean[2 * pairs];
        for (int p = 0; p < pairs; p++) {
            int content = contents.get(random.nextInt(contents.size()));
            int count = store.viewCount(content);
            int first = random.nextInt(count);
            int second = (first + 1 + random.nextInt(count - 1)) % count;
            boolean mirror = mirrors && random.nextBoolean();
            float[] gains = new float[3];
            double brightness = 1 + TINT * (2 * random.nextDouble() - 1);
            for (int c = 0; c < 3; c++) {
                gains[c] = (float) (brightness * (1 + TINT * (2 * random.nextDouble() - 1)));
            }
            for (int i = 0; i < 2; i++) {
                GanView view = store.get(content, i == 0 ? first : second);
                Image crop = changed(view.crop(), mirror, gains);
                views[2 * p + i] = new GanView(content, view.view(), crop);
                targets[2 * p + i] = ViewTarget.of(crop);
                mirrored[2 * p + i] = mirror;
            }
        }
        return new PairBatch(List.of(views), List.of(targets), mirrored);
    }

    private static Image changed(Image crop, boolean mirror, float[] gains) {
        int side = crop.width();
        byte[] rgba = new byte[4 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int to = 4 * (y * side + (mirror ? side - 1 - x : x));
                for (int c = 0; c < 3; c++) {
                    rgba[to + c] = (byte) Math.min(255, Math.round(gains[c] * crop.get(x, y, c)));
                }
                rgba[to + 3] = (byte) crop.get(x, y, 3);
            }
        }
        return new Image(side, side, rgba);
    }

    /** Number of views. */
    public int size() {
        return views.size();
    }
}
