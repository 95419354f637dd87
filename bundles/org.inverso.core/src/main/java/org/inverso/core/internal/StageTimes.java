/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.api.ReconstructionReport.StageRun;
import org.inverso.core.StageSet;

/**
 * Who worked how long on one photo; several calls of one stage are added up. For use by several
 * threads.
 */
final class StageTimes {

    private record Worker(String kind, String id, String version, String device) {}

    private final Map<Worker, Long> nanos = new LinkedHashMap<>();

    synchronized void add(Class<?> kind, StageSet.Member<?> member, long elapsed) {
        String name = kind.getSimpleName();
        Worker worker =
                new Worker(
                        Character.toLowerCase(name.charAt(0)) + name.substring(1),
                        member.stage().id(),
                        member.version(),
                        member.stage().device());
        nanos.merge(worker, elapsed, Long::sum);
    }

    /** In the order of first use. */
    synchronized List<StageRun> runs() {
        List<StageRun> runs = new ArrayList<>();
        nanos.forEach((w, n) -> runs.add(new StageRun(w.kind, w.id, w.version, w.device, n / 1e6)));
        return runs;
    }
}
