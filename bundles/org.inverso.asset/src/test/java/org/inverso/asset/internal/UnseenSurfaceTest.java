/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.category.CategoryLoader;
import org.inverso.geometry.SkinnedArm;
import org.junit.jupiter.api.Test;

/** Of an arm with two materials, a photo shows the sleeve alone. */
class UnseenSurfaceTest {

    private static final int SIZE = 64;
    private static final int SLEEVE = 0;
    private static final int PALM = 1;

    /** Predicted grey everywhere, and seen as this. */
    private static final float[] SEEN = {0.9f, 0.6f, 0.3f};

    private final TemplateMesh arm = arm();
    private final AtlasLayout atlas = new AtlasLayout(arm, SIZE);

    private static TemplateMesh arm() {
        Map<String, byte[]> files = SkinnedArm.create().files();
        return new CategoryLoader()
                .load(path -> new ByteArrayInputStream(files.get(path)))
                .template();
    }

    @Test
    void whatIsHiddenOfAnAnimalDiffersFromThePredictionAsTheRestDoes() {
        UnseenSurface unseen = new UnseenSurface(arm, atlas, Optional.of(grey()), seen(SLEEVE));

        float[] shift = unseen.shift();

        for (int c = 0; c < 3; c++) {
            assertThat(shift[3 * SLEEVE + c]).isCloseTo(SEEN[c] - 0.5f, within(0.02f));
            assertThat(shift[3 * PALM + c]).isCloseTo(shift[3 * SLEEVE + c], within(1e-6f));
        }
    }

    @Test
    void whatIsSeenNowhereIsAsPredicted() {
        UnseenSurface unseen =
                new UnseenSurface(arm, atlas, Optional.of(grey()), TexelLayer.empty(SIZE));

        assertThat(unseen.shift()).containsOnly(0);
    }

    private TexelLayer seen(int material) {
        TexelLayer known = TexelLayer.empty(SIZE);
        for (int t : atlas.texels()) {
            if (arm.faceMaterial()[atlas.face()[t]] == material) {
                known.weight()[t] = 1;
                System.arraycopy(SEEN, 0, known.rgb(), 3 * t, 3);
            }
        }
        return known;
    }

    private static Image grey() {
        byte[] rgba = new byte[4 * 8 * 8];
        Arrays.fill(rgba, (byte) 128);
        return new Image(8, 8, rgba);
    }
}
