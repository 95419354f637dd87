/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.inverso.api.CancelledException;
import org.inverso.api.Imaging;
import org.inverso.api.Job;
import org.inverso.api.PhotoException;
import org.inverso.api.Picture;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.editing.SceneEdit;
import org.inverso.api.editing.SceneEditor;
import org.inverso.api.image.Image;

/** Puts one picture together from photos, for {@code inverso:edit}. */
final class ScenePictures {

    private static final Map<String, Imaging.AnimationFormat> SPINS =
            Map.of(
                    "gif", Imaging.AnimationFormat.GIF,
                    "png", Imaging.AnimationFormat.PNG,
                    "webp", Imaging.AnimationFormat.WEBP);

    private final Services services;
    private final Console console;
    private final AssetFiles files;
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, Reconstruction> known = new HashMap<>();

    /** Of the photo whose camera the picture has; every photo has to show one of them. */
    private String category = ReconstructionRequest.AUTO;

    ScenePictures(Services services, Console console, AssetFiles files) {
        this.services = services;
        this.console = console;
        this.files = files;
    }

    /**
     * What to draw.
     *
     * @param shapeFrom photo whose object's shape is drawn, if it is another one
     * @param textureFrom photo whose object's texture is drawn, if it is another one
     * @param backgroundFrom photo before whose background it is drawn, if it is another one
     * @param spin whether the camera goes once around the object
     * @param renderer what draws it
     */
    record Order(
            String photo,
            Optional<String> shapeFrom,
            Optional<String> textureFrom,
            Optional<String> backgroundFrom,
            OptionalDouble azimuthDeg,
            OptionalDouble elevationDeg,
            boolean shadow,
            boolean spin,
            SceneEdit.Renderer renderer) {

        Order {
            // Better said before the work than after it.
            SceneEdit.requireAngles(azimuthDeg, elevationDeg);
        }

        /** All photos that are read. */
        List<String> photos() {
            return Stream.concat(
                            Stream.of(photo),
                            Stream.of(shapeFrom, textureFrom, backgroundFrom)
                                    .flatMap(Optional::stream))
                    .toList();
        }

        /** The file to write: as named, or in a folder with the photo's name. */
        Path file(Path output, Path named) {
            return isPicture(output)
                    ? output
                    : output.resolve(
                            AssetFiles.baseName(named) + (spin ? ".spin.webp" : ".edit.png"));
        }

        private boolean isPicture(Path file) {
            return spin ? SPINS.containsKey(extension(file)) : extension(file).equals("png");
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Draws it and writes it.
     *
     * @return what a user should know, one line each
     */
    List<String> draw(Order order, Path target) throws InterruptedException {
        Reconstruction camera = reconstructed(order.photo(), Set.of(Picture.BACKGROUND));
        category = camera.report().category();
        Reconstruction shape = other(order.shapeFrom(), camera);
        Reconstruction texture = other(order.textureFrom(), camera);
        Image background =
                order.backgroundFrom().isPresent()
                        ? backgroundOf(order.backgroundFrom().get())
                        : background(order.photo(), camera);
        SceneEdit edit =
                new SceneEdit(
                        camera,
                        shape,
                        texture,
                        background,
                        order.azimuthDeg(),
                        order.elevationDeg(),
                        order.shadow(),
                        order.renderer());
        byte[] picture =
                services.use(
                        SceneEditor.class,
                        editor ->
                                CancellableWork.run(
                                        console,
                                        progress ->
                                                order.spin()
                                                        ? editor.spin(
                                                                edit,
                                                                SPINS.get(extension(target)),
                                                                progress)
                                                        : editor.picture(edit, progress)));
        OutputFile.write(target, picture);
        return remarks;
    }

    private Reconstruction other(Optional<String> photo, Reconstruction same)
            throws InterruptedException {
        return photo.isPresent() ? reconstructed(photo.get(), Set.of()) : same;
    }

    private Image background(String photo, Reconstruction from) throws InterruptedException {
        byte[] jpeg = from.files().get(Picture.BACKGROUND.extension());
        // A photo that was cut out has none; white paper is the least surprise.
        return jpeg == null
                ? Image.blank(from.report().inputWidth(), from.report().inputHeight())
                : read("background of " + photo, jpeg);
    }

    /** A photo without an object is a background as it is. */
    private Image backgroundOf(String photo) throws InterruptedException {
        try {
            return background(photo, reconstructed(photo, Set.of(Picture.BACKGROUND)));
        } catch (PhotoException e) {
            if (e.reason() != PhotoException.Reason.NO_OBJECT) {
                throw e;
            }
            return read(photo, files.read(photo));
        }
    }

    private Image read(String name, byte[] picture) throws InterruptedException {
        return services.use(SceneEditor.class, editor -> editor.read(name, picture));
    }

    private Reconstruction reconstructed(String photo, Set<Picture> pictures)
            throws InterruptedException {
        Reconstruction before = known.get(photo);
        if (before != null && before.files().keySet().containsAll(extensions(pictures))) {
            return before;
        }
        ReconstructionRequest request =
                new ReconstructionRequest(
                        photo,
                        files.read(photo),
                        Optional.empty(),
                        category,
                        List.of(),
                        ReconstructionRequest.DEFAULT_REFINE_MILLIS,
                        ReconstructionRequest.DEFAULT_TEXTURE_SIZE,
                        0,
                        pictures);
        Reconstruction result =
                services.use(Reconstructor.class, r -> result(r.submit(request), photo));
        result.report().warnings().forEach(warning -> remarks.add(photo + ": " + warning));
        known.put(photo, result);
        return result;
    }

    private static List<String> extensions(Set<Picture> pictures) {
        return pictures.stream().map(Picture::extension).toList();
    }

    private Reconstruction result(Job<Reconstruction> job, String photo) {
        ProgressLine line = new ProgressLine(console.err(), console.errColumns());
        try {
            return new JobProgress(line, 1).await(job, photo, 0);
        } catch (InterruptedException e) {
            throw new CancelledException();
        } finally {
            line.clear();
        }
    }
}
