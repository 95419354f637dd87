/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import org.inverso.runtime.aparapi.OpenClKernel.Access;
import org.inverso.runtime.aparapi.OpenClKernel.Parameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On all OpenCL devices of the machine. Without one, skipped; where CI is true, failed. */
class OpenClKernelTest {
    private static final String ADD =
            """
            __kernel void run(
                    __global const float *a,
                    __global const int *b,
                    __global float *sum,
                    __global double *total,
                    int pass) {
                int i = get_global_id(0);
                if (i < b[0]) {
                    sum[i] = a[i] + b[1];
                    total[i] += sum[i];
                }
            }
            """;

    private static final List<Parameter> ADD_PARAMETERS =
            List.of(
                    new Parameter("a", Access.READ),
                    new Parameter("b", Access.READ),
                    new Parameter("sum", Access.WRITE),
                    new Parameter("total", Access.READ_WRITE));

    private static List<OpenClDevice> devices;

    @BeforeAll
    static void findDevices() {
        try {
            devices = OpenClDevice.list();
        } catch (OpenClUnavailableException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail(e.getMessage(), e);
            }
            abort(e.getMessage());
        }
    }

    @Test
    void devicesSayWhatTheyAre() {
        for (OpenClDevice device : devices) {
            assertThat(device.name()).isNotBlank();
            assertThat(device.toString()).contains(device.name(), device.platform());
            assertThat(device.type()).isIn("cpu", "gpu", "acc");
            assertThat(device.largestArray()).isPositive().isLessThanOrEqualTo(device.memory());
        }
    }

    @Test
    void readsAndWritesArrays() throws OpenClUnavailableException {
        for (OpenClDevice device : devices) {
            try (OpenClKernel add = device.compile("add", ADD, ADD_PARAMETERS)) {
                float[] sum = new float[5];
                double[] total = {10, 10, 10, 10, 10};
                Object[] arrays = {new float[] {1, 2, 3, 4, 5}, new int[] {5, 100}, sum, total};
                add.launch(5, 2, arrays);
                assertThat(sum).containsExactly(101, 102, 103, 104, 105);
                assertThat(total).containsExactly(111, 112, 113, 114, 115);
                add.launch(5, 2, arrays);
                assertThat(total).containsExactly(212, 214, 216, 218, 220);
            }
        }
    }

    @Test
    void arraysMayBeOthersAndMoveInMemory() throws OpenClUnavailableException {
        try (OpenClKernel add = devices.get(0).compile("add", ADD, ADD_PARAMETERS)) {
            List<byte[]> garbage = new ArrayList<>();
            for (int round = 1; round < 60; round++) {
                int n = round * 37 % 50 + 1;
                float[] a = new float[n];
                float[] sum = new float[n];
                double[] total = new double[n];
                Object[] arrays = {a, new int[] {n, round}, sum, total};
                for (int again = 1; again <= 3; again++) {
                    garbage.add(new byte[100_000]);
                    if (again == 2) {
                        System.gc();
                    }
                    a[n - 1] = again;
                    add.launch(n, 4, arrays);
                    assertThat(sum[n - 1]).isEqualTo(round + again);
                }
                assertThat(total[n - 1]).isEqualTo(3 * round + 6);
                garbage.clear();
            }
        }
    }

    @Test
    void refusesWhatTheCompilerRefuses() {
        assertThatThrownBy(
                        () ->
                                devices.get(0)
                                        .compile("wrong", "__kernel void run(nothing", List.of()))
                .isInstanceOf(OpenClUnavailableException.class)
                .hasMessageContaining("wrong");
    }

    @Test
    void refusesWhatIsNoArrayOfNumbers() throws OpenClUnavailableException {
        try (OpenClKernel add = devices.get(0).compile("add", ADD, ADD_PARAMETERS)) {
            assertThatThrownBy(() -> add.launch(1, 1, new Object[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            Object[] arrays = {new String[1], new int[2], new float[1], new double[1]};
            assertThatThrownBy(() -> add.launch(1, 1, arrays))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("String");
        }
    }

    @Test
    void isOverWhenClosed() throws OpenClUnavailableException {
        OpenClKernel add = devices.get(0).compile("add", ADD, ADD_PARAMETERS);
        add.close();
        add.close();
        Object[] arrays = {new float[1], new int[2], new float[1], new double[1]};
        assertThatThrownBy(() -> add.launch(1, 1, arrays))
                .isInstanceOf(IllegalStateException.class);
    }
}
