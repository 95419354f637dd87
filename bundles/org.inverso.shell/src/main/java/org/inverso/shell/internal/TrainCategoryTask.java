/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Option;
import org.inverso.api.authoring.Training;

/** {@code category train}: all networks of a category. */
final class TrainCategoryTask extends CategoryTask {

    @Option(name = "--minutes")
    private double minutes = TrainCommand.MINUTES;

    @Option(name = "--count")
    private int count = TrainCommand.COUNT;

    @Option(name = "--backgrounds")
    private String backgrounds;

    @Option(name = "--out")
    private String out;

    @Option(name = "--initial")
    private String initial = InitialEncoder.CAR;

    @Option(name = "--seed")
    private long seed = TrainCommand.SEED;

    @Option(name = "--threads")
    private int threads;

    TrainCategoryTask() {
        super(
                "train DIR [--minutes N] [--count CUTOUTS] [--backgrounds DIR] [--out DIR]"
                        + " [--initial ID|FILE|none] [--seed N] [--threads N]");
    }

    @Override
    void run(String target, Place place) throws InterruptedException {
        Path folder = place.resolve(target);
        Training.Order order =
                new Training.Order(
                        Training.Stage.ALL,
                        List.of(folder),
                        Optional.ofNullable(backgrounds).map(place::resolve),
                        Optional.empty(),
                        out == null ? folder.resolve(TrainCommand.FOLDER) : place.resolve(out),
                        TrainCommand.time(minutes),
                        count,
                        seed,
                        threads,
                        Optional.empty(),
                        InitialEncoder.of(initial, place),
                        Optional.empty(),
                        Set.of());
        TrainCommand.train(order, place);
        place.console().out().println("Next: inverso category package " + target);
    }
}
