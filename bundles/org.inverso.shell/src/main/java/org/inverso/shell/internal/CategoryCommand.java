/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.inverso.api.CategoryException;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.CategorySheets;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.Coat;
import org.inverso.api.category.NamedPose;
import org.inverso.api.category.Part;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.osgi.framework.BundleContext;

/** {@code inverso:category}: one category, installed or not. */
@Service
@Command(
        scope = "inverso",
        name = "category",
        description = "Makes, trains, deploys, shows, checks or draws one category",
        detailedDescription = "classpath:category.txt")
public final class CategoryCommand implements Action {
    static final String INFO = "info";
    static final String VERIFY = "verify";
    static final String SAMPLE = "sample";
    static final String NEW = "new";
    static final String TRAIN = "train";
    static final String PACKAGE = "package";
    static final String DEPLOY = "deploy";
    static final String REMOVE = "remove";

    private static final String USAGE =
            "Say category info ID, category verify FILE.jar|FOLDER or category sample ID; for a"
                    + " category of your own, category new, train, package, deploy or remove";

    @Argument(
            name = "ACTION",
            description = "info, verify, sample, new, train, package, deploy or remove",
            required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {INFO, VERIFY, SAMPLE, NEW, TRAIN, PACKAGE, DEPLOY, REMOVE})
    private String action;

