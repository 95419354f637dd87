/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Progress;
import org.inverso.api.authoring.Training;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategoryLoader;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.rasterizer.JvmRasterizer;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.segmenter.onnx.OnnxSegmenter;
import org.inverso.segmenter.onnx.OnnxSettings;
import org.inverso.training.PictureFolder.Picture;
import org.inverso.training.gan.PhotoPictures;
import org.inverso.training.gan.PictureSupply;
import org.inverso.training.gan.TrainingPictures;
import org.inverso.training.internal.LearningCurve;
import org.inverso.training.internal.MadeUpPictures;
import org.inverso.training.internal.Portion;
import org.inverso.training.inverse.GanViewStore;
import org.inverso.training.synthesis.CutoutStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Trains on this machine. */
@Component(service = Training.class)
public final class LocalTraining implements Training {

    private static final String SCENE = "scene";
    private static final List<String> NETWORKS = List.of("encoder", "disentangler");
    private static final int PHOTO_SIZE = 400;
    private static final double SURE = 0.3;

    /** Of all the time, as progress shows it; rendering and learning take what they take. */
    private static final double RENDERING = 0.25;

    /** Different pictures that a generator learns from; 64x64 ones take 250 MB. */
    private static final int GAN_PICTURES = 20_000;

    private final DjlRuntime runtime;

    @Activate
    public LocalTraining(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public String train(Order order, Progress progress) {
        if (order.threads() > 0) {
            runtime.setThreads(order.threads());
        }
        try {
            return switch (order.stage()) {
                case ALL -> all(order, progress);
                case CUTOUTS -> cutouts(order, category(order), progress);
                case SCENE -> scene(order, category(order), progress);
                case GAN -> gan(order, category(order), progress);
                case VIEWS -> views(order, category(order), progress);
                case INVERSE, SPHERE -> inverse(order, category(order), progress);
                case RENDERER -> renderer(order, category(order), progress);
                case LATENT -> latent(order, category(order), progress);
                case WEIGHTS -> weights(order, data(order));
                case SPLIT -> split(order);
                case LABEL -> label(order, progress);
                case SEGMENTER -> segmenter(order, progress);
                case RECOGNIZER -> recognizer(order, progress);
                case OUTLINE -> outline(order, progress);
            };
        } catch (UncheckedIOException e) {
            throw new InversoException(e.getMessage(), e);
        }
    }

    private String all(Order order, Progress progress) {
        CategoryModel category = category(order);
        cutouts(order, category, new Portion(progress, 0, RENDERING));
        scene(order, category, new Portion(progress, RENDERING, 1));
        return weights(order, order.out());
    }

    private String cutouts(Order order, CategoryModel category, Progress progress) {
        Path folder = cutouts(order.out(), category);
        new CutoutFactory(category, new JvmRasterizer(1), backgrounds(order), order.seed())
                .fill(folder, order.cutouts(), progress);
        progress.checkCancelled();
        return "there are " + store(order.out(), category).size() + " cutouts in " + folder;
    }

    private String scene(Order order, CategoryModel category, Progress progress) {
        CutoutStore store = store(data(order), category);
        try (NDManager manager = runtime.newManager()) {
            new SceneTrainer(
                            category,
                            store,
                            backgrounds(order),
                            order.initial(),
                            order.seed(),
                            order.without())
                    .train(manager, order.out(), order.time(), progress);
        }
        return finished(order, SCENE, progress);
    }

    private String gan(Order order, CategoryModel category, Progress progress) {
        GeneratorShape shape = GeneratorShape.DEFAULT;
        TrainingPictures pictures = pictures(order, category, shape.resolution());
        try (NDManager manager = runtime.newManager()) {
            new GanTrainer(shape, pictures, order.initial(), order.seed())
                    .train(manager, order.out(), order.time(), progress);
        }
        return finished(order, GanTrainer.WEIGHTS, progress);
    }

    private String views(Order order, CategoryModel category, Progress progress) {
        int resolution = GeneratorShape.DEFAULT.resolution();
        TrainingPictures pictures = pictures(order, category, resolution);
        try (NDManager manager = runtime.newManager()) {
            int found =
                    new ViewTrainer(category, pictures, resolution, order.seed())
                            .train(manager, order.out(), progress);
            return found + " view codes are in the generator's weights in " + order.out();
        }
    }

    private String inverse(Order order, CategoryModel category, Progress progress) {
        Path folder = data(order).resolve("gan-views").resolve(category.id());
        try (NDManager manager = runtime.newManager();
                JvmRasterizer rasterizer = new JvmRasterizer(1);
                GanViewFactory factory = new GanViewFactory(manager, category, order.seed())) {
            int contents = Math.max(2, order.cutouts() / GanViewFactory.VIEWS);
            GanViewStore store =
                    factory.fill(folder, contents, new Portion(progress, 0, RENDERING));
            boolean sphere = order.stage() == Stage.SPHERE;
            double[] azimuths = factory.azimuthsDeg();
            InverseTrainer trainer =
                    sphere
                            ? InverseTrainer.fromSphere(
                                    category, rasterizer, store, azimuths, order.seed())
                            : InverseTrainer.fromTemplate(
                                    category, rasterizer, store, azimuths, order.seed());
            List<MaskAgreement.Agreement> heldOut =
                    trainer.train(
                            manager,
                            order.out(),
                            order.time(),
                            new Portion(progress, RENDERING, 1));
            return finished(order, sphere ? InverseTrainer.SPHERE : InverseTrainer.RUN, progress)
                    + String.format(
                            Locale.ROOT,
                            "; mask IoU %.3f on %d held-out pictures",
                            MaskAgreement.mean(heldOut),
                            heldOut.size());
        }
    }

    private String renderer(Order order, CategoryModel category, Progress progress) {
        try (NDManager manager = runtime.newManager()) {
            new RendererTrainer(category, generator(order, category), order.cutouts(), order.seed())
                    .train(manager, data(order), order.out(), order.time(), progress);
        }
        return finished(order, RendererTrainer.WEIGHTS, progress);
    }

    private String latent(Order order, CategoryModel category, Progress progress) {
        Optional<CutoutStore> cutouts =
                Files.isDirectory(cutouts(data(order), category))
                        ? Optional.of(store(data(order), category))
                        : Optional.empty();
        try (NDManager manager = runtime.newManager()) {
            new LatentTrainer(
                            category,
                            generator(order, category),
                            order.cutouts(),
                            cutouts,
                            backgrounds(order),
                            order.seed())
                    .train(manager, data(order), order.out(), order.time(), progress);
        }
        return finished(order, LatentTrainer.RUN, progress);
    }

    /** That of an earlier training, else the category's. */
    private static byte[] generator(Order order, CategoryModel category) {
        Path trained = data(order).resolve(GanTrainer.WEIGHTS + ".safetensors");
        try {
            return Files.exists(trained) ? Files.readAllBytes(trained) : GeneratorFile.of(category);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + trained + ": " + e.getMessage(), e);
        }
    }

