/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.authoring.Training;
import org.inverso.runtime.djl.DjlRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code inverso train} without a container: the same arguments, for those who have the class path
 * at hand.
 */
public final class Train {

    private static final Logger LOGGER = LoggerFactory.getLogger(Train.class);

    private Train() {}

    public static void main(String[] arguments) {
        List<Path> categories = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                categories.add(Path.of(arguments[i]));
            } else if (i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else {
                throw new InversoException("Option " + arguments[i] + " needs a value");
            }
        }
        int threads = Integer.parseInt(options.getOrDefault("--threads", "0"));
        Training.Order order =
                new Training.Order(
                        Training.Stage.of(options.getOrDefault("--stage", "all")),
                        categories,
                        path(options, "--backgrounds"),
                        path(options, "--data"),
                        path(options, "--out")
                                .orElseThrow(() -> new InversoException("--out is missing")),
                        minutes(options.getOrDefault("--minutes", "10")),
                        Integer.parseInt(options.getOrDefault("--count", "4000")),
                        Long.parseLong(options.getOrDefault("--seed", "1")),
                        threads,
                        path(options, "--model"),
                        path(options, "--initial").map(Train::bytes),
                        path(options, "--images"),
                        Training.Ingredient.listed(options.getOrDefault("--without", "")));
        DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), threads);
        LOGGER.info("{}", new LocalTraining(runtime).train(order, Progress.NONE));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration minutes(String text) {
        return Duration.ofMillis(Math.round(60_000 * Double.parseDouble(text)));
    }

    private static Optional<Path> path(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name)).map(Path::of);
    }
}
