/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.geometry.paint.TexturePainter;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.internal.Pace;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutRenderer;
import org.inverso.training.synthesis.CutoutStore;
import org.inverso.training.synthesis.Painters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills a folder with cutouts of a category; what is there already is kept. */
public final class CutoutFactory {

    private static final Logger LOGGER = LoggerFactory.getLogger(CutoutFactory.class);
    private static final int TEXTURE_SIZE = 256;

    private final CategoryModel category;
    private final DifferentiableRasterizer rasterizer;
    private final List<Picture> pictures;
    private final long seed;

    /**
     * @param pictures for reflections and stickers
     */
    public CutoutFactory(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            List<Picture> pictures,
            long seed) {
        this.category = category;
        this.rasterizer = rasterizer;
        this.pictures = pictures;
        this.seed = seed;
    }

    /**
     * Renders on all cores until there are enough; each cutout depends on the seed and its number
     * only. A file that is not complete when the work is cancelled is not written.
     *
     * @param count in files of {@link CutoutStore#SHARD}, the last one with the rest
     */
    public void fill(Path folder, int count, Progress progress) {
        int shards = (count + CutoutStore.SHARD - 1) / CutoutStore.SHARD;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TexturePainter painter = Painters.of(category, TEXTURE_SIZE, pictures);
        Pace pace = new Pace(count, progress);
        IntStream.range(0, shards)
                .parallel()
                .forEach(
                        shard -> {
                            int first = shard * CutoutStore.SHARD;
                            int size = Math.min(CutoutStore.SHARD, count - first);
                            String name = String.format("%05d", shard);
                            if (CutoutStore.count(folder, name, category) >= size) {
                                pace.skip(size);
                            } else if (!progress.cancelled()) {
                                write(folder, name, first, size, painter, pace);
                            }
                        });
    }

    private void write(
            Path folder, String name, int first, int size, TexturePainter painter, Pace pace) {
        try (CutoutRenderer renderer =
                new CutoutRenderer(
                        category,
                        rasterizer,
                        painter,
                        CameraCode.target(category.template()),
                        pictures)) {
            List<Cutout> cutouts = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if (pace.cancelled()) {
                    return;
                }
                long number = (long) first + i;
                cutouts.add(renderer.render(new SplittableRandom(seed * 7_919 + number)));
                pace.done();
            }
            CutoutStore.write(folder, name, cutouts);
            LOGGER.info("{} cutouts in {}", size, name);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write cutouts into " + folder + ": " + e.getMessage(), e);
        }
    }
}