    /** What a generator learns from. */
    private static TrainingPictures pictures(Order order, CategoryModel category, int resolution) {
        if (order.images().isPresent()) {
            return new PhotoPictures(photos(order.images().get()), resolution);
        }
        return new PictureSupply(
                new CutoutPictures(store(data(order), category), backgrounds(order), resolution),
                resolution,
                GAN_PICTURES);
    }

    private static String finished(Order order, String run, Progress progress) {
        LearningCurve.draw(
                order.out().resolve(run + ".metrics.jsonl"),
                order.out().resolve(run + ".curve.png"));
        progress.checkCancelled();
        return run + " is trained; weights, metrics and learning curve are in " + order.out();
    }

    private static String weights(Order order, Path from) {
        Path folder = single(order);
        List<String> names = new ArrayList<>();
        for (String name : List.of(GanTrainer.WEIGHTS, RendererTrainer.WEIGHTS)) {
            if (isTrained(from, name)) {
                names.add(name);
            }
        }
        for (List<String> both : List.of(InverseTrainer.NETWORKS, LatentTrainer.NETWORKS)) {
            if (both.stream().allMatch(name -> isTrained(from, name))) {
                names.addAll(both);
            }
        }
        if (names.isEmpty() || NETWORKS.stream().anyMatch(name -> isTrained(from, name))) {
            names.addAll(NETWORKS);
        }
        CategoryPackage.add(folder, from, names);
        // Whatever is wrong with them is better said now than at their deployment.
        CategoryModel category = new CategoryLoader().load(folder);
        return category.id()
                + " "
                + category.version()
                + " has its networks now, with their hashes in "
                + folder.resolve("category.json");
    }

    private static boolean isTrained(Path from, String name) {
        return Files.exists(from.resolve(name + ".safetensors"));
    }

