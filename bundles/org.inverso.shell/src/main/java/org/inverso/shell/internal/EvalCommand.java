/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.inverso.api.CategoryRegistry;
import org.inverso.api.InversoException;
import org.inverso.api.authoring.GeneratorEvaluation;
import org.inverso.api.authoring.GeneratorEvaluation.Scores;
import org.inverso.api.category.CategoryModel;
import org.osgi.framework.BundleContext;

/** {@code inverso:eval}: measures what was trained. */
@Service
@Command(
        scope = "inverso",
        name = "eval",
        description = "Measures what a category's networks can do",
        detailedDescription = "classpath:eval.txt")
public final class EvalCommand implements Action {

    private static final String GAN = "gan";

    @Argument(name = "WHAT", description = "gan: the generator of pictures", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {GAN})
    private String what;

    @Argument(
            index = 1,
            name = "CATEGORY",
            description = "An installed category",
            required = true,
            multiValued = true)
    @Completion(InstalledCategoryCompleter.class)
    private List<String> categories;

    @Option(name = "--json", description = "File for the numbers", valueToShowInHelp = "none")
    @Completion(FileCompleter.class)
    private String json;

    @Option(
            name = "--seed",
            description = "The same seed gives the same numbers",
            valueToShowInHelp = "0")
    private long seed;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            String category = category(console);
            Map<String, Number> numbers = numbers(measure(category, console));
            if (json != null) {
                Path file = session.currentDir().resolve(json).toAbsolutePath().normalize();
                OutputFile.write(file, json(numbers).getBytes(StandardCharsets.UTF_8));
            }
            numbers.forEach((name, value) -> console.out().printf("%-22s %s%n", name, text(value)));
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

    private String category(Console console) throws FailedException {
        try {
            List<String> rest = new OptionsAnywhere(this).takeFrom(categories);
            if (!what.equals(GAN) || rest.size() != 1) {
                throw new InversoException("Say eval gan CATEGORY; see --help");
            }
            return rest.get(0);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        }
    }

    private Scores measure(String id, Console console) throws InterruptedException {
        CategoryModel category =
                new Services(context)
                        .use(
                                CategoryRegistry.class,
                                registry ->
                                        registry.find(id)
                                                .orElseThrow(
                                                        () ->
                                                                CategoryCommand.unknown(
                                                                        id,
                                                                        registry.categories())));
        return new Services(context)
                .use(
                        GeneratorEvaluation.class,
                        e -> CancellableWork.run(console, p -> e.evaluate(category, seed, p)));
    }

    /** What was measured, by name; nothing stands for what was not. */
    static Map<String, Number> numbers(Scores scores) {
        Map<String, Number> numbers = new LinkedHashMap<>();
        scores.views()
                .ifPresent(
                        views -> {
                            numbers.put("viewCodes", views.codes());
                            numbers.put("azimuthStdDeg", views.azimuthStdDeg());
                            numbers.put("binsCovered", views.binsCovered());
                            numbers.put("shapeVarianceRatio", views.shapeVarianceRatio());
                            numbers.put("objectsFound", views.found());
                        });
        scores.neural()
                .ifPresent(
                        neural -> {
                            numbers.put("neuralAzimuthErrorDeg", neural.azimuthErrorDeg());
                            numbers.put("swapLeak", neural.swapLeak());
                            numbers.put("neuralObjectsFound", neural.found());
                        });
        scores.distribution()
                .ifPresent(
                        d -> {
                            numbers.put("samples", d.samples());
                            numbers.put("frechetDistance", d.frechetDistance());
                            numbers.put("frechetRatio", d.frechetRatio());
                            numbers.put("precision", d.precision());
                            numbers.put("recall", d.recall());
                        });
        scores.inverse()
                .ifPresent(
                        inverse -> {
                            numbers.put("ganImages", inverse.pictures());
                            numbers.put("ganImageIou", inverse.maskIou());
                            numbers.put("ganImageIouSupervised", inverse.supervisedMaskIou());
                        });
        return numbers;
    }

    /** A JSON object, one number a line. */
    static String json(Map<String, Number> numbers) {
        return numbers.entrySet().stream()
                .map(e -> "  \"" + e.getKey() + "\" : " + text(e.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String text(Number value) {
        return value instanceof Integer
                ? value.toString()
                : String.format(Locale.ROOT, "%.4f", value.doubleValue());
    }
}
