/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.inverso.api.category.Part;
import org.inverso.api.category.TemplateMesh;
import org.joml.Vector3f;
import org.joml.Vector3fc;
import org.junit.jupiter.api.Test;

class WheelTwinsTest {

    private final TemplateMesh template = TestCar.load().template();
    private final WheelTwins twins = new WheelTwins(template);

    @Test
    void everyWheelOfTheCarMatchesEveryOther() {
        assertThat(twins.wheels()).hasSize(4);
        for (int to = 0; to < 4; to++) {
            for (int from = 0; from < 4; from++) {
                assertThat(twins.twin(to, from)).as(to + " from " + from).isPresent();
            }
        }
    }

    @Test
    void twinCornersAreAtTheSamePlaceOfTheirWheel() {
        float[] p = template.positions();
        float apart = 0;
        for (int to = 0; to < 4; to++) {
            for (int from = 0; from < 4; from++) {
                Part target = template.parts().get(twins.wheels()[to]);
                Part source = template.parts().get(twins.wheels()[from]);
                Vector3fc a = target.pivot().orElseThrow();
                Vector3fc b = source.pivot().orElseThrow();
                boolean mirrored = a.x() * b.x() < 0;
                int[] twin = twins.twin(to, from).orElseThrow();
                for (int c = 0; c < twin.length; c++) {
                    int v = 3 * template.faces()[3 * target.firstFace() + c];
                    int w = 3 * twin[c];
                    Vector3f here = new Vector3f(p[v], p[v + 1], p[v + 2]).sub(a);
                    Vector3f there = new Vector3f(p[w], p[w + 1], p[w + 2]).sub(b);
                    if (mirrored) {
                        there.x = -there.x;
                    }
                    apart = Math.max(apart, here.distance(there));
                }
            }
        }
        assertThat(apart).isLessThan(1e-3f);
    }
}