    private String split(Order order) {
        // What was learned without labels keeps names of its own.
        Path labelled = data(order).resolve(SCENE + ".safetensors");
        Path unlabelled = data(order).resolve(InverseTrainer.RUN + ".safetensors");
        boolean inverse = !Files.exists(labelled) && Files.exists(unlabelled);
        Path file = inverse ? unlabelled : labelled;
        String prefix = inverse ? InverseTrainer.RUN + "-" : "";
        try (NDManager manager = runtime.newManager()) {
            Files.createDirectories(order.out());
            SceneTrainer.split(manager, order.out(), prefix, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return "encoder and disentangler are in " + order.out();
    }

    private String label(Order order, Progress progress) {
        Path model =
                order.teacher()
                        .orElseThrow(() -> new InversoException("name a matting model: --model"));
        OnnxSettings settings =
                new OnnxSettings(model.toString(), Optional.empty(), SURE, order.threads());
        OnnxSegmenter teacher =
                new OnnxSegmenter(
                        order.out(), DjlRuntime.userCacheFolder().resolve("onnx"), settings);
        try {
            int kept =
                    new PhotoLabeller(teacher)
                            .label(photos(order), order.out(), order.seed(), progress);
            return kept + " labels are in " + order.out();
        } finally {
            teacher.close();
        }
    }

    private String segmenter(Order order, Progress progress) {
        Path data = data(order);
        try (NDManager manager = runtime.newManager()) {
            new SegmenterTrainer(
                            List.copyOf(stores(order).values()),
                            photos(order),
                            PictureFolder.read(data.resolve("labelled"), PHOTO_SIZE),
                            order.initial(),
                            order.seed())
                    .train(manager, order.out(), order.time(), progress);
        }
        return finished(order, "segmenter", progress);
    }

    private String recognizer(Order order, Progress progress) {
        Path data = data(order);
        try (NDManager manager = runtime.newManager()) {
            new RecognizerTrainer(
                            data.resolve("cifar"),
                            photoFolder(order),
                            PictureFolder.read(data.resolve("labelled"), PHOTO_SIZE),
                            stores(order),
                            order.seed())
                    .train(manager, order.out(), order.time(), progress);
        }
        return finished(order, "recognizer", progress);
    }

    private String outline(Order order, Progress progress) {
        try (NDManager manager = runtime.newManager()) {
            new OutlineTrainer(
                            stores(order),
                            PictureFolder.read(data(order).resolve("labelled"), PHOTO_SIZE),
                            photos(order),
                            order.seed())
                    .train(manager, order.out(), order.time(), progress);
        }
        return finished(order, "outline", progress);
    }

    private static Path single(Order order) {
        if (order.categories().size() != 1) {
            throw new InversoException(
                    "this stage trains one category; name its folder, the one with category.json");
        }
        return order.categories().get(0);
    }

    private static CategoryModel category(Order order) {
        return new CategoryLoader().load(single(order));
    }

    private static Path data(Order order) {
        return order.data().orElse(order.out());
    }

    /** Photos, or made-up pictures for stages that can do with them. */
    private static List<Picture> backgrounds(Order order) {
        Path folder = photoFolder(order);
        if (order.backgrounds().isPresent() || Files.isDirectory(folder)) {
            return photos(order);
        }
        return MadeUpPictures.of(order.seed());
    }

    private static List<Picture> photos(Order order) {
        Path folder = photoFolder(order);
        if (!Files.isDirectory(folder)) {
            throw new InversoException(
                    "there is no folder " + folder + "; name one with photos: --backgrounds");
        }
        return photos(folder);
    }

    private static List<Picture> photos(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InversoException("there is no folder " + folder);
        }
        List<Picture> photos = PictureFolder.read(folder, PHOTO_SIZE);
        if (photos.isEmpty()) {
            throw new InversoException("there is no JPEG or PNG file in " + folder);
        }
        return photos;
    }

    private static Path photoFolder(Order order) {
        return order.backgrounds().orElse(data(order).resolve("backgrounds"));
    }

    private static Map<String, CutoutStore> stores(Order order) {
        Map<String, CutoutStore> stores = new LinkedHashMap<>();
        for (Path folder : order.categories()) {
            CategoryModel category = new CategoryLoader().load(folder);
            stores.put(category.id(), store(data(order), category));
        }
        return stores;
    }

    private static Path cutouts(Path data, CategoryModel category) {
        return data.resolve("cutouts").resolve(category.id());
    }

    private static CutoutStore store(Path data, CategoryModel category) {
        Path folder = cutouts(data, category);
        if (!Files.isDirectory(folder)) {
            throw new InversoException(
                    "there are no renderings in " + folder + "; make them: --stage cutouts");
        }
        return new CutoutStore(
                folder, category.template().shapeCount(), category.poseParameters().size());
    }
}
