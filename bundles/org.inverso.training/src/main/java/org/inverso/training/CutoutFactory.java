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
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.synthesis.Cutout;
import org.inverso.training.synthesis.CutoutRenderer;
import org.inverso.training.synthesis.CutoutStore;
import org.inverso.training.synthesis.TexturePainter;
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
     * only.
     *
     * @param count rounded up to whole files of {@link CutoutStore#SHARD}
     */
    public void fill(Path folder, int count, Progress progress) {
        int shards = (count + CutoutStore.SHARD - 1) / CutoutStore.SHARD;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TexturePainter painter = TexturePainter.of(category, TEXTURE_SIZE, pictures);
        IntStream.range(0, shards)
                .parallel()
                .forEach(
                        shard -> {
                            String name = String.format("%05d", shard);
                            if (Files.exists(folder.resolve(name + ".cutouts"))
                                    || progress.cancelled()) {
                                return;
                            }
                            write(folder, name, shard, painter);
                            LOGGER.info("{} of {} files of cutouts", shard + 1, shards);
                        });
    }

    private void write(Path folder, String name, int shard, TexturePainter painter) {
        try (CutoutRenderer renderer =
                new CutoutRenderer(
                        category,
                        rasterizer,
                        painter,
                        CameraCode.target(category.template()),
                        pictures)) {
            List<Cutout> cutouts = new ArrayList<>();
            for (int i = 0; i < CutoutStore.SHARD; i++) {
                long number = (long) shard * CutoutStore.SHARD + i;
                cutouts.add(renderer.render(new SplittableRandom(seed * 7_919 + number)));
            }
            CutoutStore.write(folder, name, cutouts);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write cutouts into " + folder + ": " + e.getMessage(), e);
        }
    }
}
