/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.inverso.api.InversoException;
import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.Progress;
import org.inverso.api.Segmenter;
import org.inverso.api.SegmenterModels;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.segmenter.onnx.internal.MattingModel;
import org.inverso.segmenter.onnx.internal.ModelStore;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the foreground out with a matting network that the user installs: IS-Net, U2-Net, silueta or
 * another model in rembg's ONNX format. Accepts photos only when there is such a model.
 *
 * <p>The saliency is stretched to 0 to 1 over the photo, as rembg does, and freed from what is
 * small beside the main object; its edges stay soft.
 */
@Component(
        service = {Segmenter.class, SegmenterModels.class},
        // Else the open model would be closed whenever nobody holds the service for a moment.
        immediate = true,
        configurationPid = "org.inverso.segmenter.onnx",
        property = {
            "inverso.stage.id=" + OnnxSegmenter.ID,
            "service.ranking:Integer=" + OnnxSegmenter.RANKING
        })
@Designate(ocd = OnnxSegmenter.Config.class)
public final class OnnxSegmenter implements Segmenter, SegmenterModels {

    /** This stage's id. */
    public static final String ID = "onnx";

    /** Before the built-in network, after what the user gives. */
    static final int RANKING = 100;

    /** A saliency map with less contrast shows nothing. */
    private static final float MIN_CONTRAST = 0.02f;

    private static final Logger LOGGER = LoggerFactory.getLogger(OnnxSegmenter.class);

    /** Settings of the component. */
    @ObjectClassDefinition(name = "Inverso ONNX segmenter")
    public @interface Config {

        /** Which model. */
        @AttributeDefinition(
                name = "Model",
                description =
                        "Path of an ONNX file or name of an installed model; empty for the one"
                                + " that was installed last")
        String model() default "";

        /** How the model wants its input. */
        @AttributeDefinition(
                name = "Normalization",
                description = "Of the model's input; auto goes by its size and name",
                options = {
                    @Option(label = "auto", value = "auto"),
                    @Option(label = "IS-Net", value = "isnet"),
                    @Option(label = "U2-Net, silueta", value = "u2net")
                })
        String normalization() default "auto";

        /** What else than the largest region stays. */
        @AttributeDefinition(
                name = "Keep fraction",
                description = "Regions of at least this part of the largest one's size stay",
                min = "0",
                max = "1")
        double keepFraction() default 0.3;

        /** Threads. */
        @AttributeDefinition(
                name = "Threads",
                description = "Threads inside one run, 0 for one per core",
                min = "0")
        int threads() default 0;

        /** Where installed models lie. */
        @AttributeDefinition(
                name = "Models folder",
                description =
                        "Where models are installed; empty for the framework property"
                                + " inverso.models, else models under Karaf's home")
        String modelsFolder() default "";

        /** Where native libraries are unpacked. */
        @AttributeDefinition(
                name = "Cache folder",
                description =
                        "Where native libraries are unpacked; empty for the framework property"
                                + " inverso.cache, else natives under Karaf's data folder")
        String cacheFolder() default "";
    }

    private final ModelStore store;
    private final Path cacheFolder;

    /** Readers run the model, writers exchange it. */
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();

    private volatile OnnxSettings settings;
    private MattingModel model;

