/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
import org.inverso.api.CancelledException;
import org.inverso.api.InversoException;
import org.inverso.api.PhotoInspector;
import org.inverso.api.PhotoInspector.Inspection;
import org.inverso.api.Recognition;
import org.inverso.api.image.Matte;
import org.osgi.framework.BundleContext;

/** {@code inverso:inspect}: what photos show and where, without making assets of them. */
@Service
@Command(
        scope = "inverso",
        name = "inspect",
        description = "Tells what photos show, and cuts it out",
        detailedDescription = "classpath:inspect.txt")
public final class InspectCommand implements Action {

    @Argument(
            name = "PHOTO",
            description = "Picture files: JPEG, PNG, WebP, BMP, GIF or TIFF",
            required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    private List<String> photos;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "Folder for cutouts as PNG with alpha, made if it is missing",
            valueToShowInHelp = "none")
    @Completion(FileCompleter.class)
    private String output;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            photos = new OptionsAnywhere(this).takeFrom(photos);
            if (photos.isEmpty()) {
                throw new InversoException("Name at least one photo; see --help");
            }
            if (output != null) {
                Files.createDirectories(resolve(output));
            }
            int failed =
                    new Services(context).use(PhotoInspector.class, i -> inspectAll(i, console));
            if (failed > 0) {
                throw new FailedException(FailedException.FAILED);
            }
            return null;
        } catch (CancelledException e) {
            console.err().println(console.red("inverso: ") + "cancelled");
            throw new FailedException(FailedException.CANCELLED);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        } catch (IOException e) {
            console.err()
                    .println(console.red("inverso: ") + "cannot write to " + output + ": " + e);
            throw new FailedException(FailedException.FAILED);
        } finally {
            if (session.get(Console.ENDED) instanceof Runnable ended) {
                ended.run();
            }
        }
    }

    private int inspectAll(PhotoInspector inspector, Console console) {
        int failed = 0;
        for (String photo : photos) {
            try {
                byte[] bytes = Files.readAllBytes(resolve(photo));
                Inspection inspection =
                        CancellableWork.run(console, p -> inspector.inspect(photo, bytes, p));
                if (output != null) {
                    Files.write(cutout(photo), inspection.cutoutPng());
                }
                console.out().println(photo + ": " + words(inspection));
                console.out().flush();
            } catch (CancelledException e) {
                throw e;
            } catch (IOException e) {
                failed++;
                console.err()
                        .println(console.red(photo + ": ") + "cannot be read or cut out: " + e);
            } catch (InversoException e) {
                failed++;
                String message = e.getMessage();
                console.err()
                        .println(
                                message.startsWith(photo + ": ")
                                        ? message
                                        : console.red(photo + ": ") + message);
            }
        }
        return failed;
    }

    /** For example {@code bird 0.93, horse 0.04, none 0.02, car 0.01; 23 % of it, by net}. */
    static String words(Inspection inspection) {
        float sum = 0;
        float[] alpha = inspection.matte().alpha().values();
        for (float value : alpha) {
            sum += value >= Matte.THRESHOLD ? 1 : 0;
        }
        return inspection.recognition().map(InspectCommand::words).orElse("no recognizer")
                + String.format(
                        Locale.ROOT,
                        "; %.0f %% of it, by %s",
                        100 * sum / alpha.length,
                        inspection.matte().segmenterId());
    }

    private static String words(Recognition recognition) {
        return recognition.confidences().entrySet().stream()
                .sorted(
                        Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> String.format(Locale.ROOT, "%s %.3f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private Path cutout(String photo) {
        String name = resolve(photo).getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path file = resolve(output).resolve((dot > 0 ? name.substring(0, dot) : name) + ".png");
        if (file.equals(resolve(photo))) {
            throw new InversoException(
                    "the cutout would overwrite it; give another folder with -o");
        }
        return file;
    }

    private Path resolve(String path) {
        return session.currentDir().resolve(path).toAbsolutePath().normalize();
    }
}
