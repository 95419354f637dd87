/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The command {@code inverso bench}. */
public final class Bench {
    /** The folder of the documentation; the launcher sets it. */
    static final String DOCS_PROPERTY = "inverso.docs";

    private static final String USAGE =
            """
            Usage: inverso bench rasterizer [--quick] [--json FILE]

            Measures forward and backward passes of all rasterizers there are. The whole table takes
            several minutes a rasterizer and is written into docs/performance.md, with a plot.

              --quick       only what is known of PyTorch3D (1280 faces, 256 x 256 and 128 x 128), with
                            the most threads; in under a minute; docs/ stays as it is
              --json FILE   write the rows as JSON, too; - for the standard output
              -h, --help    this text
            """;

    private final PrintStream out;
    private final PrintStream progress;
    private final Effort quickEffort;
    private final Effort tableEffort;
    private final Iterable<Contender> contenders;

    /** One number of many that one row is made of. */
    private record Item(Contender contender, Load load, int threads) {}

    /**
     * @param contenders with names that {@link RasterizerBenchmark} finds, too
     */
    Bench(
            PrintStream out,
            PrintStream progress,
            Effort quickEffort,
            Effort tableEffort,
            Iterable<Contender> contenders) {
        this.out = out;
        this.progress = progress;
        this.quickEffort = quickEffort;
        this.tableEffort = tableEffort;
        this.contenders = contenders;
    }

    /** Runs the command and ends the process with its status. */
    public static void main(String[] args) {
        Thread watch =
                new Thread(
                        () ->
                                ProcessHandle.current()
                                        .descendants()
                                        .forEach(ProcessHandle::destroy));
        // JMH's processes end with this one, however that is ended.
        Runtime.getRuntime().addShutdownHook(watch);
        Bench bench =
                new Bench(
                        System.out,
                        System.err,
                        Effort.QUICK,
                        Effort.TABLE,
                        ServiceLoader.load(Contender.class));
        System.exit(bench.run(args));
    }

    /** 0 when all went well, 1 when a measurement failed, 2 when the arguments are wrong. */
    int run(String... args) {
        boolean quick = false;
        String json = null;
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-h", "--help" -> {
                    out.print(USAGE);
                    return 0;
                }
                case "--quick" -> quick = true;
                case "--json" -> {
                    if (i + 1 == args.length) {
                        return refuse("--json needs a file");
                    }
                    json = args[++i];
                }
                default -> {
                    if (args[i].startsWith("-")) {
                        return refuse("there is no option " + args[i]);
                    }
                    subjects.add(args[i]);
                }
            }
        }
        if (!subjects.equals(List.of("rasterizer"))) {
            return refuse("say what to measure: rasterizer");
        }
        try {
            measure(quick, json);
            return 0;
        } catch (Exception e) {
            progress.println("inverso: " + e.getMessage());
            return 1;
        }
    }

    private int refuse(String reason) {
        progress.println("inverso: " + reason + "; see inverso bench --help");
        return 2;
    }

    private void measure(boolean quick, String json) throws Exception {
        String docs = System.getProperty(DOCS_PROPERTY);
        if (!quick && docs == null) {
            throw new IOException(
                    "the table is written into a clone's docs/: set " + DOCS_PROPERTY);
        }
        List<Item> items = items(quick);
        RasterizerMeasurement measurement =
                new RasterizerMeasurement(quick ? quickEffort : tableEffort);
        List<Row> rows = new ArrayList<>();
        for (Item item : items) {
            progress.printf(
                    Locale.ROOT,
                    "[%d/%d] %s, %d x %d, %d faces, batch %d, %s ... ",
                    rows.size() + 1,
                    items.size(),
                    item.contender.implementation(),
                    item.load.size(),
                    item.load.size(),
                    item.load.faces(),
                    item.load.batch(),
                    threads(item.threads));
            progress.flush();
            Row row = measurement.measure(item.contender, item.load, item.threads);
            progress.printf(
                    Locale.ROOT,
                    "forward %.2f, backward %.2f, both %.2f ms%n",
                    row.forwardMs(),
                    row.backwardMs(),
                    row.totalMs());
            rows.add(row);
        }
        write(rows, quick ? null : Path.of(docs), json);
    }

    private static String threads(int threads) {
        return switch (threads) {
            case 0 -> "all of the device";
            case 1 -> "1 thread";
            default -> threads + " threads";
        };
    }

    private List<Item> items(boolean quick) {
        List<Item> items = new ArrayList<>();
        for (Contender contender : contenders) {
            Optional<String> obstacle = contender.obstacle();
            if (obstacle.isPresent()) {
                progress.println(
                        "inverso: without " + contender.implementation() + ": " + obstacle.get());
                continue;
            }
            List<Integer> threads = contender.threads();
            for (Load load : quick ? Load.quick() : Load.all()) {
                for (int t :
                        quick ? threads.subList(threads.size() - 1, threads.size()) : threads) {
                    items.add(new Item(contender, load, t));
                }
            }
        }
        return items;
    }

    private void write(List<Row> rows, Path docs, String json) throws IOException {
        if (json != null) {
            byte[] bytes =
                    new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsBytes(rows);
            if (json.equals("-")) {
                out.write(bytes);
                out.println();
            } else {
                Files.write(Path.of(json), bytes);
            }
        }
        if (!"-".equals(json)) {
            out.print(MarkdownTable.of(rows));
        }
        if (docs != null) {
            new PerformanceDocument(docs).write(rows);
        }
        out.flush();
    }
}
