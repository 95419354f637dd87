/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
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
import org.inverso.api.Job;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor;
import org.osgi.framework.BundleContext;

/** {@code inverso:edit}: other colours, clips, sizes and levels of detail of a finished asset. */
@Service
@Command(
        scope = "inverso",
        name = "edit",
        description =
                "Changes colours, clips, size and detail of an asset or of what a photo shows",
        detailedDescription = "classpath:edit.txt")
public final class EditCommand implements Action {

    @Argument(
            name = "ASSET",
            description = "A GLB file, or a photo, which is reconstructed first",
            required = true,
            multiValued = true)
    @Completion(FileCompleter.class)
    private List<String> assets;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "Folder for the results, made if it is missing",
            valueToShowInHelp = "out")
    @Completion(FileCompleter.class)
    private String output = "out";

    @Option(
            name = "--paint",
            description = "Colour of what can be painted, for example #aa0000",
            valueToShowInHelp = "as it is")
    private String paint;

    @Option(
            name = "--variant",
            description = "Look that becomes the asset's own, for example red",
            valueToShowInHelp = "as it is")
    private String variant;

    @Option(
            name = "--clip",
            description = "Clips that are kept, separated by commas",
            valueToShowInHelp = "all")
    private String clip;

    @Option(
            name = "--lights",
            description = "Head and tail lamps: on or off",
            valueToShowInHelp = "as they are")
    @Completion(
            value = StringsCompleter.class,
            values = {"on", "off"})
    private String lights;

    @Option(name = "--scale", description = "Factor on the asset's size", valueToShowInHelp = "1")
    private String scale;

    @Option(
            name = "--length",
            description = "Length that the asset is brought to, metres",
            valueToShowInHelp = "as it is")
    private String length;

    @Option(
            name = "--texture-size",
            description = "Longer side of the largest texture",
            valueToShowInHelp = "as it is")
    private String textureSize;

    @Option(
            name = "--lod",
            description = "Triangles of further files with less detail, for example 3000,1000,300",
            valueToShowInHelp = "none")
    private String lod;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        try {
            return editOne();
        } finally {
            if (session.get(Console.ENDED) instanceof Runnable ended) {
                ended.run();
            }
        }
    }

    private Object editOne() throws Exception {
        Console console = Console.of(session);
        AssetFiles files = new AssetFiles(session);
        AssetEdit edit;
        Path source;
        Path target;
        try {
            assets = new OptionsAnywhere(this).takeFrom(assets);
            if (assets.size() != 1) {
                throw new InversoException("Name one GLB file or photo; see --help");
            }
            edit = edit();
            source = files.resolve(assets.get(0));
            target = files.resolve(output).resolve(AssetFiles.baseName(source));
            if (source.equals(Path.of(target + ".glb"))) {
                throw new InversoException(
                        "The result would overwrite the asset; give another folder with -o");
            }
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        } catch (IllegalArgumentException e) {
            console.err().println(console.red("inverso: ") + e.getMessage() + "; see --help");
            throw new FailedException(FailedException.USAGE);
        }
        try {
            byte[] given = files.read(assets.get(0));
            List<String> remarks = new ArrayList<>();
            byte[] asset =
                    AssetFiles.isPicture(given) ? reconstructed(given, remarks, console) : given;
            AssetEditor.Edited edited =
                    new Services(context)
                            .use(AssetEditor.class, e -> e.edit(assets.get(0), asset, edit));
            files.write(target, edited.files());
            Path here = files.resolve(".");
            Path shown = target.startsWith(here) ? here.relativize(target) : target;
            console.out()
                    .println(
                            console.green("ok ")
                                    + assets.get(0)
                                    + " -> "
                                    + console.bold(shown.toString())
                                    + ".{"
                                    + String.join(",", edited.files().keySet())
                                    + "}");
            remarks.addAll(edited.remarks());
            remarks.forEach(remark -> console.out().println("   " + remark));
        } catch (InterruptedException | CancelledException | CancellationException e) {
            console.err().println(console.red("inverso: ") + "cancelled");
            throw new FailedException(FailedException.CANCELLED);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.FAILED);
        }
        return null;
    }

    /** A photo's asset, as {@code reconstruct} makes it when no option is given. */
    private byte[] reconstructed(byte[] photo, List<String> remarks, Console console)
            throws InterruptedException {
        ReconstructionRequest request = ReconstructionRequest.of(assets.get(0), photo);
        Reconstruction result =
                new Services(context)
                        .use(Reconstructor.class, r -> result(r.submit(request), console));
        remarks.addAll(result.report().warnings());
        return result.files().get("glb");
    }

    private Reconstruction result(Job<Reconstruction> job, Console console) {
        ProgressLine line = new ProgressLine(console.err(), console.errColumns());
        try {
            return new JobProgress(line, 1).await(job, assets.get(0), 0);
        } catch (InterruptedException e) {
            throw new CancelledException();
        } finally {
            line.clear();
        }
    }

    private AssetEdit edit() {
        return new AssetEdit(
                paint == null ? OptionalInt.empty() : OptionalInt.of(colour()),
                Optional.ofNullable(variant),
                clip == null ? List.of() : list(clip, Function.identity()),
                Optional.ofNullable(lights).map(EditCommand::onOrOff),
                number("--scale", scale),
                number("--length", length),
                textureSize == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(whole("--texture-size", textureSize)),
                lod == null ? List.of() : list(lod, l -> whole("--lod", l)));
    }

    private int colour() {
        if (!paint.matches("#?[0-9a-fA-F]{6}")) {
            throw new InversoException("A colour is written like #aa0000, not " + paint);
        }
        return Integer.parseInt(paint.substring(paint.length() - 6), 16);
    }

    private static boolean onOrOff(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new InversoException("Lights are on or off, not " + word);
        };
    }

    private static <T> List<T> list(String text, Function<String, T> element) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(e -> !e.isEmpty())
                .map(element)
                .toList();
    }

    private static int whole(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InversoException("Option " + option + " needs a number, not " + text, e);
        }
    }

    private static OptionalDouble number(String option, String text) {
        try {
            return text == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new InversoException("Option " + option + " needs a number, not " + text, e);
        }
    }
}
