/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.inverso.api.CancelledException;
import org.inverso.api.InversoException;
import org.inverso.api.authoring.Training;
import org.inverso.shell.internal.CategoryTask.Place;
import org.osgi.framework.BundleContext;

/** {@code inverso:train}: the networks of categories, segmenter and recognizer. */
@Service
@Command(
        scope = "inverso",
        name = "train",
        description = "Trains networks: those of a category, the segmenter, the recognizer",
        detailedDescription = "classpath:train.txt")
public final class TrainCommand implements Action {

    static final double MINUTES = 60;
    static final int COUNT = 4000;
    static final long SEED = 1;

    /** Of a category, for renderings, checkpoints and metrics. */
    static final String FOLDER = "training";

    private static final long MILLIS_A_MINUTE = 60_000;

    @Argument(
            name = "CATEGORY",
            description =
                    "Folder with category.json, or the id of a category in this source tree;"
                            + " several for segmenter and recognizer",
            required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    private List<String> categories;

    @Option(
            name = "--stage",
            description =
                    "all, cutouts, scene, gan, views, inverse, sphere, renderer, latent, label,"
                            + " segmenter, recognizer, split or weights",
            valueToShowInHelp = "all")
    @Completion(
            value = StringsCompleter.class,
            values = {
                "all",
                "cutouts",
                "scene",
                "gan",
                "views",
                "inverse",
                "sphere",
                "renderer",
                "latent",
                "label",
                "segmenter",
                "recognizer",
                "split",
                "weights"
            })
    private String stage = "all";

    @Option(
            name = "--minutes",
            description = "Time for the networks' training, without renderings",
            valueToShowInHelp = "60")
    private double minutes = MINUTES;

    @Option(
            name = "--count",
            description =
                    "Renderings of a category; for inverse, renderer and latent, pictures of its"
                            + " generator",
            valueToShowInHelp = "4000")
    private int count = COUNT;

    @Option(
            name = "--backgrounds",
            description = "Folder of photos without such objects; made-up pictures if absent",
            valueToShowInHelp = "DATA/backgrounds")
    @Completion(FileCompleter.class)
    private String backgrounds;

    @Option(
            name = "--data",
            description = "Folder with the other things that a stage learns from",
            valueToShowInHelp = "OUT")
    @Completion(FileCompleter.class)
    private String data;

    @Option(
            name = "--out",
            description = "Folder for renderings, checkpoints, metrics and weights",
            valueToShowInHelp = "CATEGORY/training")
    @Completion(FileCompleter.class)
    private String out;

    @Option(name = "--model", description = "Matting model (ONNX) that labels photos")
    @Completion(FileCompleter.class)
    private String model;

    @Option(
            name = "--initial",
            description =
                    "What a category's training begins with: the encoder of an installed category,"
                            + " a file, or none",
            valueToShowInHelp = "none")
    private String initial = InitialEncoder.NONE;

    @Option(
            name = "--images",
            description = "Folder of photos that gan learns from instead of cutouts")
    @Completion(FileCompleter.class)
    private String images;

    @Option(
            name = "--without",
            description =
                    "What scene leaves out, to measure what it is good for: render-loss, variety, or"
                            + " both with a comma",
            valueToShowInHelp = "nothing")
    @Completion(
            value = StringsCompleter.class,
            values = {"render-loss", "variety"})
    private String without = "";

    @Option(name = "--seed", description = "Of everything random", valueToShowInHelp = "1")
    private long seed = SEED;

    @Option(
            name = "--threads",
            description = "Inside one operator, 0 for one per core",
            valueToShowInHelp = "0")
    private int threads;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        Place place = new Place(session, context, console);
        try {
            train(order(place), place);
            return null;
        } catch (CancelledException e) {
            console.err().println(console.red("inverso: ") + "cancelled");
            throw new FailedException(FailedException.CANCELLED);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.FAILED);
        } finally {
            if (session.get(Console.ENDED) instanceof Runnable ended) {
                ended.run();
            }
        }
    }

    private Training.Order order(Place place) {
        List<Path> folders = new ArrayList<>();
        for (String category : new OptionsAnywhere(this).takeFrom(categories)) {
            folders.add(folder(category, place));
        }
        if (folders.isEmpty()) {
            throw new InversoException("Name a category's folder; see --help");
        }
        return new Training.Order(
                Training.Stage.of(stage),
                folders,
                Optional.ofNullable(backgrounds).map(place::resolve),
                Optional.ofNullable(data).map(place::resolve),
                out == null ? folders.get(0).resolve(FOLDER) : place.resolve(out),
                time(minutes),
                count,
                seed,
                threads,
                Optional.ofNullable(model).map(place::resolve),
                InitialEncoder.of(initial, place),
                Optional.ofNullable(images).map(place::resolve),
                Training.Ingredient.listed(without));
    }

    private Path folder(String category, Place place) {
        Path folder = place.resolve(category);
        String sources = context.getProperty("inverso.sources");
        if (Files.exists(folder) || sources == null) {
            return folder;
        }
        Path own =
                Path.of(
                        sources,
                        "bundles",
                        "org.inverso.category." + category,
                        "src",
                        "main",
                        "resources");
        return Files.exists(own) ? own : folder;
    }

    static Duration time(double minutes) {
        return Duration.ofMillis(Math.round(MILLIS_A_MINUTE * minutes));
    }

    /** Trains, and says what came of it. */
    static void train(Training.Order order, Place place) throws InterruptedException {
        Console console = place.console();
        try {
            String result =
                    place.services()
                            .use(
                                    Training.class,
                                    t -> CancellableWork.run(console, p -> t.train(order, p)));
            console.out().println(console.green("ok ") + result);
        } catch (CancelledException e) {
            console.err()
                    .println("What was done is in " + order.out() + "; the same command goes on");
            throw e;
        }
    }
}
