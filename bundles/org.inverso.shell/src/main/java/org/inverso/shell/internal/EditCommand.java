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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
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
import org.inverso.api.InversoException;
import org.inverso.api.Job;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.editing.AssetEdit;
import org.inverso.api.editing.AssetEditor;
import org.inverso.api.editing.SceneEdit;
import org.osgi.framework.BundleContext;

/**
 * {@code inverso:edit}: other colours, clips, sizes and levels of detail of a finished asset; or a
 * picture of what a photo shows, from elsewhere, with another's shape, texture or background.
 */
@Service
@Command(
        scope = "inverso",
        name = "edit",
        description =
                "Changes colours, clips, size and detail of an asset or of what a photo shows, or draws"
                        + " it otherwise",
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
            description =
                    "Folder for the results, made if it is missing; for a picture also its file",
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

    @Option(
            name = "--azimuth",
            description =
                    "Draw a picture from there: degrees, 0 in front of the object, 90 from its left",
            valueToShowInHelp = "the photo's")
    private String azimuth;

    @Option(
            name = "--elevation",
            description = "Draw a picture from that height, degrees",
            valueToShowInHelp = "the photo's")
    private String elevation;

    @Option(
            name = "--shape-from",
            description = "Draw a picture with the shape of what another photo shows",
            valueToShowInHelp = "the photo's")
    @Completion(FileCompleter.class)
    private String shapeFrom;

    @Option(
            name = "--texture-from",
            description = "Draw a picture with the texture of what another photo shows",
            valueToShowInHelp = "the photo's")
    @Completion(FileCompleter.class)
    private String textureFrom;

    @Option(
            name = "--background-from",
            description = "Draw a picture before the background of another photo",
            valueToShowInHelp = "the photo's")
    @Completion(FileCompleter.class)
    private String backgroundFrom;

    @Option(
            name = "--spin",
            description =
                    "Draw a moving picture, once around the object: webp, or what -o names, gif or"
                            + " png")
    private boolean spin;

    @Option(
            name = "--renderer",
            description =
                    "What draws the picture: graphics, or neural, the category's generative network",
            valueToShowInHelp = "graphics")
    @Completion(
            value = StringsCompleter.class,
            values = {"graphics", "neural"})
    private String renderer;

    @Option(
            name = "--no-shadow",
            description = "Draw no shadow on the ground, for what does not stand on it")
    private boolean noShadow;

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
        Optional<ScenePictures.Order> picture;
        Path target;
        try {
            assets = new OptionsAnywhere(this).takeFrom(assets);
            if (assets.size() != 1) {
                throw new InversoException("Name one GLB file or photo; see --help");
            }
            edit = edit();
            picture = picture(edit);
            target = target(files, picture);
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        } catch (IllegalArgumentException e) {
            console.err().println(console.red("inverso: ") + e.getMessage() + "; see --help");
            throw new FailedException(FailedException.USAGE);
        }
        try {
            Path here = files.resolve(".");
            Path shown = target.startsWith(here) ? here.relativize(target) : target;
            String written = assets.get(0) + " -> " + console.bold(shown.toString());
            List<String> remarks;
            if (picture.isPresent()) {
                remarks =
                        new ScenePictures(new Services(context), console, files)
                                .draw(picture.get(), target);
            } else {
                remarks = new ArrayList<>();
                AssetEditor.Edited edited = changed(files, edit, remarks, console);
                files.write(target, edited.files());
                written += ".{" + String.join(",", edited.files().keySet()) + "}";
                remarks.addAll(edited.remarks());
            }
            console.out().println(console.green("ok ") + written);
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

    /** The picture that is asked for, if it is not an asset. */
    private Optional<ScenePictures.Order> picture(AssetEdit edit) {
        boolean asked =
                spin
                        || Stream.of(
                                        azimuth,
                                        elevation,
                                        shapeFrom,
                                        textureFrom,
                                        backgroundFrom,
                                        renderer)
                                .anyMatch(Objects::nonNull);
        if (!asked) {
            return Optional.empty();
        }
        if (!edit.equals(AssetEdit.NOTHING)) {
            throw new InversoException(
                    "A picture shows the object as it is; change its asset with another command");
        }
        return Optional.of(
                new ScenePictures.Order(
                        assets.get(0),
                        Optional.ofNullable(shapeFrom),
                        Optional.ofNullable(textureFrom),
                        Optional.ofNullable(backgroundFrom),
                        number("--azimuth", azimuth),
                        number("--elevation", elevation),
                        !noShadow,
                        spin,
                        renderer()));
    }

    private SceneEdit.Renderer renderer() {
        return switch (renderer == null ? "graphics" : renderer.toLowerCase(Locale.ROOT)) {
            case "graphics" -> SceneEdit.Renderer.GRAPHICS;
            case "neural" -> SceneEdit.Renderer.NEURAL;
            default ->
                    throw new InversoException(
                            "The renderer is graphics or neural, not " + renderer);
        };
    }

    /** The picture's file, or the asset's without its extension; never one that is read. */
    private Path target(AssetFiles files, Optional<ScenePictures.Order> picture) {
        Path source = files.resolve(assets.get(0));
        Path target =
                picture.map(order -> order.file(files.resolve(output), source))
                        .orElseGet(
                                () -> files.resolve(output).resolve(AssetFiles.baseName(source)));
        Path file = picture.isPresent() ? target : Path.of(target + ".glb");
        List<String> read = picture.map(ScenePictures.Order::photos).orElse(assets);
        if (read.stream().map(files::resolve).anyMatch(file::equals)) {
            throw new InversoException(
                    "The result would overwrite what is read; give another folder with -o");
        }
        return target;
    }

    private AssetEditor.Edited changed(
            AssetFiles files, AssetEdit edit, List<String> remarks, Console console)
            throws InterruptedException {
        byte[] given = files.read(assets.get(0));
        byte[] asset = AssetFiles.isPicture(given) ? reconstructed(given, remarks, console) : given;
        return new Services(context)
                .use(AssetEditor.class, e -> e.edit(assets.get(0), asset, edit));
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
