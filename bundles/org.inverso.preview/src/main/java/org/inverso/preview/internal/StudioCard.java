/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import org.inverso.preview.internal.Canvas.Box;

/** A box of a canvas that shows a surface on the floor of a bright studio, with its shadow. */
final class StudioCard {

    private static final float[] WALL = Srgb.linear(0xf2, 0xf2, 0xf0);
    private static final float[] FLOOR = Srgb.linear(0xdf, 0xdf, 0xdb);

    private final Canvas canvas;
    private final ViewRenderer renderer;

    StudioCard(Canvas canvas, ViewRenderer renderer) {
        this.canvas = canvas;
        this.renderer = renderer;
    }

    /**
     * @param softness of the light, see {@link Studio}
     */
    void draw(Box box, Surface surface, Viewpoint viewpoint, ContactShadow shadow, float softness) {
        Layer layer = renderer.render(surface, viewpoint, box.width(), box.height(), softness);
        float[] dark = shadow.seenFrom(viewpoint, box.width(), box.height());
        canvas.draw(
                box,
                (x, y, dest) -> {
                    int pixel = y * box.width() + x;
                    float down = (y + 0.5f) / box.height();
                    float floor = down * down * (3 - 2 * down);
                    float light = 1 - dark[pixel];
                    float clear = 1 - layer.coverage(x, y);
                    for (int c = 0; c < 3; c++) {
                        float ground = WALL[c] + floor * (FLOOR[c] - WALL[c]);
                        dest[c] = layer.rgba()[4 * pixel + c] + clear * light * ground;
                    }
                });
    }
}
