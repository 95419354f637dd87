/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.recognizer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers are what ONNX Runtime 1.22.0 makes of the graph that the weights are from. */
class DetectionNetworkTest {

    private static final int SIDE = 64;
    private static final int POINTS = 16 * 16;

    private final NDManager manager =
            DjlRuntime.start(DjlRuntime.userCacheFolder(), 1).newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void seesWhatTheOriginalSees() throws IOException {
        DetectionNetwork.Grid grid =
                network().forward(manager.create(waves(), new Shape(1, 3, SIDE, SIDE)));
        assertThat(grid.heat().getShape())
                .isEqualTo(new Shape(1, DetectionNetwork.CLASSES, 16, 16));
        assertThat(grid.box().getShape()).isEqualTo(new Shape(1, 4, 16, 16));
        float[] heat = grid.heat().toFloatArray();
        int hottest = 0;
        for (int i = 0; i < heat.length; i++) {
            hottest = heat[i] > heat[hottest] ? i : hottest;
        }
        assertThat(hottest).isEqualTo(7559);
        assertThat(heat[hottest]).isCloseTo(0.2128f, within(0.002f));
        int bird = 14 * POINTS;
        assertThat(heat[0]).isCloseTo(0.0577f, within(0.001f));
        assertThat(heat[136]).isCloseTo(0.1642f, within(0.002f));
        assertThat(heat[bird + 17]).isCloseTo(0.0059f, within(0.0005f));
        assertThat(heat[bird + 255]).isCloseTo(0.0277f, within(0.0005f));
        float[] box = grid.box().toFloatArray();
        double[] mean = new double[4];
        for (int i = 0; i < box.length; i++) {
            mean[i / POINTS] += box[i] / POINTS;
        }
        assertThat(mean).containsExactly(new double[] {15.14, 16.95, 19.42, 21.00}, within(0.05));
        assertThat(box[136]).isCloseTo(31.1f, within(0.1f));
    }

    @Test
    void otherWeightsAreRefused() {
        Parameters none = Parameters.random(manager, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DetectionNetwork(none))
                .withMessageContaining("stem.weight is missing");
    }

    private DetectionNetwork network() throws IOException {
        try (InputStream in =
                NetRecognizer.class.getResourceAsStream("/weights/detector.safetensors")) {
            return new DetectionNetwork(Parameters.read(manager, in.readAllBytes()));
        }
    }

    private static float[] waves() {
        float[] pixels = new float[3 * SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    double phase = 0.11 * x + 0.07 * y * (c + 1) + c;
                    pixels[(c * SIDE + y) * SIDE + x] =
                            (float) Math.rint(127.5 + 100 * Math.sin(phase));
                }
            }
        }
        return pixels;
    }
}
