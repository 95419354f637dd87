/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.inverso.api.CancelledException;
import org.inverso.api.StageUnavailableException;

/**
 * The stages that are there, and who uses them.
 *
 * <p>A request leases all it needs in one step, so it never holds some stages while it waits for
 * others, and never sees half of an exchange. A stage that is withdrawn is at once invisible to new
 * requests; whoever withdraws it can wait until the running ones have let go of it. No stage and no
 * framework is called with the lock held.
 *
 * <p>An exchange leaves a gap between the old stage and the new one. Requests wait for a stage
 * whose successor is expected, also those that would otherwise take whatever is there: without the
 * one segmenter or category that is just being replaced a photo might be refused.
 */
final class StagePool {

    private final ReentrantLock lock = new ReentrantLock();

    /** A stage was added, released or re-ranked, a choice was configured, or a waiter cancelled. */
    private final Condition changed = lock.newCondition();

    private final Map<StageKind<?>, List<StageEntry>> entries = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private StageChoice choice = StageChoice.BY_RANKING;

    /**
     * The place of a stage that is gone and whose successor is expected.
     *
     * @param until when it is given up, as {@link System#nanoTime}
     */
    private record Gap(StageEntry gone, long until) {

        boolean isOf(StageKind<?> kind, String group) {
            return gone.kind() == kind && gone.group().equals(group);
        }
    }

    StagePool() {
        StageKind.ALL.forEach(kind -> entries.put(kind, new ArrayList<>()));
    }

    /** What is known about an entry at one moment. */
    record Snapshot(StageEntry entry, int ranking, int leases, boolean chosen) {}

