/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.inverso.api.CategoryException;
import org.inverso.api.MultiViewGenerator;
import org.inverso.api.Progress;
import org.inverso.api.ViewSheets;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Draws sheets with leased stages, so that a replacement waits until the sheet is done. */
@Component(service = ViewSheets.class)
public final class LeasedViewSheets implements ViewSheets {

    /** Side of a picture on the sheet, at least. */
    private static final int LEAST_SIDE = 128;

    private final LeasingStageRegistry registry;

    /** Called by the framework. */
    @Activate
    public LeasedViewSheets(@Reference LeasingStageRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Sheet draw(Order order, Progress progress) {
        List<Demand> demands =
                List.of(
                        Demand.groups(StageKind.CATEGORY, Set.of(order.category())),
                        Demand.of(StageKind.MULTI_VIEW_GENERATOR),
                        Demand.of(StageKind.IMAGING));
        try (Lease lease =
                registry.pool().lease(demands, registry.waitBound(), progress::cancelled)) {
            CategoryModel category = lease.one(StageKind.CATEGORY).stage();
            MultiViewGenerator generator = lease.one(StageKind.MULTI_VIEW_GENERATOR).stage();
            List<Double> azimuths = generator.azimuths(category);
            if (azimuths.isEmpty()) {
                throw new CategoryException(
                        "The generator of category "
                                + category.id()
                                + " "
                                + category.version()
                                + " has no view codes yet; ./inverso train "
                                + category.id()
                                + " --stage views finds some");
            }
            List<Integer> views = spread(azimuths, order.views());
            List<Image> pictures = new ArrayList<>();
            SplittableRandom seeds = new SplittableRandom(order.seed());
            int all = order.objects() * views.size();
            for (int object = 0; object < order.objects(); object++) {
                long content = seeds.nextLong();
                for (int view : views) {
                    progress.checkCancelled();
                    progress.report(
                            pictures.size() / (double) all,
                            "picture " + (pictures.size() + 1) + " of " + all);
                    pictures.add(
                            generator.generate(category, content, view, order.truncationPsi()));
                }
            }
            Image sheet = sheet(pictures, views.size());
            var imaging = lease.one(StageKind.IMAGING).stage();
            int factor = Math.max(1, LEAST_SIDE / pictures.get(0).width());
            if (factor > 1) {
                sheet = imaging.resize(sheet, factor * sheet.width(), factor * sheet.height());
            }
            return new Sheet(imaging.encodePng(sheet), views.stream().map(azimuths::get).toList());
        }
    }

    /** Some views, evenly from all of them, in order of azimuth. */
    static List<Integer> spread(List<Double> azimuths, int most) {
        List<Integer> sorted =
                IntStream.range(0, azimuths.size())
                        .boxed()
                        .sorted(Comparator.comparing(azimuths::get))
                        .toList();
        int count = Math.min(most, sorted.size());
        return IntStream.range(0, count)
                .mapToObj(i -> sorted.get(i * sorted.size() / count))
                .toList();
    }

    /** All have the size of the first one. */
    static Image sheet(List<Image> pictures, int columns) {
        int width = pictures.get(0).width();
        int height = pictures.get(0).height();
        int rows = (pictures.size() + columns - 1) / columns;
        byte[] rgba = new byte[4 * columns * width * rows * height];
        for (int n = 0; n < pictures.size(); n++) {
            for (int y = 0; y < height; y++) {
                int to = ((n / columns * height + y) * columns + n % columns) * width;
                System.arraycopy(pictures.get(n).rgba(), 4 * y * width, rgba, 4 * to, 4 * width);
            }
        }
        return new Image(columns * width, rows * height, rgba);
    }
}
