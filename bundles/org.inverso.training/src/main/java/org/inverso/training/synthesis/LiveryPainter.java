/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.inverso.geometry.paint.TexelMap;
import org.inverso.geometry.paint.TexturePainter;
import org.inverso.training.PictureFolder.Picture;

/**
 * Paints albedo textures of vehicles: plain and two-tone paint, stripes, lettering, stickers, dirt;
 * glass, lamps, tyres and trim in their usual colours. Patterns live in object space at rest, so
 * that they run across charts and sides without a seam.
 */
public final class LiveryPainter implements TexturePainter {

    private final TemplateMesh template;
    private final TexelMap texels;
    private final int size;
    private final float[] low;
    private final float[] high;
    private final List<Picture> stickers;

    /**
     * @param size side of the textures
     * @param stickers pictures from which stickers are cut
     */
    public LiveryPainter(TemplateMesh template, int size, List<Picture> stickers) {
        this.template = template;
        this.size = size;
        this.stickers = stickers;
        this.texels = new TexelMap(template, size);
        low = new float[] {9, 9, 9};
        high = new float[] {-9, -9, -9};
        float[] p = template.positions();
        for (int i = 0; i < p.length; i++) {
            low[i % 3] = Math.min(low[i % 3], p[i]);
            high[i % 3] = Math.max(high[i % 3], p[i]);
        }
    }

    @Override
    public float[] paint(List<String> coats, SplittableRandom random) {
        float[] texture = new float[3 * size * size];
        Map<String, float[]> colors = colors(random);
        float[] paint = colors.get("paint");
        List<Pattern> patterns = patterns(random);
        boolean lines = random.nextInt(4) > 0;
        float lineDepth = (float) random.nextDouble(0.3, 0.9);
        float[] dirt = {
            (float) random.nextDouble(6),
            (float) random.nextDouble(6),
            (float) (random.nextInt(3) == 0 ? random.nextDouble(0.5) : random.nextDouble(0.08))
        };
        double glassGradient = random.nextDouble(-1, 1);
        boolean painted = random.nextInt(3) > 0;
        float[] color = new float[3];
        int[] face = texels.face();
        float[] rest = texels.rest();
        boolean[] seam = texels.seam();
        for (int t = 0; t < size * size; t++) {
            if (face[t] < 0) {
                continue;
            }
            String kind = template.materials().get(template.faceMaterial()[face[t]]).kind();
            Part part = template.parts().get(template.facePart()[face[t]]);
            float[] base = colors.getOrDefault(kind, paint);
            if (painted && part.role().startsWith("bumper") && kind.equals("trim")) {
                base = paint;
            }
            System.arraycopy(base, 0, color, 0, 3);
            float x = rest[3 * t];
            float y = (rest[3 * t + 1] - low[1]) / (high[1] - low[1]);
            float z = rest[3 * t + 2];
            if (kind.equals("paint")) {
                for (Pattern pattern : patterns) {
                    pattern.apply(x, y, z, color);
                }
            } else if (kind.equals("glass")) {
                double gain = Math.exp(glassGradient * (y - 0.75) * 4);
                scale(color, (float) gain);
            } else if (kind.equals("plate")) {
                boolean ink = Math.sin(70 * x) > 0.1 && Math.abs(Math.sin(9 * y * 7)) > 0.4;
                scale(color, ink ? 0.25f : 1);
            }
            if (lines && seam[t] && !kind.equals("glass")) {
                scale(color, 1 - lineDepth);
            }
            double noise =
                    Math.sin(3.1 * x + dirt[0])
                            * Math.sin(2.3 * z + dirt[1])
                            * Math.sin(11 * y + dirt[0]);
            scale(color, (float) (1 - dirt[2] * (0.5 + 0.5 * noise) * (1.2 - y)));
            for (int c = 0; c < 3; c++) {
                texture[3 * t + c] = Math.max(0.004f, Math.min(0.95f, color[c]));
            }
        }
        return texture;
    }