    @Argument(
            index = 1,
            name = "ID|FILE",
            description =
                    "An installed or a new category, a folder or a jar, and the action's options",
            required = true,
            multiValued = true)
    @Completion(CategoryTargetCompleter.class)
    private List<String> targets;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "PNG file for the sheet of samples",
            valueToShowInHelp = "ID-sheet.png")
    @Completion(FileCompleter.class)
    private String output;

    @Option(
            name = "--seed",
            description = "Of the samples; the same seed draws the same sheet",
            valueToShowInHelp = "0")
    private long seed;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            run(console);
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

    /** For the actions that make or change a category. */
    private Optional<CategoryTask> task() {
        return Optional.ofNullable(
                switch (action) {
                    case NEW -> new NewCategoryTask();
                    case TRAIN -> new TrainCategoryTask();
                    case PACKAGE -> new PackageCategoryTask();
                    case DEPLOY -> new DeployCategoryTask();
                    case REMOVE -> new RemoveCategoryTask();
                    default -> null;
                });
    }

    private void run(Console console) throws Exception {
        Optional<CategoryTask> task = task();
        if (task.isPresent()) {
            try {
                task.get().run(targets, new CategoryTask.Place(session, context, console));
            } catch (CategoryTask.UsageException e) {
                console.err().println(console.red("inverso: ") + e.getMessage());
                throw new FailedException(FailedException.USAGE);
            }
            return;
        }
        String target;
        try {
            List<String> rest = new OptionsAnywhere(this).takeFrom(targets);
            if (rest.size() != 1) {
                throw new InversoException(USAGE);
            }
            target = rest.get(0);
            if (!Set.of(INFO, VERIFY, SAMPLE).contains(action)) {
                throw new InversoException(USAGE + ", not " + action);
            }
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        }
        switch (action) {
            case INFO -> info(console, target);
            case VERIFY -> verify(console, target);
            default -> sample(console, target);
        }
    }

    private void verify(Console console, String target) throws InterruptedException {
        Path file = session.currentDir().resolve(target).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new InversoException(target + ": there is no such file");
        }
        CategoryModel category;
        try {
            category = new Services(context).use(CategoryRegistry.class, r -> r.verify(file));
        } catch (CategoryException e) {
            throw new InversoException(target + " would be refused: " + e.getMessage(), e);
        }
        console.out()
                .println(
                        console.green("ok ")
                                + console.bold(category.id())
                                + " "
                                + category.version()
                                + ": "
                                + counts(category.template())
                                + ", weights "
                                + listed(new TreeSet<>(category.weightNames()))
                                + ", SHA-256 "
                                + category.sha256());
    }

    private void info(Console console, String id) throws InterruptedException {
        List<CategoryStatus> known =
                new Services(context).use(CategoryRegistry.class, CategoryRegistry::categories);
        List<CategoryStatus> statuses = known.stream().filter(s -> s.id().equals(id)).toList();
        if (statuses.isEmpty()) {
            throw unknown(id, known);
        }
        for (CategoryStatus status : statuses) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s %s  %s, %.1f MB, from %s%s%n",
                            console.bold(id),
                            status.version(),
                            status.state(),
                            status.memoryBytes() / 1e6,
                            status.source(),
                            status.problem().isEmpty() ? "" : ": " + status.problem());
        }
        new Services(context)
                .use(CategoryRegistry.class, r -> r.find(id))
                .ifPresent(model -> describe(console, model));
    }

    private void describe(Console console, CategoryModel category) {
        TemplateMesh template = category.template();
        row(console, "label", category.label());
        row(console, "licence", orUnknown(category.licence()));
        row(console, "provenance", orUnknown(category.provenance()));
        row(console, "SHA-256", category.sha256());
        row(console, "template", counts(template));
        row(
                console,
                "parts",
                template.parts().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Part::role, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(e -> e.getValue() > 1 ? e.getValue() + " " + e.getKey() : e.getKey())
                        .collect(Collectors.joining(", ")));
        row(console, "shape", listed(template.shapeTargets()));
        row(
                console,
                "builds",
                category.shapePrior().components().stream()
                        .map(CategoryCommand::share)
                        .collect(Collectors.joining(", ")));
        row(console, "pose", listed(category.poseParameters().stream().map(PoseParameter::name)));
        row(console, "poses", listed(category.poses().stream().map(NamedPose::name)));
        row(console, "coats", listed(category.coats().stream().map(Coat::name)));
        category.colors()
                .forEach((material, colors) -> row(console, material, listed(colors.keySet())));
        row(console, "clips", listed(category.clips()));
        row(console, "weights", listed(new TreeSet<>(category.weightNames())));
    }

    private static void row(Console console, String what, String value) {
        console.out().printf("  %-11s %s%n", what, value);
    }

    private void sample(Console console, String id) throws Exception {
        List<CategoryStatus> known =
                new Services(context).use(CategoryRegistry.class, CategoryRegistry::categories);
        if (known.stream().noneMatch(s -> s.id().equals(id) && s.state().equals("active"))) {
            throw unknown(id, known);
        }
        Path file =
                session.currentDir()
                        .resolve(output == null ? id + "-sheet.png" : output)
                        .toAbsolutePath()
                        .normalize();
        ProgressLine line = new ProgressLine(console.err(), console.errColumns());
        try {
            byte[] png =
                    new Services(context)
                            .use(CategorySheets.class, s -> s.draw(id, seed, shown(line)));
            OutputFile.write(file, png);
        } catch (InterruptedException e) {
            throw new CancelledException();
        } finally {
            line.clear();
        }
        console.out().println(console.green("ok ") + id + " -> " + console.bold(file.toString()));
    }

    private static Progress shown(ProgressLine line) {
        return new Progress() {
            @Override
            public void report(double fraction, String what) {
                line.show(fraction, what);
            }

            @Override
            public boolean cancelled() {
                return Thread.currentThread().isInterrupted();
            }
        };
    }

    static InversoException unknown(String id, List<CategoryStatus> known) {
        TreeSet<String> active =
                known.stream()
                        .filter(s -> s.state().equals("active"))
                        .map(CategoryStatus::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new InversoException(
                "No category '"
                        + id
                        + "' is active (there: "
                        + listed(active)
                        + "); inverso:categories tells why others were refused");
    }

    private static String counts(TemplateMesh template) {
        return template.vertexCount()
                + " vertices, "
                + template.faceCount()
                + " triangles, "
                + template.parts().size()
                + " parts, "
                + template.shapeCount()
                + " shape targets"
                + template.skin().map(s -> ", " + s.skeleton().jointCount() + " joints").orElse("");
    }

    private static String share(ShapePrior.Component component) {
        return component.name() + " " + Math.round(100 * component.weight()) + " %";
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    private static String listed(Stream<String> names) {
        return listed(names.toList());
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
