/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.inverso.api.category.Coat;
import org.junit.jupiter.api.Test;

class CoatRackTest {

    private final CoatRack rack =
            new CoatRack(List.of(coat("bay", 0.5), coat("grey", 0.3), coat("striped", 0.2)));

    private static Coat coat(String name, double weight) {
        return new Coat(name, weight, Map.of(), List.of());
    }

    @Test
    void eachGoesOutAsOftenAsItWeighs() {
        List<String> out =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> rack.next(List.of()))
                        .toList();
        assertThat(out.stream().filter("bay"::equals)).hasSize(10);
        assertThat(out.stream().filter("grey"::equals)).hasSize(6);
        assertThat(out.subList(0, 5)).contains("bay", "grey", "striped");
    }

    @Test
    void onlyWhatSuitsGoesOut() {
        for (int i = 0; i < 5; i++) {
            assertThat(rack.next(List.of("striped"))).isEqualTo("striped");
        }
        assertThat(rack.next(List.of("grey", "striped"))).isEqualTo("grey");
        assertThat(rack.next(List.of("grey", "striped"))).isEqualTo("striped");
        assertThat(rack.next(List.of("unknown"))).as("any").isEqualTo("bay");
    }
}
