/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inverso.api.Progress.NONE;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.CancelledException;
import org.inverso.api.Progress;
import org.inverso.api.SheetPainter;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.Material;
import org.inverso.api.category.Part;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.rasterizer.JvmRasterizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RasterSheetPainterTest {

    private final JvmRasterizer rasterizer = new JvmRasterizer(1);
    private final RasterSheetPainter painter = new RasterSheetPainter();

    @AfterEach
    void close() {
        rasterizer.close();
    }

    private Image paint(long seed) {
        return painter.paint(boxes(), rasterizer, seed, NONE);
    }

    @Test
    void theSameSeedGivesTheSameSheetWithColoursInEqualShares() {
        Image sheet = paint(1);
        assertThat(sheet.rgba()).isEqualTo(paint(1).rgba()).isNotEqualTo(paint(2).rgba());
        int red = 0;
        int blue = 0;
        byte[] rgba = sheet.rgba();
        for (int i = 0; i < rgba.length; i += 4) {
            int r = rgba[i] & 0xff;
            int b = rgba[i + 2] & 0xff;
            red += r > b + 60 ? 1 : 0;
            blue += b > r + 60 ? 1 : 0;
        }
        int card = sheet.width() * sheet.height() / SheetPainter.SAMPLES;
        // Half of the boxes each, and every box takes up a good part of its card.
        assertThat(red).isBetween(2 * card, 9 * card);
        assertThat(blue).isBetween(2 * card, 9 * card);
    }

    @Test
    void coatsArePaintedWithTheirMarkingsAndSuitTheBuild() {
        Coat dotted =
                new Coat(
                        "dotted",
                        0.5,
                        Map.of("paint", new float[] {0.5f, 0.02f, 0.02f}),
                        List.of(
                                new Coat.Pattern(
                                        Coat.Kind.SPOTS,
                                        List.of(),
                                        new float[] {0.02f, 0.5f, 0.02f},
                                        1)));
        Coat blue =
                new Coat("blue", 0.5, Map.of("paint", new float[] {0.02f, 0.02f, 0.6f}), List.of());

        int[] free = hues(painter.paint(boxes(List.of(), dotted, blue), rasterizer, 1, NONE));
        int[] suited =
                hues(painter.paint(boxes(List.of("dotted"), dotted, blue), rasterizer, 1, NONE));

        assertThat(free).as("red, green, blue").doesNotContain(0);
        assertThat(suited[0]).isGreaterThan(free[0]);
        assertThat(suited[1]).as("green spots").isGreaterThan(free[1]);
        assertThat(suited[2]).as("no blue box").isZero();
    }

    /** Pixels of a clear red, green and blue. */
    private static int[] hues(Image sheet) {
        int[] count = new int[3];
        byte[] rgba = sheet.rgba();
        for (int i = 0; i < rgba.length; i += 4) {
            for (int c = 0; c < 3; c++) {
                int own = rgba[i + c] & 0xff;
                int next = rgba[i + (c + 1) % 3] & 0xff;
                int last = rgba[i + (c + 2) % 3] & 0xff;
                count[c] += own > next + 60 && own > last + 60 ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void tellsHowFarItIsAndCanBeCancelled() {
        List<Double> fractions = new ArrayList<>();
        Progress progress =
                new Progress() {
                    @Override
                    public void report(double fraction, String what) {
                        fractions.add(fraction);
                    }

                    @Override
                    public boolean cancelled() {
                        return fractions.size() == 5;
                    }
                };

        assertThatThrownBy(() -> painter.paint(boxes(), rasterizer, 0, progress))
                .isInstanceOf(CancelledException.class);
        assertThat(fractions).hasSize(5).isSorted().first().isEqualTo(0.0);
    }

    /** A box with one shape target, in red or blue. */
    private static CategoryModel boxes() {
        return boxes(List.of());
    }

    /**
     * @param suitable names of the coats that suit it
     */
    private static CategoryModel boxes(List<String> suitable, Coat... coats) {
        float[] positions = new float[24];
        for (int v = 0; v < 8; v++) {
            positions[3 * v] = (v & 1) - 0.5f;
            positions[3 * v + 1] = v >> 1 & 1;
            positions[3 * v + 2] = (v >> 2) - 0.5f;
        }
        // All sides but those to the left and right are on the atlas.
        float[] uvs = new float[16];
        for (int v = 0; v < 8; v++) {
            uvs[2 * v] = (v & 1) == 0 ? 0.1f : 0.9f;
            uvs[2 * v + 1] = new float[] {0.1f, 0.4f, 0.9f, 0.6f}[v >> 1];
        }
        int[] faces = {
            0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 2, 6, 7, 2, 7,
            3, 0, 1, 5, 0, 5, 4
        };
        TemplateMesh mesh =
                new TemplateMesh(
                        positions,
                        uvs,
                        faces,
                        new int[12],
                        new int[12],
                        List.of(
                                new Part(
                                        "box",
                                        "body",
                                        0,
                                        8,
                                        0,
                                        12,
                                        Optional.empty(),
                                        Optional.empty(),
                                        false)),
                        List.of(
                                new Material(
                                        "paint",
                                        "paint",
                                        new float[] {0.5f, 0.5f, 0.5f, 1},
                                        0,
                                        0.8f,
                                        new float[3],
                                        0,
                                        0)),
                        List.of("size"),
                        positions.clone(),
                        new int[0]);
        ShapePrior prior =
                new ShapePrior(
                        List.of(
                                new ShapePrior.Component(
                                        "box",
                                        1,
                                        new float[1],
                                        new float[] {0.2f},
                                        List.of(),
                                        List.of(),
                                        suitable)),
                        new float[] {-0.5f},
                        new float[] {0.5f});
        Map<String, Map<String, float[]>> colors =
                Map.of(
                        "paint",
                        Map.of(
                                "red", new float[] {0.6f, 0.02f, 0.02f},
                                "blue", new float[] {0.02f, 0.02f, 0.6f}));
        return (CategoryModel)
                Proxy.newProxyInstance(
                        CategoryModel.class.getClassLoader(),
                        new Class<?>[] {CategoryModel.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "template" -> mesh;
                                    case "shapePrior" -> prior;
                                    case "poseParameters", "poses" -> List.of();
                                    case "coats" -> List.of(coats);
                                    case "colors" -> colors;
                                    default -> throw new AssertionError(method);
                                });
    }
}
