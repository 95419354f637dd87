/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.inverso.api.CancelledException;
import org.inverso.api.InversoException;
import org.junit.jupiter.api.Test;

class CancellableWorkTest {

    private final PrintStream nowhere =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final Console console = new Console(nowhere, nowhere, 0, 0);

    @Test
    void itReturnsTheResultAndPassesErrorsOn() {
        assertThat(CancellableWork.<Integer>run(console, progress -> 42)).isEqualTo(42);
        assertThatThrownBy(
                        () ->
                                CancellableWork.run(
                                        console,
                                        progress -> {
                                            throw new InversoException("no paper");
                                        }))
                .isInstanceOf(InversoException.class)
                .hasMessage("no paper");
    }

    @Test
    void anInterruptCancelsTheWorkAndWaitsUntilItHasSaved() throws Exception {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch working = new CountDownLatch(1);
        Thread command =
                new Thread(
                        () -> {
                            try {
                                CancellableWork.run(
                                        console,
                                        progress -> {
                                            working.countDown();
                                            while (!progress.cancelled()) {
                                                Thread.onSpinWait();
                                            }
                                            events.add(
                                                    Thread.currentThread().isInterrupted()
                                                            ? "interrupted"
                                                            : "saved");
                                            throw new CancelledException();
                                        });
                            } catch (CancelledException e) {
                                events.add("ended");
                            }
                        });
        command.start();
        working.await();
        command.interrupt();
        command.join();

        assertThat(events).containsExactly("saved", "ended");
    }
}
