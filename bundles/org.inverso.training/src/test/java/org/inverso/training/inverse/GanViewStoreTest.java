/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.inverso.api.InversoException;
import org.inverso.api.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GanViewStoreTest {

    private static final int SIDE = 128;

    @TempDir private Path folder;

    /** A block of a colour that says which view it is, left of the middle. */
    private static GanView view(int content, int number) {
        byte[] rgba = new byte[4 * SIDE * SIDE];
        for (int y = 40; y < 90; y++) {
            for (int x = 10; x < 60; x++) {
                int at = 4 * (y * SIDE + x);
                rgba[at] = (byte) (10 + content);
                rgba[at + 1] = (byte) (100 + number);
                rgba[at + 2] = (byte) x;
                rgba[at + 3] = (byte) 255;
            }
        }
        return new GanView(content, number, new Image(SIDE, SIDE, rgba));
    }

    @Test
    void viewsComeBackAsTheyWere() throws IOException {
        GanViewStore.write(folder, "a", 7, List.of(view(3, 1), view(3, 5)));
        GanViewStore.write(folder, "b", 7, List.of(view(12, 0)));
        GanViewStore store = new GanViewStore(folder, 7);
        assertThat(store.size()).isEqualTo(3);
        assertThat(store.contents()).containsExactly(3, 12);
        assertThat(store.viewCount(3)).isEqualTo(2);
        assertThat(store.viewCount(4)).isZero();
        GanView second = store.get(3, 1);
        assertThat(second.content()).isEqualTo(3);
        assertThat(second.view()).isEqualTo(5);
        assertThat(second.crop().rgba()).isEqualTo(view(3, 5).crop().rgba());
        assertThat(Files.size(folder.resolve("b.views"))).isLessThan(4 * SIDE * SIDE / 5);
    }

    @Test
    void colourOutsideTheMatteIsNotKept() throws IOException {
        GanView view = view(0, 0);
        view.crop().rgba()[0] = 99;
        GanViewStore.write(folder, "a", 7, List.of(view));
        assertThat(new GanViewStore(folder, 7).get(0, 0).crop().get(0, 0, 0)).isZero();
        assertThat(view.crop().rgba()[0]).as("the view itself").isEqualTo((byte) 99);
    }

    @Test
    void viewsOfAnotherGeneratorAreRefused() throws IOException {
        GanViewStore.write(folder, "a", 7, List.of(view(0, 0)));
        assertThatThrownBy(() -> new GanViewStore(folder, 8))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("another generator");
    }

    @Test
    void whatWasNotFinishedIsNotThere() throws IOException {
        Files.write(folder.resolve("a.part"), new byte[5]);
        assertThat(GanViewStore.has(folder, "a")).isFalse();
        assertThat(new GanViewStore(folder, 7).size()).isZero();
    }

    @Test
    void pairsAreTwoViewsOfOneObject() throws IOException {
        GanViewStore.write(
                folder,
                "a",
                7,
                List.of(view(0, 1), view(0, 2), view(5, 3), view(5, 4), view(5, 6)));
        GanViewStore store = new GanViewStore(folder, 7);
        Set<Integer> contents = new HashSet<>();
        Set<Boolean> mirrored = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            PairBatch batch =
                    PairBatch.draw(store, List.of(0, 5), 2, true, new SplittableRandom(seed));
            assertThat(batch.size()).isEqualTo(4);
            for (int i = 0; i < 4; i += 2) {
                GanView first = batch.views().get(i);
                GanView second = batch.views().get(i + 1);
                assertThat(second.content()).isEqualTo(first.content());
                assertThat(second.view()).isNotEqualTo(first.view());
                assertThat(batch.mirrored()[i + 1]).isEqualTo(batch.mirrored()[i]);
                boolean right = first.crop().get(100, 60, 3) == 255;
                assertThat(right).as("mirrored").isEqualTo(batch.mirrored()[i]);
                float[] alpha = batch.targets().get(i).mask().alpha();
                assertThat(alpha[30 * 64 + 50]).isEqualTo(right ? 1 : 0);
                contents.add(first.content());
                mirrored.add(right);
            }
        }
        assertThat(contents).containsExactlyInAnyOrder(0, 5);
        assertThat(mirrored).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void asymmetricObjectsAreNotMirrored() throws IOException {
        GanViewStore.write(folder, "a", 7, List.of(view(0, 1), view(0, 2)));
        GanViewStore store = new GanViewStore(folder, 7);
        for (int seed = 0; seed < 8; seed++) {
            PairBatch batch =
                    PairBatch.draw(store, List.of(0), 1, false, new SplittableRandom(seed));
            assertThat(batch.mirrored()).containsExactly(false, false);
        }
    }
}
