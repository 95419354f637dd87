/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.Parameters;
import org.inverso.training.inverse.GanView;
import org.inverso.training.inverse.GanViewStore;

/**
 * Draws objects that do not exist from several of a generator's view codes, and cuts them out.
 * Nothing but the generator and the segmenter takes part: no template, no camera but the view
 * codes' azimuths.
 */
final class GanViewFactory implements AutoCloseable {

    /** Views of one content. */
    static final int VIEWS = 8;

    /** First number of contents that nothing learns from, whatever the seed. */
    static final int HELD_OUT = 500_000;

    /** Contents of a file. */
    private static final int SHARD = 10;

    private static final double PSI = 0.7;

    /** Least part of a picture that its object takes up (GANverse3D, arXiv 2010.09125). */
    private static final double LEAST_AREA = 0.1;

    private static final double MOST_AREA = 0.7;
    private static final double MOST_AT_BORDER = 0.03;
    private static final double MOST_UNSURE = 0.25;

    private final NDManager manager;
    private final StyleStudio studio;
    private final PictureCutter cutter;
    private final float[][][] codes;
    private final double[] azimuthsDeg;
    private final long fingerprint;
    private final long seed;

    /**
     * @param category with a generator that has view codes
     * @param seed of the contents
     */
    GanViewFactory(NDManager parent, CategoryModel category, long seed) {
        byte[] bytes = GeneratorFile.of(category);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        this.fingerprint = crc.getValue();
        this.seed = seed;
        this.manager = parent.newSubManager();
        Parameters weights = Parameters.read(manager, bytes);
        StyleGenerator generator = new StyleGenerator(weights);
        ViewCodes views =
                ViewCodes.of(weights, generator.shape())
                        .orElseThrow(
                                () ->
                                        new CategoryException(
                                                "The generator of category "
                                                        + category.id()
                                                        + " has no view codes; find some: --stage"
                                                        + " views"));
        this.azimuthsDeg = views.azimuths().stream().mapToDouble(a -> a).toArray();
        this.codes = GeneratorFile.viewCodes(weights);
        this.studio = new GeneratorStudio(manager, generator, seed);
        this.cutter = new PictureCutter(manager);
    }

    /** Of each view code, degrees. */
    double[] azimuthsDeg() {
        return azimuthsDeg.clone();
    }

    /** Of the generator's weights. */
    long fingerprint() {
        return fingerprint;
    }

    /**
     * Views of one content whose matte is plausible.
     *
     * @param content number; the same one gives the same object
     */
    List<GanView> draw(int content) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + content);
        float[] w = studio.draw(1, PSI, random)[0];
        int[] views = some(Math.min(VIEWS, codes.length), codes.length, random);
        float[] pictures =
                studio.pictures(
                        views.length,
                        (n, l) -> l < codes[views[n]].length ? codes[views[n]][l] : w);
        List<PictureCutter.CutOut> cutOuts = cutter.cut(pictures, studio.resolution());
        List<GanView> plausible = new ArrayList<>();
        for (int n = 0; n < views.length; n++) {
            if (isPlausible(cutOuts.get(n))) {
                plausible.add(new GanView(content, views[n], cutOuts.get(n).crop()));
            }
        }
        return plausible;
    }

    private static boolean isPlausible(PictureCutter.CutOut cutOut) {
        double area = cutOut.area();
        return area >= LEAST_AREA
                && area <= MOST_AREA
                && cutOut.atBorder() <= MOST_AT_BORDER
                && cutOut.unsure() <= MOST_UNSURE;
    }

    /** Different numbers below a limit, at random. */
    private static int[] some(int count, int limit, SplittableRandom random) {
        int[] all = new int[limit];
        for (int i = 0; i < limit; i++) {
            all[i] = i;
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(limit - i);
            chosen[i] = all[other];
            all[other] = all[i];
        }
        return chosen;
    }

    /**
     * Draws contents until there are so many; files that are there stay.
     *
     * @return what is there
     */
    GanViewStore fill(Path folder, int contents, Progress progress) {
        try {
            Files.createDirectories(folder);
            for (int first = 0; first < contents; first += SHARD) {
                progress.checkCancelled();
                progress.report(
                        first / (double) contents,
                        "drawing and cutting out, object " + (first + 1) + " of " + contents);
                String name = String.format(Locale.ROOT, "%d-%05d", seed, first);
                if (GanViewStore.has(folder, name)) {
                    continue;
                }
                List<GanView> views = new ArrayList<>();
                for (int content = first; content < first + SHARD; content++) {
                    views.addAll(draw(content));
                }
                GanViewStore.write(folder, name, fingerprint, views);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
        GanViewStore store = new GanViewStore(folder, fingerprint);
        if (store.size() == 0) {
            throw new InversoException("none of the generator's pictures shows a whole object");
        }
        return store;
    }

    @Override
    public void close() {
        manager.close();
    }
}
