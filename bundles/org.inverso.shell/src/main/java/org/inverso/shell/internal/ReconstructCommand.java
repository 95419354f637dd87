/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
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
import org.inverso.api.Picture;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code inverso:reconstruct}: photos in, assets with reports and previews out. */
@Service
@Command(
        scope = "inverso",
        name = "reconstruct",
        description = "Turns photos into textured, rigged 3D assets",
        detailedDescription = "classpath:reconstruct.txt")
public final class ReconstructCommand implements Action {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReconstructCommand.class);
    private static final Set<String> SHAPE_KEY_FORMATS = Set.of("glb", "gltf", "html");

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
            description = "Folder for the results, made if it is missing",
            valueToShowInHelp = "out")
    @Completion(FileCompleter.class)
    private String output = "out";

    @Option(
            name = "--category",
            description = "What the photos show; auto lets the recognizer decide",
            valueToShowInHelp = "auto")
    @Completion(CategoryCompleter.class)
    private String category = ReconstructionRequest.AUTO;

    @Option(
            name = "--format",
            description =
                    "Formats of the results, separated by commas: glb, gltf, usdz, usda, obj, ply,"
                            + " stl",
            valueToShowInHelp = "glb")
    @Completion(FormatCompleter.class)
    private String format = "glb";

    @Option(
            name = "--viewer",
            description = "Also write a page that shows the asset in a browser: the format html")
    private boolean viewer;

    @Option(
            name = "--poster",
            description =
                    "Also write the asset alone, as the photo's camera sees it, as NAME.poster.png")
    private boolean poster;

    @Option(
            name = "--turntable",
            description =
                    "Also write the asset turning as a moving picture NAME.turntable.gif; gif, png or"
                            + " webp",
            valueToShowInHelp = "none")
    @Completion(
            value = StringsCompleter.class,
            values = {"gif", "png", "webp"})
    private String turntable;

    @Option(
            name = "--background",
            description =
                    "Also write the photo without the object, painted over, as NAME.background.jpg")
    private boolean background;

    @Option(
            name = "--keep-shape-keys",
            description =
                    "Keep the category's shape targets as morph targets, in glb, gltf and html")
    private boolean keepShapeKeys;

    @Option(
            name = "--mask",
            description = "Mask picture for one photo: white is the object",
            valueToShowInHelp = "none")
    @Completion(FileCompleter.class)
    private String mask;

    @Option(
            name = "--refine-ms",
            description = "Time box of the refinement, milliseconds",
            valueToShowInHelp = "600")
    private long refineMillis = ReconstructionRequest.DEFAULT_REFINE_MILLIS;

    @Option(
            name = "--texture-size",
            description = "Side of the texture, a power of two from 64 to 4096",
            valueToShowInHelp = "1024")
    private int textureSize = ReconstructionRequest.DEFAULT_TEXTURE_SIZE;

    @Option(
            name = "--seed",
            description = "For everything random; the same seed gives the same bytes",
            valueToShowInHelp = "0")
    private long seed;

    @Reference private BundleContext context;

    @Reference private Session session;

    private final Map<Path, String> written = new HashMap<>();

    @Override
    public Object execute() throws Exception {
        try {
            return reconstruct(Console.of(session));
        } finally {
            if (session.get(Console.ENDED) instanceof Runnable ended) {
                ended.run();
            }
        }
    }

    private Object reconstruct(Console console) throws Exception {
        Path folder;
        try {
            photos = new OptionsAnywhere(this).takeFrom(photos);
            requireFormats();
            folder = prepare();
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        } catch (IOException e) {
            console.err().println(console.red("inverso: ") + cannotWrite(resolve(output), e));
            throw new FailedException(FailedException.FAILED);
        }
        int failed =
                new Services(context)
                        .use(Reconstructor.class, r -> reconstructAll(r, folder, console));
        if (failed > 0) {
            throw new FailedException(
                    Thread.interrupted() ? FailedException.CANCELLED : FailedException.FAILED);
        }
        return null;
    }

    /** Better said before the work than after it. */
    private void requireFormats() throws InterruptedException {
        if (formats().isEmpty()) {
            throw new InversoException("Name at least one format with --format; see --help");
        }
        Formats installed = new Formats(context);
        for (String wanted : formats()) {
            installed.require(wanted);
        }
        if (keepShapeKeys && formats().stream().noneMatch(SHAPE_KEY_FORMATS::contains)) {
            throw new InversoException(
                    "Shape keys are kept in glb, gltf and html; name one of them with --format");
        }
    }

    private Path prepare() throws IOException {
        if (photos.isEmpty()) {
            throw new InversoException("Name at least one photo; see --help");
        }
        if (mask != null && photos.size() > 1) {
            throw new InversoException("A mask belongs to one photo; name just that photo");
        }
        try {
            request("check", new byte[0], Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new InversoException(e.getMessage() + "; see --help", e);
        }
        Path folder = resolve(output);
        Files.createDirectories(folder);
        // A folder may exist and still refuse files; better said before the work than after it.
        Files.delete(Files.createTempFile(folder, ".inverso", ".tmp"));
        return folder;
    }

    private int reconstructAll(Reconstructor reconstructor, Path folder, Console console) {
        ProgressLine line = new ProgressLine(console.err(), console.errColumns());
        JobProgress progress = new JobProgress(line, photos.size());
        int failed = 0;
        for (int i = 0; i < photos.size(); i++) {
            String photo = photos.get(i);
            try {
                Path base = target(folder, photo);
                Job<Reconstruction> job = reconstructor.submit(read(photo));
                Reconstruction result = progress.await(job, photo, i);
                write(base, result);
                line.clear();
                console.out().println(summary(console, photo, base, result));
                console.out().flush();
            } catch (InterruptedException | IOException | RuntimeException e) {
                line.clear();
                if (isCancel(e)) {
                    console.err().println(console.red("inverso: ") + "cancelled");
                    Thread.currentThread().interrupt();
                    return photos.size() - i;
                }
                failed++;
                console.err().println(console.red(photo + ": ") + explain(photo, e));
            }
        }
        return failed;
    }

    /** An interrupt shows as many exceptions: of waiting, of writing a file, of the job itself. */
    private static boolean isCancel(Exception e) {
        return e instanceof InterruptedException
                || e instanceof CancelledException
                || e instanceof CancellationException
                || Thread.currentThread().isInterrupted();
    }

    private static String explain(String photo, Exception e) {
        if (e instanceof InversoException) {
            String message = oneLine(e.getMessage());
            return message.startsWith(photo + ": ")
                    ? message.substring(photo.length() + 2)
                    : message;
        }
        LOGGER.error("{}: reconstruction failed unexpectedly", photo, e);
        return oneLine("failed unexpectedly, see the log: " + e);
    }

    /** The results' common path without extension, reserved for this photo. */
    private Path target(Path folder, String photo) {
        Path name = resolve(photo).getFileName();
        if (name == null) {
            throw new InversoException("is a folder; name the photos in it");
        }
        Path target =
                folder.resolve(request(name.toString(), new byte[0], Optional.empty()).baseName());
        String other = written.putIfAbsent(target, photo);
        if (other != null) {
            throw new InversoException(
                    "would overwrite the results of "
                            + other
                            + "; rename it or give another folder with -o");
        }
        List<String> extensions = new ArrayList<>(formats());
        extensions.add("json");
        extensions.add("png");
        pictures().forEach(picture -> extensions.add(picture.extension()));
        extensions.forEach(extension -> requireNoPhoto(Path.of(target + "." + extension)));
        return target;
    }

    private void requireNoPhoto(Path file) {
        for (String input : photos) {
            if (file.equals(resolve(input))) {
                throw new InversoException(
                        "a result would overwrite the photo "
                                + input
                                + "; give another folder with -o");
            }
        }
    }

    private ReconstructionRequest read(String photo) {
        return request(photo, bytes(photo), Optional.ofNullable(mask).map(this::bytes));
    }

    private ReconstructionRequest request(String name, byte[] photo, Optional<byte[]> maskBytes) {
        return new ReconstructionRequest(
                name,
                photo,
                maskBytes,
                category,
                formats(),
                refineMillis,
                textureSize,
                seed,
                pictures(),
                keepShapeKeys);
    }

    private Set<Picture> pictures() {
        Set<Picture> pictures = EnumSet.noneOf(Picture.class);
        if (poster) {
            pictures.add(Picture.POSTER);
        }
        if (background) {
            pictures.add(Picture.BACKGROUND);
        }
        if (turntable != null) {
            pictures.add(
                    switch (turntable.strip().toLowerCase(Locale.ROOT)) {
                        case "gif" -> Picture.TURNTABLE_GIF;
                        case "png" -> Picture.TURNTABLE_PNG;
                        case "webp" -> Picture.TURNTABLE_WEBP;
                        default ->
                                throw new InversoException(
                                        "A turntable is gif, png or webp, not " + turntable);
                    });
        }
        return pictures;
    }

    private List<String> formats() {
        return Arrays.stream((viewer ? format + ",html" : format).split(","))
                .map(f -> f.strip().toLowerCase(Locale.ROOT))
                .filter(f -> !f.isEmpty())
                .distinct()
                .toList();
    }

    private byte[] bytes(String name) {
        Path file = resolve(name);
        if (Files.isDirectory(file)) {
            throw new InversoException("is a folder, not a photo; name the photos in it");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new InversoException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new InversoException("may not be read; check its permissions", e);
        } catch (IOException e) {
            throw new InversoException("cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(Path base, Reconstruction result) throws IOException {
        Map<String, byte[]> files = files(result);
        files.keySet().forEach(extension -> requireNoPhoto(Path.of(base + "." + extension)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = Path.of(base + "." + file.getKey());
            Path unfinished = Path.of(base + "." + file.getKey() + ".part");
            try {
                Files.write(unfinished, file.getValue());
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new InversoException(cannotWrite(target, e), e);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** All that is written for one photo, by extension. */
    private static Map<String, byte[]> files(Reconstruction result) {
        Map<String, byte[]> files = new LinkedHashMap<>(result.files());
        files.put("json", result.reportJson().getBytes(StandardCharsets.UTF_8));
        files.put("png", result.previewPng());
        return files;
    }

    private String summary(Console console, String photo, Path base, Reconstruction result) {
        ReconstructionReport report = result.report();
        Path folder = resolve(".");
        Path shown = base.startsWith(folder) ? folder.relativize(base) : base;
        String text =
                String.format(
                        Locale.ROOT,
                        "%s -> %s.{%s}  %s, mask IoU %.3f, %.2f s",
                        photo,
                        console.bold(shown.toString()),
                        String.join(",", files(result).keySet()),
                        report.category(),
                        report.maskIou(),
                        report.seconds());
        if (report.warnings().isEmpty()) {
            return console.green("ok ") + text;
        }
        return console.yellow("ok ")
                + text
                + console.grey("  (" + String.join("; ", report.warnings()) + ")");
    }

    private Path resolve(String path) {
        return session.currentDir().resolve(path).toAbsolutePath().normalize();
    }

    private static String cannotWrite(Path path, IOException e) {
        String reason;
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            reason = "a file is in the way";
        } else if (e instanceof NoSuchFileException) {
            reason = "such a folder cannot be made there";
        } else {
            reason = e.getMessage();
        }
        return "cannot write to " + path + ": " + reason;
    }

    private static String oneLine(String message) {
        return String.valueOf(message).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
