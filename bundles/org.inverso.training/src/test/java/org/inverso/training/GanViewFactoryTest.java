/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.inverso.api.image.CropRegion;
import org.inverso.category.CategoryLoader;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.training.inverse.GanView;
import org.junit.jupiter.api.Test;

/** The cars' own generator draws views. */
class GanViewFactoryTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);

    @Test
    void aNumberAlwaysGetsTheSameObjectFromDifferentSides() {
        try (NDManager manager = runtime.newManager();
                GanViewFactory factory =
                        new GanViewFactory(
                                manager,
                                new CategoryLoader()
                                        .load(
                                                Path.of(
                                                        "..",
                                                        "org.inverso.category.car",
                                                        "src/main/resources")),
                                1)) {
            List<GanView> views = factory.draw(4);
            List<GanView> again = factory.draw(4);
            List<GanView> other = factory.draw(5);
            assertThat(views).hasSizeBetween(2, GanViewFactory.VIEWS);
            assertThat(views.stream().map(GanView::view).distinct()).hasSameSizeAs(views);
            assertThat(again).hasSameSizeAs(views);
            for (int i = 0; i < views.size(); i++) {
                GanView view = views.get(i);
                assertThat(view.content()).isEqualTo(4);
                assertThat(view.view()).isBetween(0, factory.azimuthsDeg().length - 1);
                assertThat(again.get(i).crop().rgba()).isEqualTo(view.crop().rgba());
                assertThat(width(view)).isBetween(0.5 * 128 * CropRegion.FILL, 128.0);
            }
            assertThat(other.get(0).crop().rgba()).isNotEqualTo(views.get(0).crop().rgba());
        }
    }

    /** Longer side of the matte's box, pixels. */
    private static double width(GanView view) {
        int left = 128;
        int right = 0;
        int top = 128;
        int bottom = 0;
        for (int i = 0; i < 128 * 128; i++) {
            if (view.crop().get(i % 128, i / 128, 3) >= 128) {
                left = Math.min(left, i % 128);
                right = Math.max(right, i % 128 + 1);
                top = Math.min(top, i / 128);
                bottom = Math.max(bottom, i / 128 + 1);
            }
        }
        return Math.max(right - left, bottom - top);
    }
}
