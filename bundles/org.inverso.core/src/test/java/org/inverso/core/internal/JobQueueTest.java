/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.inverso.api.CancelledException;
import org.inverso.api.Encoder;
import org.inverso.api.InversoException;
import org.inverso.api.Job;
import org.inverso.api.PhotoException;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Stage;
import org.inverso.api.StageUnavailableException;
import org.inverso.core.FakeStages;
import org.inverso.core.Pipeline;
import org.inverso.core.PipelineSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final StagePool pool = new StagePool();
    private final BackgroundThreads threads = new BackgroundThreads();
    private final CountDownLatch encoding = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final FakeStages fakes =
            new FakeStages(
                    call -> {
                        if (call.equals("encode slow")) {
                            encoding.countDown();
                            await(goOn);
                        }
                    });
    private volatile Duration wait = LONG;
    private final JobQueue queue = new JobQueue(pool, settings(1));

    @AfterEach
    void end() {
        goOn.countDown();
        assertThat(queue.close(LONG)).isTrue();
        threads.close();
    }

    private JobQueue.Settings settings(int parallelism) {
        return new JobQueue.Settings(
                new Pipeline(PipelineSettings.DEFAULTS), parallelism, () -> wait);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private StageEntry add(Stage stage) {
        StageKind<?> kind =
                StageKind.ALL.stream().filter(k -> k.type().isInstance(stage)).findFirst().get();
        StageEntry entry = new StageEntry(kind, stage, new StageEntry.Origin("b", "1.2.3", 0), 0);
        pool.add(entry);
        return entry;
    }

    private void addAllBut(Class<? extends Stage> kind, Stage... instead) {
        Arrays.stream(fakes.allBut(kind, instead)).forEach(this::add);
    }

    private Job<Reconstruction> submit() {
        return queue.submit(ReconstructionRequest.of("car.jpg", FakeStages.photo(100, 60)));
    }

    @Test
    void jobEndsWithItsResult() throws Exception {
        Arrays.stream(fakes.all()).forEach(this::add);

        Job<Reconstruction> job = submit();

        Reconstruction result = job.result().get(10, TimeUnit.SECONDS);
        assertThat(result.report().category()).isEqualTo("car");
        assertThat(result.report().stages()).allMatch(stage -> stage.version().equals("1.2.3"));
        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.fraction()).isEqualTo(1);
        assertThat(job.activity()).isEqualTo("done");
    }

    @Test
    void leasesAreReleasedBeforeTheResultIsThere() throws Exception {
        Arrays.stream(fakes.all()).forEach(this::add);

        CompletableFuture<List<StagePool.Snapshot>> atEnd =
                submit().result().thenApply(result -> pool.snapshot());

        assertThat(atEnd.get(10, TimeUnit.SECONDS)).hasSize(12).allMatch(s -> s.leases() == 0);
    }

    @Test
    void failureStaysWithItsJob() throws Exception {
        Arrays.stream(fakes.all()).forEach(this::add);

        Job<Reconstruction> before = submit();
        Job<Reconstruction> bad =
                queue.submit(ReconstructionRequest.of("notes.txt", new byte[] {'x', 'y'}));
        Job<Reconstruction> after = submit();

        assertThatThrownBy(() -> bad.result().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PhotoException.class);
        assertThat(bad.state()).isEqualTo(Job.State.FAILED);
        assertThat(before.result().get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(after.result().get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void failedJobReleasesItsLeases() {
        Arrays.stream(fakes.all()).forEach(this::add);

        Job<Reconstruction> bad =
                queue.submit(ReconstructionRequest.of("notes.txt", new byte[] {'x', 'y'}));

        assertThatThrownBy(() -> bad.result().get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(pool.snapshot()).allMatch(s -> s.leases() == 0);
    }

    @Test
    void jobWaitsForAMissingStage() throws Exception {
        addAllBut(Encoder.class);
        Job<Reconstruction> job = submit();

        add(fakes.encoder("late"));

        assertThat(job.result().get(10, TimeUnit.SECONDS).report().stages())
                .anyMatch(stage -> stage.id().equals("late"));
    }

    @Test
    void jobFailsWhenTheStageStaysMissing() {
        wait = Duration.ofMillis(10);
        addAllBut(Encoder.class);

        Job<Reconstruction> job = submit();

        assertThatThrownBy(() -> job.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("Encoder");
    }

    @Test
    void runningJobKeepsItsStageWhileItIsReplaced() throws Exception {
        addAllBut(Encoder.class);
        StageEntry slow = add(fakes.encoder("slow"));
        Job<Reconstruction> running = submit();
        await(encoding);

        pool.withdraw(slow);
        add(fakes.encoder("new"));
        CompletableFuture<Integer> drained = threads.run(() -> pool.drain(slow, LONG));
        threads.awaitBlocked();
        Job<Reconstruction> next = submit();
        assertThat(drained).isNotDone();
        goOn.countDown();

        assertThat(running.result().get(10, TimeUnit.SECONDS).report().stages())
                .anyMatch(stage -> stage.id().equals("slow"));
        assertThat(drained.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(next.result().get(10, TimeUnit.SECONDS).report().stages())
                .anyMatch(stage -> stage.id().equals("new"));
    }

    @Test
    void waitingJobIsCancelledAtOnce() {
        addAllBut(Encoder.class, fakes.encoder("slow"));
        submit();
        await(encoding);
        Job<Reconstruction> waiting = submit();
        assertThat(waiting.state()).isEqualTo(Job.State.WAITING);

        waiting.cancel();

        assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
        assertThatThrownBy(() -> waiting.result().getNow(null))
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void runningJobIsCancelledBeforeItsNextStage() {
        addAllBut(Encoder.class, fakes.encoder("slow"));
        Job<Reconstruction> job = submit();
        await(encoding);
        assertThat(job.state()).isEqualTo(Job.State.RUNNING);
        assertThat(job.fraction()).isBetween(0.3, 0.5);

        job.cancel();
        goOn.countDown();

        assertThatThrownBy(() -> job.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CancelledException.class);
        assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    }

    @Test
    void jobThatWaitsForAStageCanBeCancelled() {
        addAllBut(Encoder.class);
        Job<Reconstruction> job = submit();

        job.cancel();

        assertThatThrownBy(() -> job.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void moreThreadsLetANewJobPassASlowOne() throws Exception {
        addAllBut(Encoder.class);
        StageEntry slow = add(fakes.encoder("slow"));
        Job<Reconstruction> blocked = submit();
        await(encoding);
        pool.withdraw(slow);
        add(fakes.encoder("fast"));

        queue.configure(settings(2));

        assertThat(submit().result().get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(blocked.state()).isEqualTo(Job.State.RUNNING);
        queue.configure(settings(1));
    }

    @Test
    void closeCancelsWaitingJobsAndLetsRunningOnesEnd() throws Exception {
        addAllBut(Encoder.class, fakes.encoder("slow"));
        Job<Reconstruction> running = submit();
        await(encoding);
        Job<Reconstruction> waiting = submit();

        CompletableFuture<Boolean> closed = threads.run(() -> queue.close(LONG));
        assertThatThrownBy(() -> waiting.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(CancelledException.class);
        assertThat(closed).isNotDone();
        goOn.countDown();

        assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.state()).isEqualTo(Job.State.DONE);
        assertThatThrownBy(this::submit)
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("car.jpg")
                .hasMessageContaining("stopping");
    }

    @Test
    void settingsAreValidated() {
        assertThatThrownBy(() -> settings(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PipelineSettings(128, 256, 1.1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PipelineSettings(4, 256, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