    void add(StageEntry entry) {
        lock.lock();
        try {
            entries.get(entry.kind()).add(entry);
            gaps.removeIf(gap -> gap.isOf(entry.kind(), entry.group()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void rank(StageEntry entry, int ranking) {
        lock.lock();
        try {
            entry.ranking = ranking;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void choose(StageChoice newChoice) {
        lock.lock();
        try {
            choice = newChoice;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No request that starts from now on gets the stage, and none waits for its successor. */
    void withdraw(StageEntry entry) {
        withdraw(entry, Duration.ZERO);
    }

    /**
     * No request that starts from now on gets the stage; unless another one takes its place at
     * once, they wait for its successor.
     *
     * @param expected when the successor comes at the latest
     */
    void withdraw(StageEntry entry, Duration expected) {
        lock.lock();
        try {
            entries.get(entry.kind()).remove(entry);
            expect(entry, expected);
        } finally {
            lock.unlock();
        }
    }

    /** Changes how long requests wait for the successor of a stage that was withdrawn. */
    void expect(StageEntry gone, Duration expected) {
        lock.lock();
        try {
            gaps.removeIf(gap -> gap.isOf(gone.kind(), gone.group()));
            boolean replaced =
                    entries.get(gone.kind()).stream()
                            .anyMatch(
                                    other ->
                                            other.group().equals(gone.group())
                                                    && choice.allows(other));
            if (!replaced && expected.toNanos() > 0) {
                gaps.add(new Gap(gone, System.nanoTime() + expected.toNanos()));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A bundle is gone for good: no stage of it has a successor. */
    void giveUp(String bundle) {
        lock.lock();
        try {
            gaps.removeIf(gap -> gap.gone().origin().bundle().equals(bundle));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no request holds the stage, but not beyond a bound.
     *
     * @return requests that still hold it
     */
    int drain(StageEntry entry, Duration bound) {
        long left = bound.toNanos();
        lock.lock();
        try {
            while (entry.leases > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // The framework wants its thread back; the caller learns from the count.
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        // Leases of a withdrawn entry only ever go down, so a stale answer errs on the safe side.
        return leases(entry);
    }

    int leases(StageEntry entry) {
        lock.lock();
        try {
            return entry.leases;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leases the best stages for all demands at one moment, waiting until they are there.
     *
     * @param wait how long at most; longer while a missing stage's successor is expected
     * @param cancelled is looked at again after {@link #wake}; must neither block nor call out
     * @throws StageUnavailableException when a stage is still missing after {@code wait}
     * @throws CancelledException when cancelled or interrupted while waiting
     */
    Lease lease(Collection<Demand> demands, Duration wait, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lock();
        try {
            while (true) {
                if (cancelled.getAsBoolean()) {
                    throw new CancelledException();
                }
                long now = System.nanoTime();
                gaps.removeIf(gap -> gap.until() - now <= 0);
                List<StageEntry> selected = new ArrayList<>();
                StageUnavailableException missing = select(demands, selected, wait);
                long left = expected(demands, now);
                if (missing == null && left <= 0) {
                    selected.forEach(entry -> entry.leases++);
                    return new Lease(this, selected);
                }
                if (missing != null) {
                    left = Math.max(left, deadline - now);
                    if (left <= 0) {
                        throw missing;
                    }
                }
                // Time that is left matters to nobody: it is computed anew.
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            lock.unlock();
        }
    }

    /** How long the last gap in front of these demands lasts, ns; 0 when there is none. */
    private long expected(Collection<Demand> demands, long now) {
        long left = 0;
        for (Gap gap : gaps) {
            for (Demand demand : demands) {
                if (demand.concerns(gap.gone()) && choice.allows(gap.gone())) {
                    left = Math.max(left, gap.until() - now);
                }
            }
        }
        return left;
    }

    /** Lets waiting requests find out that they were cancelled. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All entries by kind, the chosen ones of each kind first. */
    List<Snapshot> snapshot() {
        lock.lock();
        try {
            List<Snapshot> result = new ArrayList<>();
            entries.forEach(
                    (kind, candidates) -> {
                        List<StageEntry> winners = choice.winners(kind, candidates);
                        List<StageEntry> others = new ArrayList<>(candidates);
                        others.removeAll(winners);
                        winners.forEach(e -> result.add(snapshot(e, true)));
                        others.forEach(e -> result.add(snapshot(e, false)));
                    });
            return result;
        } finally {
            lock.unlock();
        }
    }

    void release(Collection<StageEntry> held) {
        lock.lock();
        try {
            held.forEach(entry -> entry.leases--);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Snapshot snapshot(StageEntry entry, boolean chosen) {
        return new Snapshot(entry, entry.ranking, entry.leases, chosen);
    }

    /**
     * @param selected gets what was found
     * @return what is missing, or null
     */
    private StageUnavailableException select(
            Collection<Demand> demands, List<StageEntry> selected, Duration wait) {
        for (Demand demand : demands) {
            List<StageEntry> winners = choice.winners(demand.kind(), entries.get(demand.kind()));
            if (demand.groups().isEmpty()) {
                if (winners.isEmpty() && demand.required()) {
                    return missing(demand.kind(), "", wait);
                }
                selected.addAll(winners);
            } else {
                for (String group : demand.groups()) {
                    StageEntry winner = ofGroup(winners, group);
                    if (winner == null) {
                        return missing(demand.kind(), " for '" + group + "'", wait);
                    }
                    selected.add(winner);
                }
            }
        }
        return null;
    }

    private static StageEntry ofGroup(List<StageEntry> winners, String group) {
        return winners.stream().filter(e -> e.group().equals(group)).findFirst().orElse(null);
    }

    private StageUnavailableException missing(StageKind<?> kind, String group, Duration wait) {
        Set<String> there =
                entries.get(kind).stream()
                        .map(StageEntry::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> configured = choice.configured(kind);
        String wanted =
                configured.isEmpty()
                        ? ""
                        : " with the configured id " + String.join(" or ", configured);
        return new StageUnavailableException(
                kind.name(),
                "no %s%s%s appeared within %.1f s (there: %s); install or start a bundle that has it, see inverso:stages"
                        .formatted(
                                kind.name(),
                                group,
                                wanted,
                                wait.toMillis() / 1000.0,
                                there.isEmpty() ? "none" : String.join(", ", there)));
    }
}
