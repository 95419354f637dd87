/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inverso.api.Encoder;
import org.inverso.api.Job;
import org.inverso.api.LatentCode;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport.StageRun;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.core.FakeStages;
import org.inverso.core.Pipeline;
import org.inverso.core.PipelineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Stages come and go at random while requests run; none is lost, none uses a stage that is gone.
 */
@Timeout(60)
class ReplacementUnderLoadTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int REQUESTS = 300;
    private static final int AT_LEAST = 400;

    private final StagePool pool = new StagePool();
    private final FakeStages fakes = new FakeStages(call -> {});
    private final AtomicReference<String> misuse = new AtomicReference<>();
    private final AtomicInteger overlapping = new AtomicInteger();

    /** An encoder that notices when it is used after it was disposed of. */
    private final class Mortal implements Encoder {

        private final String id;
        private volatile boolean disposed;

        Mortal(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public LatentCode encode(Crop crop, CategoryModel category) {
            Thread.yield();
            if (disposed) {
                misuse.set(id + " was used after its end");
            }
            return new LatentCode(new float[1], id);
        }
    }

    private record Live(Mortal stage, StageEntry entry) {}

    private Live add(int generation, int ranking) {
        Mortal stage = new Mortal("gen-" + generation);
        StageEntry entry =
                new StageEntry(
                        StageKind.ENCODER,
                        stage,
                        new StageEntry.Origin("b", "1.0." + generation, generation),
                        ranking);
        pool.add(entry);
        return new Live(stage, entry);
    }

    private void remove(Live live) {
        pool.withdraw(live.entry());
        if (pool.leases(live.entry()) > 0) {
            overlapping.incrementAndGet();
        }
        assertThat(pool.drain(live.entry(), LONG)).isZero();
        live.stage().disposed = true;
    }

    private static boolean allDone(List<Job<Reconstruction>> jobs) {
        return jobs.stream().allMatch(job -> job.result().isDone());
    }

    @Test
    void noRequestIsLost() throws Exception {
        Random random = new Random(20260102);
        Arrays.stream(fakes.allBut(Encoder.class))
                .forEach(
                        stage ->
                                StageKind.ALL.stream()
                                        .filter(kind -> kind.type().isInstance(stage))
                                        .forEach(
                                                kind ->
                                                        pool.add(
                                                                new StageEntry(
                                                                        kind,
                                                                        stage,
                                                                        new StageEntry.Origin(
                                                                                "b", "1.0.0", 0),
                                                                        0))));
        JobQueue queue =
                new JobQueue(
                        pool,
                        new JobQueue.Settings(
                                new Pipeline(new PipelineSettings(16, 16, 0.5)), 4, () -> LONG));
        List<Job<Reconstruction>> jobs = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            jobs.add(queue.submit(ReconstructionRequest.of("car-" + i, FakeStages.photo(48, 48))));
        }

        List<Live> live = new ArrayList<>();
        for (int generation = 0; generation < AT_LEAST || !allDone(jobs); generation++) {
            // Down to none at times: then requests wait.
            if (!live.isEmpty() && random.nextInt(3) > 0) {
                remove(live.remove(random.nextInt(live.size())));
            }
            live.add(add(generation, random.nextInt(3)));
        }

        for (Job<Reconstruction> job : jobs) {
            List<StageRun> stages = job.result().get(30, TimeUnit.SECONDS).report().stages();
            StageRun encoder =
                    stages.stream().filter(s -> s.kind().equals("encoder")).findFirst().get();
            assertThat(encoder.version()).isEqualTo("1.0." + encoder.id().substring(4));
        }
        live.forEach(this::remove);
        assertThat(misuse.get()).isNull();
        assertThat(overlapping).as("replacements under a running request").hasPositiveValue();
        assertThat(queue.close(LONG)).isTrue();
    }
}
