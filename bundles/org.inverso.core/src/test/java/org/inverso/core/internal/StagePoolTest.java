/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inverso.api.CancelledException;
import org.inverso.api.Stage;
import org.inverso.api.StageUnavailableException;
import org.inverso.core.FakeStages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StagePoolTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final StagePool pool = new StagePool();
    private final FakeStages fakes = new FakeStages(call -> {});
    private final BackgroundThreads threads = new BackgroundThreads();
    private long serviceId;

    @AfterEach
    void endThreads() {
        threads.close();
    }

    private StageEntry add(StageKind<?> kind, Stage stage, int ranking) {
        StageEntry entry =
                new StageEntry(
                        kind, stage, new StageEntry.Origin("b", "1.0.0", serviceId++), ranking);
        pool.add(entry);
        return entry;
    }

    private StageEntry encoder(String id, int ranking) {
        return add(StageKind.ENCODER, fakes.encoder(id), ranking);
    }

    private Lease lease(Demand... demands) {
        return pool.lease(List.of(demands), NOT_AT_ALL, () -> false);
    }

    private Lease leaseEncoder() {
        return lease(Demand.of(StageKind.ENCODER));
    }

    private static List<String> ids(Lease lease) {
        return lease.entries().stream().map(StageEntry::id).toList();
    }

    @Test
    void highestRankingWinsThenTheOldestService() {
        encoder("low", 0);
        encoder("older", 5);
        encoder("younger", 5);

        assertThat(ids(leaseEncoder())).containsExactly("older");
    }

    @Test
    void newRankingCountsForTheNextRequest() {
        StageEntry a = encoder("a", 0);
        encoder("b", 1);
        assertThat(ids(leaseEncoder())).containsExactly("b");

        pool.rank(a, 2);

        assertThat(ids(leaseEncoder())).containsExactly("a");
    }

    @Test
    void configuredIdBeatsRanking() {
        encoder("best", 100);
        encoder("wanted", 0);

        pool.choose(StageChoice.of(Map.of("encoder", "wanted")));

        assertThat(ids(leaseEncoder())).containsExactly("wanted");
    }

    @Test
    void configuredIdThatIsMissingIsNotReplacedByAnother() {
        encoder("other", 0);
        pool.choose(StageChoice.of(Map.of("encoder", "wanted")));

        assertThatThrownBy(this::leaseEncoder)
                .isInstanceOfSatisfying(
                        StageUnavailableException.class,
                        e -> assertThat(e.kind()).isEqualTo("Encoder"))
                .hasMessageContaining("wanted")
                .hasMessageContaining("there: other");
    }

    @Test
    void aStageThatRanksBelowZeroIsUsedOnlyWhereTheConfigurationNamesIt() {
        encoder("usual", 0);
        encoder("experiment", -1);
        assertThat(ids(leaseEncoder())).containsExactly("usual");

        pool.choose(StageChoice.of(Map.of("encoder", "experiment")));
        assertThat(ids(leaseEncoder())).containsExactly("experiment");

        pool.choose(StageChoice.BY_RANKING);
        assertThat(ids(leaseEncoder())).containsExactly("usual");
    }

    @Test
    void aStageThatRanksBelowZeroIsNoSuccessor() {
        StageEntry usual = encoder("usual", 0);
        encoder("experiment", -1);
        pool.withdraw(usual);

        assertThatThrownBy(this::leaseEncoder)
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("there: experiment");
    }

    @Test
    void segmentersAreAllLeasedInOrder() {
        add(StageKind.SEGMENTER, fakes.segmenter("net", true), 10);
        add(StageKind.SEGMENTER, fakes.segmenter("alpha", true), 90);
        add(StageKind.SEGMENTER, fakes.segmenter("onnx", true), 50);

        assertThat(ids(lease(Demand.of(StageKind.SEGMENTER))))
                .containsExactly("alpha", "onnx", "net");

        pool.choose(StageChoice.of(Map.of("segmenter", new String[] {"net", "alpha"})));
        assertThat(ids(lease(Demand.of(StageKind.SEGMENTER)))).containsExactly("net", "alpha");
    }

    @Test
    void bestOfEachFormatIsLeased() {
        add(StageKind.EXPORTER, fakes.exporter("obj"), 0);
        StageEntry worse = add(StageKind.EXPORTER, fakes.exporter("glb"), 0);
        StageEntry better = add(StageKind.EXPORTER, fakes.exporter("glb"), 1);

        assertThat(lease(Demand.groups(StageKind.EXPORTER, Set.of("glb"))).entries())
                .containsExactly(better)
                .doesNotContain(worse);
        assertThatThrownBy(() -> lease(Demand.groups(StageKind.EXPORTER, Set.of("fbx"))))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("'fbx'");
    }

    @Test
    void optionalStageMayBeMissing() {
        assertThat(lease(Demand.optional(StageKind.RECOGNIZER)).entries()).isEmpty();
    }

    @Test
    void requestWaitsForAMissingStageAndGetsItAtOnce() throws Exception {
        CompletableFuture<Lease> waiting =
                threads.run(
                        () -> pool.lease(List.of(Demand.of(StageKind.ENCODER)), LONG, () -> false));
        threads.awaitBlocked();

        encoder("late", 0);

        assertThat(ids(waiting.get(10, TimeUnit.SECONDS))).containsExactly("late");
    }

    @Test
    void waitingForAStageIsBounded() {
        Duration bound = Duration.ofMillis(20);
        long start = System.nanoTime();

        assertThatThrownBy(
                        () -> pool.lease(List.of(Demand.of(StageKind.REFINER)), bound, () -> false))
                .isInstanceOf(StageUnavailableException.class)
                .hasMessageContaining("Refiner");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(bound.toNanos());
    }

    @Test
    void waitingRequestHoldsNothing() {
        StageEntry encoder = encoder("cnn", 0);
        threads.run(
                () ->
                        pool.lease(
                                List.of(Demand.of(StageKind.ENCODER), Demand.of(StageKind.REFINER)),
                                LONG,
                                () -> false));
        threads.awaitBlocked();

        pool.withdraw(encoder);

        assertThat(pool.drain(encoder, NOT_AT_ALL)).isZero();
    }

    @Test
    void waitingRequestCanBeCancelled() {
        AtomicBoolean cancelled = new AtomicBoolean();
        CompletableFuture<Lease> waiting =
                threads.run(
                        () ->
                                pool.lease(
                                        List.of(Demand.of(StageKind.ENCODER)),
                                        LONG,
                                        cancelled::get));
        threads.awaitBlocked();

        cancelled.set(true);
        pool.wake();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void withdrawnStageStaysWithItsRequestAndIsNotGivenToOthers() {
        StageEntry old = encoder("old", 1);
        encoder("next", 0);
        Lease running = leaseEncoder();

        pool.withdraw(old);

        assertThat(running.entries()).containsExactly(old);
        assertThat(ids(leaseEncoder())).containsExactly("next");
        assertThat(pool.leases(old)).isEqualTo(1);
    }

    @Test
    void drainEndsWhenTheLastLeaseIsReleased() throws Exception {
        StageEntry old = encoder("old", 0);
        Lease first = leaseEncoder();
        Lease second = leaseEncoder();
        pool.withdraw(old);
        CompletableFuture<Integer> drained = threads.run(() -> pool.drain(old, LONG));
        threads.awaitBlocked();

        first.close();
        threads.awaitBlocked();
        assertThat(drained).isNotDone();
        second.close();

        assertThat(drained.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void drainIsBounded() {
        StageEntry old = encoder("old", 0);
        leaseEncoder();
        pool.withdraw(old);

        assertThat(pool.drain(old, Duration.ofMillis(20))).isEqualTo(1);
    }

    @Test
    void interruptedDrainReturnsAtOnceAndKeepsTheInterrupt() throws Exception {
        StageEntry old = encoder("old", 0);
        leaseEncoder();
        pool.withdraw(old);

        CompletableFuture<Boolean> interrupted =
                threads.run(
                        () -> {
                            Thread.currentThread().interrupt();
                            pool.drain(old, LONG);
                            return Thread.interrupted();
                        });

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingALeaseTwiceReleasesOnce() {
        StageEntry encoder = encoder("cnn", 0);
        Lease one = leaseEncoder();
        leaseEncoder();

        one.close();
        one.close();

        assertThat(pool.leases(encoder)).isEqualTo(1);
    }

    @Test
    void categoriesThatAreNotNeededAreReleasedEarly() {
        StageEntry car = add(StageKind.CATEGORY, fakes.category("car"), 0);
        StageEntry horse = add(StageKind.CATEGORY, fakes.category("horse"), 0);
        Lease lease = lease(Demand.of(StageKind.CATEGORY));

        lease.keepCategory("car");

        assertThat(pool.leases(car)).isEqualTo(1);
        assertThat(pool.leases(horse)).isZero();
        lease.close();
        assertThat(pool.leases(car)).isZero();
        assertThat(pool.leases(horse)).isZero();
    }

    @Test
    void snapshotShowsTheChosenFirst() {
        encoder("low", 0);
        StageEntry best = encoder("best", 1);
        leaseEncoder();

        assertThat(pool.snapshot())
                .extracting(s -> s.entry().id(), StagePool.Snapshot::leases, s -> s.chosen())
                .containsExactly(tuple("best", 1, true), tuple("low", 0, false));
        assertThat(pool.snapshot().get(0).entry()).isSameAs(best);
    }

    private CompletableFuture<List<String>> leaseInBackground(Demand demand) {
        return threads.run(() -> ids(pool.lease(List.of(demand), NOT_AT_ALL, () -> false)));
    }

    @Test
    void requestsWaitForWhatIsBeingReplacedEvenIfOthersAreThere() throws Exception {
        add(StageKind.SEGMENTER, fakes.segmenter("alpha", true), 1);
        StageEntry net = add(StageKind.SEGMENTER, fakes.segmenter("net", true), 0);
        pool.withdraw(net, LONG);
        CompletableFuture<List<String>> waiting = leaseInBackground(Demand.of(StageKind.SEGMENTER));
        threads.awaitBlocked();

        add(StageKind.SEGMENTER, fakes.segmenter("net", true), 0);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("alpha", "net");
    }

    @Test
    void waitForASuccessorOutlastsTheBoundForMissingStages() throws Exception {
        StageEntry old = encoder("old", 0);
        pool.withdraw(old, LONG);
        CompletableFuture<List<String>> waiting = leaseInBackground(Demand.of(StageKind.ENCODER));
        threads.awaitBlocked();

        encoder("new", 0);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("new");
    }

    @Test
    void requestsWaitForASuccessorThoughAStageThatRanksBelowZeroIsThere() throws Exception {
        encoder("experiment", -1);
        StageEntry old = encoder("old", 0);
        pool.withdraw(old, LONG);
        CompletableFuture<List<String>> waiting = leaseInBackground(Demand.of(StageKind.ENCODER));
        threads.awaitBlocked();

        encoder("new", 0);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("new");
    }

    @Test
    void successorThatDoesNotComeIsGivenUp() throws Exception {
        add(StageKind.SEGMENTER, fakes.segmenter("alpha", true), 1);
        StageEntry net = add(StageKind.SEGMENTER, fakes.segmenter("net", true), 0);
        pool.withdraw(net, LONG);
        CompletableFuture<List<String>> waiting = leaseInBackground(Demand.of(StageKind.SEGMENTER));
        threads.awaitBlocked();

        pool.expect(net, Duration.ofMillis(1));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).containsExactly("alpha");

        pool.expect(net, LONG);
        CompletableFuture<List<String>> another = leaseInBackground(Demand.of(StageKind.SEGMENTER));
        threads.awaitBlocked();
        pool.giveUp(net.origin().bundle());
        assertThat(another.get(10, TimeUnit.SECONDS)).containsExactly("alpha");
    }

    @Test
    void nobodyWaitsForWhatHeWouldNotGet() {
        add(StageKind.SEGMENTER, fakes.segmenter("alpha", true), 1);
        StageEntry net = add(StageKind.SEGMENTER, fakes.segmenter("net", true), 0);
        encoder("next", 0);
        StageEntry best = encoder("best", 1);
        StageEntry obj = add(StageKind.EXPORTER, fakes.exporter("obj"), 0);
        add(StageKind.EXPORTER, fakes.exporter("glb"), 0);
        pool.choose(StageChoice.of(Map.of("segmenter", "alpha")));
        pool.withdraw(net, LONG);
        pool.withdraw(best, LONG);
        pool.withdraw(obj, LONG);

        assertThat(
                        ids(
                                lease(
                                        Demand.of(StageKind.SEGMENTER),
                                        Demand.of(StageKind.ENCODER),
                                        Demand.groups(StageKind.EXPORTER, Set.of("glb")))))
                .containsExactly("alpha", "next", "glb-writer");
    }
}
