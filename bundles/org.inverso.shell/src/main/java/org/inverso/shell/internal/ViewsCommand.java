/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.inverso.api.CancelledException;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.InversoException;
import org.inverso.api.ViewSheets;
import org.osgi.framework.BundleContext;

/** {@code inverso:views}: objects that do not exist, each seen from several cameras. */
@Service
@Command(
        scope = "inverso",
        name = "views",
        description = "Draws objects that do not exist, each from several cameras",
        detailedDescription = "classpath:views.txt")
public final class ViewsCommand implements Action {

    @Argument(
            name = "CATEGORY",
            description = "Category, instead of --category",
            multiValued = true)
    @Completion(InstalledCategoryCompleter.class)
    private List<String> categories;

    @Option(name = "--category", description = "Category whose objects are drawn")
    @Completion(InstalledCategoryCompleter.class)
    private String category;

    @Option(
            name = "--seed",
            description = "Of the objects; the same seed draws the same sheet",
            valueToShowInHelp = "0")
    private long seed;

    @Option(name = "--objects", description = "Rows of the sheet", valueToShowInHelp = "8")
    private int objects = 8;

    @Option(
            name = "--views",
            description = "Columns of the sheet, at most; cameras in order of azimuth",
            valueToShowInHelp = "12")
    private int views = 12;

    @Option(
            name = "--truncation",
            description = "0 draws the mean object, 1 the full variety",
            valueToShowInHelp = "0.7")
    private double truncation = 0.7;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "PNG file for the sheet",
            valueToShowInHelp = "CATEGORY-views.png")
    @Completion(FileCompleter.class)
    private String output;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            draw(order(console), console);
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

    private ViewSheets.Order order(Console console) throws FailedException {
        try {
            List<String> named =
                    categories == null ? List.of() : new OptionsAnywhere(this).takeFrom(categories);
            if (named.size() + (category == null ? 0 : 1) != 1) {
                throw new InversoException("Name one category: --category ID; see --help");
            }
            if (category == null) {
                category = named.get(0);
            }
            return new ViewSheets.Order(category, seed, objects, views, truncation);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        }
    }

    private void draw(ViewSheets.Order order, Console console) throws InterruptedException {
        Path file =
                session.currentDir()
                        .resolve(output == null ? category + "-views.png" : output)
                        .toAbsolutePath()
                        .normalize();
        Services services = new Services(context);
        // Told at once, instead of after the time that a category may take to come.
        List<CategoryStatus> known =
                services.use(CategoryRegistry.class, CategoryRegistry::categories);
        if (known.stream().noneMatch(c -> c.id().equals(category) && c.state().equals("active"))) {
            throw CategoryCommand.unknown(category, known);
        }
        ViewSheets.Sheet sheet =
                services.use(
                        ViewSheets.class, s -> CancellableWork.run(console, p -> s.draw(order, p)));
        OutputFile.write(file, sheet.png());
        console.out()
                .println(
                        console.green("ok ")
                                + order.objects()
                                + " of "
                                + category
                                + " from "
                                + sheet.azimuthsDeg().stream()
                                        .map(a -> String.format(Locale.ROOT, "%.0f", a))
                                        .collect(Collectors.joining(", "))
                                + " degrees -> "
                                + console.bold(file.toString()));
    }
}