    private static void scale(float[] color, float factor) {
        for (int c = 0; c < 3; c++) {
            color[c] *= factor;
        }
    }

    private static float[] grey(double value) {
        return new float[] {(float) value, (float) value, (float) value};
    }

    private static float[] hue(SplittableRandom random, double saturation, double value) {
        int rgb = java.awt.Color.HSBtoRGB((float) random.nextDouble(), (float) saturation, 1);
        float[] color = new float[3];
        for (int c = 0; c < 3; c++) {
            color[c] = (float) (value * Math.pow((rgb >> (16 - 8 * c) & 255) / 255.0, 2.2));
        }
        return color;
    }

    private static float[] paintColor(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> grey(random.nextDouble(0.6, 0.9));
            case 2 -> grey(random.nextDouble(0.01, 0.06));
            case 3, 4 -> grey(random.nextDouble(0.08, 0.5));
            case 5 ->
                    new float[] {
                        (float) random.nextDouble(0.3, 0.7),
                        (float) random.nextDouble(0.01, 0.1),
                        (float) random.nextDouble(0.01, 0.08)
                    };
            case 6 ->
                    new float[] {
                        (float) random.nextDouble(0.01, 0.2),
                        (float) random.nextDouble(0.05, 0.3),
                        (float) random.nextDouble(0.2, 0.7)
                    };
            default ->
                    hue(random, random.nextDouble(0.2, 1), Math.exp(random.nextDouble(-2.5, -0.2)));
        };
    }

    private static Map<String, float[]> colors(SplittableRandom random) {
        boolean brightRims = random.nextInt(3) > 0;
        return Map.ofEntries(
                Map.entry("paint", paintColor(random)),
                Map.entry("glass", grey(Math.exp(random.nextDouble(-4.5, -1.6)))),
                Map.entry("trim", grey(random.nextDouble(0.01, 0.08))),
                Map.entry("chrome", grey(random.nextDouble(0.2, 0.8))),
                Map.entry(
                        "rim",
                        random.nextInt(8) == 0
                                ? paintColor(random)
                                : grey(
                                        brightRims
                                                ? random.nextDouble(0.25, 0.75)
                                                : random.nextDouble(0.01, 0.2))),
                Map.entry("rubber", grey(random.nextDouble(0.006, 0.05))),
                Map.entry("headlight", grey(random.nextDouble(0.3, 0.95))),
                Map.entry(
                        "taillight",
                        new float[] {
                            (float) random.nextDouble(0.25, 0.8),
                            (float) random.nextDouble(0.0, 0.08),
                            (float) random.nextDouble(0.0, 0.08)
                        }),
                Map.entry(
                        "indicator",
                        random.nextInt(2) == 0
                                ? new float[] {
                                    (float) random.nextDouble(0.5, 0.9),
                                    (float) random.nextDouble(0.15, 0.4),
                                    0.02f
                                }
                                : grey(random.nextDouble(0.2, 0.8))),
                Map.entry(
                        "plate",
                        random.nextInt(3) == 0
                                ? new float[] {0.8f, 0.6f, 0.08f}
                                : grey(random.nextDouble(0.5, 0.85))),
                Map.entry("interior", grey(random.nextDouble(0.004, 0.03))));
    }

    /**
     * Changes the paint's colour at a point: x and z in metres at rest, y from 0 (ground) to 1
     * (roof).
     */
    private interface Pattern {
        void apply(float x, float y, float z, float[] color);
    }

    private List<Pattern> patterns(SplittableRandom random) {
        List<Pattern> patterns = new ArrayList<>();
        if (random.nextInt(5) == 0) {
            float[] second = paintColor(random);
            float from = (float) random.nextDouble(0.15, 0.9);
            boolean above = random.nextBoolean();
            patterns.add((x, y, z, c) -> set(c, second, (y > from) == above));
        }
        if (random.nextInt(4) == 0) {
            float[] stripe = paintColor(random);
            float middle = (float) random.nextDouble(0.25, 0.7);
            float half = (float) random.nextDouble(0.01, 0.09);
            float slope = (float) random.nextDouble(-0.08, 0.08);
            patterns.add((x, y, z, c) -> set(c, stripe, Math.abs(y - middle - slope * z) < half));
        }
        if (random.nextInt(8) == 0) {
            float[] stripe = paintColor(random);
            float inner = (float) random.nextDouble(0, 0.15);
            float outer = inner + (float) random.nextDouble(0.08, 0.35);
            patterns.add(
                    (x, y, z, c) ->
                            set(c, stripe, Math.abs(x) > inner && Math.abs(x) < outer && y > 0.45));
        }
        if (random.nextInt(5) == 0) {
            float[] swoosh = paintColor(random);
            float start = (float) random.nextDouble(-2, 2);
            float steep = (float) random.nextDouble(1, 5) * (random.nextBoolean() ? 1 : -1);
            float wide = (float) random.nextDouble(0.2, 1.2);
            patterns.add(
                    (x, y, z, c) ->
                            set(c, swoosh, Math.abs(z - start - steep * (y - 0.4f)) < wide));
        }
        int count = random.nextInt(3) == 0 ? random.nextInt(1, 9) : 0;
        for (int i = 0; i < count; i++) {
            patterns.add(random.nextBoolean() ? sticker(random) : lettering(random));
        }
        return patterns;
    }

    private static void set(float[] color, float[] to, boolean here) {
        if (here) {
            System.arraycopy(to, 0, color, 0, 3);
        }
    }

    private Pattern lettering(SplittableRandom random) {
        float[] ink = paintColor(random);
        float[] place = place(random, 0.9f, 0.12f);
        boolean side = random.nextInt(3) > 0;
        float pitch = (float) random.nextDouble(0.04, 0.16);
        long glyphs = random.nextLong();
        return (x, y, z, c) -> {
            float u = side ? z - place[0] : x - place[0] * 0.3f;
            float v = side ? y - place[1] : z - place[4];
            float halfV = side ? place[3] : place[3] * 2;
            if (Math.abs(u) > place[2] || Math.abs(v) > halfV) {
                return;
            }
            int cell = (int) ((u + place[2]) / pitch);
            int row = (int) ((v / halfV + 1) * 2.5f);
            int part = (int) (((u + place[2]) / pitch - cell) * 4);
            long bit = glyphs >>> ((cell * 13 + row * 7 + part * 3) & 63);
            set(c, ink, part < 3 && (bit & 1) == 1);
        };
    }

    private Pattern sticker(SplittableRandom random) {
        Picture picture = stickers.get(random.nextInt(stickers.size()));
        float[] place = place(random, 0.6f, 0.2f);
        boolean side = random.nextInt(3) > 0;
        float contrast = (float) random.nextDouble(0.5, 1);
        return (x, y, z, c) -> {
            float u = (side ? z - place[0] : x - place[0] * 0.3f) / place[2];
            float v = side ? (y - place[1]) / place[3] : (z - place[4]) / place[2];
            if (Math.abs(u) >= 1 || Math.abs(v) >= 1) {
                return;
            }
            int px = (int) ((u * 0.5f + 0.5f) * (picture.width() - 1));
            int py = (int) ((0.5f - v * 0.5f) * (picture.height() - 1));
            int rgb = picture.rgb()[py * picture.width() + px];
            for (int i = 0; i < 3; i++) {
                float pixel = (float) Math.pow((rgb >> (16 - 8 * i) & 255) / 255.0, 2.2);
                c[i] += contrast * (pixel - c[i]);
            }
        };
    }

    private static float[] place(SplittableRandom random, float widest, float tallest) {
        return new float[] {
            (float) random.nextDouble(-2.2, 2.2),
            (float) random.nextDouble(0.25, 0.75),
            (float) random.nextDouble(0.15, widest),
            (float) random.nextDouble(0.03, tallest),
            (float) random.nextDouble(-2, 2)
        };
    }

    @Override
    public TexelMap texels() {
        return texels;
    }
}