    /**
     * A segmenter outside OSGi.
     *
     * @param modelsFolder where models are installed
     * @param cacheFolder where ONNX Runtime's native libraries are unpacked
     */
    public OnnxSegmenter(Path modelsFolder, Path cacheFolder, OnnxSettings settings) {
        store = new ModelStore(modelsFolder);
        this.cacheFolder = Objects.requireNonNull(cacheFolder, "cacheFolder");
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /** Called by the framework. */
    @Activate
    public OnnxSegmenter(BundleContext context, Config config) {
        this(
                folder(context, config.modelsFolder(), "inverso.models", "karaf.home", "models"),
                folder(context, config.cacheFolder(), "inverso.cache", "karaf.data", "natives"),
                settings(config));
    }

    @Modified
    void modified(Config config) {
        configure(settings(config));
    }

    /** Closes the model; another call that needs it opens it again. */
    @Deactivate
    public void close() {
        exchange.writeLock().lock();
        try {
            if (model != null) {
                model.close();
                model = null;
            }
        } finally {
            exchange.writeLock().unlock();
        }
    }

    /** Changes the settings; work under way ends with the old ones. */
    public void configure(OnnxSettings changed) {
        settings = Objects.requireNonNull(changed, "changed");
        close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String health() {
        return settings.model().isBlank() && store.inUse().isEmpty()
                ? "no model installed; get one with: inverso:segmenter install FILE"
                : "ok";
    }

    @Override
    public boolean accepts(Photo photo) {
        return !settings.model().isBlank() || store.inUse().isPresent();
    }

    @Override
    public Matte segment(Photo photo, Progress progress) {
        progress.report(0, "matting");
        Plane saliency = saliency(photo.image());
        progress.checkCancelled();
        Plane alpha = MainComponents.keep(stretched(photo, saliency), settings.keepFraction());
        progress.report(1, "matting");
        return new Matte(alpha, ID);
    }

    @Override
    public InstalledModel install(Path file) {
        OnnxSettings now = settings;
        if (!now.model().isBlank()) {
            throw new InversoException(
                    "the configuration org.inverso.segmenter.onnx fixes the model to "
                            + now.model()
                            + "; empty its key model to install another");
        }
        if (!Files.isRegularFile(file)) {
            throw new InversoException(file + " is not a file");
        }
        String format;
        try (MattingModel candidate =
                MattingModel.open(file, now.normalization(), now.threads(), cacheFolder)) {
            candidate.run(testImage());
            format = candidate.format();
        }
        exchange.writeLock().lock();
        try {
            InstalledModel installed = store.add(file, format);
            close();
            LOGGER.info(
                    "Matting model {} ({}) installed, SHA-256 {}",
                    installed.name(),
                    installed.format(),
                    installed.sha256());
            return installed;
        } finally {
            exchange.writeLock().unlock();
        }
    }

    @Override
    public List<InstalledModel> installed() {
        return store.list();
    }

    private Plane saliency(Image image) {
        while (true) {
            exchange.readLock().lock();
            try {
                if (model != null) {
                    return model.run(image);
                }
            } finally {
                exchange.readLock().unlock();
            }
            open();
        }
    }

    private void open() {
        exchange.writeLock().lock();
        try {
            if (model == null) {
                OnnxSettings now = settings;
                model =
                        MattingModel.open(
                                modelFile(now), now.normalization(), now.threads(), cacheFolder);
            }
        } finally {
            exchange.writeLock().unlock();
        }
    }

    private Path modelFile(OnnxSettings now) {
        String name = now.model().isBlank() ? store.inUse().orElse("") : now.model();
        Optional<Path> installed = store.find(name);
        if (installed.isPresent()) {
            store.verify(name);
            return installed.get();
        }
        Path file = Path.of(name);
        if (now.model().isBlank() || !Files.isRegularFile(file)) {
            throw new InversoException(
                    "the matting model '"
                            + name
                            + "' of the configuration org.inverso.segmenter.onnx is neither"
                            + " installed nor a file");
        }
        return file;
    }

    /** Saliency from its smallest to its largest value becomes 0 to 1. */
    private static Plane stretched(Photo photo, Plane saliency) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : saliency.values()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (high - low < MIN_CONTRAST) {
            throw new PhotoException(
                    Reason.NO_OBJECT,
                    photo.name() + " shows no object that stands out; give a mask with --mask");
        }
        float[] alpha = new float[saliency.values().length];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (saliency.values()[i] - low) / (high - low);
        }
        return new Plane(saliency.width(), saliency.height(), alpha);
    }

    /** A bright disc on a dark ground. */
    private static Image testImage() {
        int size = 256;
        Image image = Image.blank(size, size);
        for (int i = 0; i < size * size; i++) {
            boolean disc = Math.hypot(i % size - 128, i / size - 128) < 80;
            for (int c = 0; c < 3; c++) {
                image.rgba()[4 * i + c] = (byte) (disc ? 220 - 60 * c : 30);
            }
            image.rgba()[4 * i + 3] = -1;
        }
        return image;
    }

    private static OnnxSettings settings(Config config) {
        return new OnnxSettings(
                config.model(),
                OnnxSettings.normalization(config.normalization()),
                config.keepFraction(),
                config.threads());
    }

    private static Path folder(
            BundleContext context, String configured, String own, String karaf, String child) {
        if (!configured.isBlank()) {
            return Path.of(configured).toAbsolutePath();
        }
        String shared = context.getProperty(own);
        if (shared != null && !shared.isBlank()) {
            return Path.of(shared).toAbsolutePath();
        }
        String home = context.getProperty(karaf);
        return home != null
                ? Path.of(home, child)
                : Path.of(System.getProperty("user.home"), ".cache", "inverso", child);
    }
}
