/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.inverso.api.AssetBuilder;
import org.inverso.api.CategoryException;
import org.inverso.api.Disentangler;
import org.inverso.api.Encoder;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Inpainter;
import org.inverso.api.InversoException;
import org.inverso.api.LatentCode;
import org.inverso.api.PhotoException;
import org.inverso.api.Picture;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Progress;
import org.inverso.api.Recognition;
import org.inverso.api.Recognizer;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Refiner;
import org.inverso.api.Segmenter;
import org.inverso.api.Stage;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.MainComponents;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.core.PipelineSettings;
import org.inverso.core.StageSet;
import org.inverso.core.StageSet.Member;
import org.inverso.geometry.AssetMesh;
import org.joml.Matrix4f;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One photo on its way through the stages. For one use by one thread. */
public final class PhotoRun {

    private static final Logger LOG = LoggerFactory.getLogger(PhotoRun.class);

    /** Below this mask IoU the report warns. */
    private static final double POOR_FIT = 0.7;

    /** Below this confidence the report warns. */
    private static final double UNSURE = 0.5;

    /** A region of at least this part of the largest one's size is an object of its own. */
    private static final double ANOTHER_OBJECT = 0.5;

    /** An object whose box's longer side has fewer pixels is hardly more than a spot of colour. */
    private static final float SMALL_OBJECT = 32;

    /** Longer side of a poster. */
    private static final int POSTER_SIDE = 1024;

    private static final int TURNTABLE_FRAMES = 48;
    private static final int TURNTABLE_WIDTH = 480;
    private static final int TURNTABLE_HEIGHT = 360;

    /** Of a frame. */
    private static final int TURNTABLE_MILLIS = 80;

    private static final Map<Picture, Imaging.AnimationFormat> TURNTABLES =
            Map.of(
                    Picture.TURNTABLE_GIF, Imaging.AnimationFormat.GIF,
                    Picture.TURNTABLE_PNG, Imaging.AnimationFormat.PNG,
                    Picture.TURNTABLE_WEBP, Imaging.AnimationFormat.WEBP);

    private final PipelineSettings settings;
    private final ReconstructionRequest request;
    private final StageSet stages;
    private final Progress progress;
    private final Consumer<CategoryModel> onCategory;
    private final StageTimes times = new StageTimes();
    private final List<String> warnings = new ArrayList<>();

    public PhotoRun(
            PipelineSettings settings,
            ReconstructionRequest request,
            StageSet stages,
            Progress progress,
            Consumer<CategoryModel> onCategory) {
        this.settings = settings;
        this.request = request;
        this.stages = stages;
        this.progress = progress;
        this.onCategory = onCategory;
    }

    /** A category, and how sure the recognizer is of it; NaN when there is no recognizer. */
    private record Recognized(CategoryModel category, double confidence) {}

    public Reconstruction run() {
        long start = System.nanoTime();
        Photo photo = decode();
        Matte matte = oneObject(segment(photo));
        CropRegion region = region(matte);
        Recognized recognized = recognize(photo, matte);
        CategoryModel category = recognized.category();
        onCategory.accept(category);
        DifferentiableRasterizer rasterizer = stages.rasterizer().stage();

        Crop crop =
                in(Phase.ENCODE, Imaging.class, stages.imaging())
                        .call(i -> i.crop(photo, matte, region, settings.cropSize()));
        LatentCode code =
                in(Phase.ENCODE, Encoder.class, stages.encoder())
                        .call(e -> e.encode(crop, category));
        List<SceneEstimate> hypotheses =
                in(Phase.DISENTANGLE, Disentangler.class, stages.disentangler())
                        .call(d -> d.disentangle(code, category));
        Work<Refiner> refine = in(Phase.REFINE, Refiner.class, stages.refiner());
        SceneEstimate estimate =
                refine.call(
                        r ->
                                r.refine(
                                        crop,
                                        hypotheses,
                                        category,
                                        rasterizer,
                                        request.refineMillis(),
                                        refine.progress()));
        Work<AssetBuilder> build = in(Phase.BUILD, AssetBuilder.class, stages.assetBuilder());
        Asset asset =
                build.call(
                        b ->
                                b.build(
                                        photo,
                                        matte,
                                        region,
                                        estimate,
                                        category,
                                        rasterizer,
                                        request.textureSize(),
                                        request.shapeKeys(),
                                        build.progress()));

        Matrix4f view = estimate.camera().view(new Matrix4f());
        Matrix4f projection =
                region.toPhoto(photo.width(), photo.height(), new Matrix4f())
                        .mul(estimate.camera().projection(new Matrix4f()));
        if (!view.isFinite() || !projection.isFinite()) {
            throw new InversoException(
                    "%s: Refiner '%s' lost the camera; report this photo"
                            .formatted(request.name(), stages.refiner().stage().id()));
        }
        AssetMesh mesh = AssetMesh.of(asset);
        Silhouette object = Silhouette.of(matte.alpha(), settings.maskSize());
        Silhouette rendered =
                in(Phase.MEASURE, DifferentiableRasterizer.class, stages.rasterizer())
                        .call(
                                r ->
                                        Silhouette.of(
                                                mesh,
                                                view,
                                                projection,
                                                r,
                                                object.width(),
                                                object.height()));
        double maskIou = rendered.iou(object);
        if (maskIou < POOR_FIT) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "the asset fits the photo poorly (mask IoU %.2f)",
                            maskIou));
        }

        Map<String, byte[]> files = export(asset);
        files.putAll(pictures(asset, photo, view, projection));
        files.putAll(background(photo, matte));
        Image preview =
                in(Phase.PREVIEW, PreviewPainter.class, stages.previewPainter())
                        .call(p -> p.paint(photo, asset, view, projection, rasterizer));
        byte[] previewPng =
                in(Phase.PREVIEW, Imaging.class, stages.imaging()).call(i -> i.encodePng(preview));

        CameraPlacement placement = CameraPlacement.of(view, projection, mesh.centre());
        ReconstructionReport report =
                new ReconstructionReport(
                        category.id(),
                        recognized.confidence(),
                        view,
                        projection,
                        placement.azimuthDeg(),
                        placement.elevationDeg(),
                        placement.fovYDeg(),
                        maskIou,
                        (System.nanoTime() - start) / 1e9,
                        times.runs(),
                        asset.nodes().stream()
                                .filter(node -> node.mesh() >= 0 && !node.hidden())
                                .map(Asset.Node::name)
                                .toList(),
                        asset.clips().stream().map(Asset.Clip::name).toList(),
                        photo.sha256(),
                        photo.width(),
                        photo.height(),
                        category.version(),
                        category.sha256(),
                        request.seed(),
                        List.copyOf(warnings));
        return new Reconstruction(
                report, ReportJson.write(report), asset, files, previewPng, Optional.of(estimate));
    }

    private Photo decode() {
        Work<Imaging> imaging = in(Phase.DECODE, Imaging.class, stages.imaging());
        Photo photo = imaging.call(i -> i.decode(request.name(), request.photo()));
        if (request.mask().isEmpty()) {
            return photo;
        }
        String maskName = "mask of " + request.name();
        Photo mask = imaging.call(i -> i.decode(maskName, request.mask().get()));
        if (mask.width() != photo.width() || mask.height() != photo.height()) {
            throw new InversoException(
                    "%s: it has %d x %d pixels, but the photo %d x %d; give a mask of the photo's size"
                            .formatted(
                                    maskName,
                                    mask.width(),
                                    mask.height(),
                                    photo.width(),
                                    photo.height()));
        }
        return photo.withMask(whiteness(mask.image()));
    }

    /** White and opaque is 1, black or transparent is 0. */
    private static Plane whiteness(Image image) {
        float[] values = new float[image.width() * image.height()];
        byte[] rgba = image.rgba();
        for (int i = 0; i < values.length; i++) {
            int sum = (rgba[4 * i] & 0xff) + (rgba[4 * i + 1] & 0xff) + (rgba[4 * i + 2] & 0xff);
            values[i] = sum / 765f * ((rgba[4 * i + 3] & 0xff) / 255f);
        }
        return new Plane(image.width(), image.height(), values);
    }

    private Matte segment(Photo photo) {
        for (Member<Segmenter> member : stages.segmenters()) {
            Work<Segmenter> work = in(Phase.SEGMENT, Segmenter.class, member);
            if (work.ask(s -> s.accepts(photo))) {
                return work.call(s -> s.segment(photo, work.progress()));
            }
        }
        throw new StageUnavailableException(
                Segmenter.class.getSimpleName(),
                request.name()
                        + ": none of the segmenters accepts the photo ("
                        + String.join(
                                ", ",
                                stages.segmenters().stream().map(m -> m.stage().id()).toList())
                        + "); install another one or give --mask");
    }

    /** Of several objects the largest; what is small beside it may be a part of it. */
    private Matte oneObject(Matte matte) {
        int objects = MainComponents.count(matte.alpha(), ANOTHER_OBJECT);
        if (objects < 2) {
            return matte;
        }
        warnings.add(
                "the photo shows %d objects apart from one another; the largest is taken"
                        .formatted(objects));
        return new Matte(MainComponents.keep(matte.alpha(), 1), matte.segmenterId());
    }

    private CropRegion region(Matte matte) {
        Plane alpha = matte.alpha();
        CropRegion region = ObjectRegion.of(request.name(), matte);
        float longest = region.size() * CropRegion.FILL;
        if (longest < SMALL_OBJECT) {
            warnings.add(
                    "the object is only %d pixels long; a larger photo gives a better asset"
                            .formatted(Math.round(longest)));
        }
        if (touchesBorder(alpha)) {
            warnings.add("the object touches the photo's border; what is cut off is guessed");
        }
        return region;
    }

    private static boolean touchesBorder(Plane alpha) {
        for (int x = 0; x < alpha.width(); x++) {
            if (alpha.get(x, 0) >= Matte.THRESHOLD
                    || alpha.get(x, alpha.height() - 1) >= Matte.THRESHOLD) {
                return true;
            }
        }
        for (int y = 0; y < alpha.height(); y++) {
            if (alpha.get(0, y) >= Matte.THRESHOLD
                    || alpha.get(alpha.width() - 1, y) >= Matte.THRESHOLD) {
                return true;
            }
        }
        return false;
    }

    private Recognized recognize(Photo photo, Matte matte) {
        boolean auto = request.category().equals(ReconstructionRequest.AUTO);
        Optional<Recognition> recognition =
                stages.recognizer()
                        .map(
                                member ->
                                        in(Phase.RECOGNIZE, Recognizer.class, member)
                                                .call(r -> r.recognize(photo, matte)));
        if (!auto) {
            return given(recognition);
        }
        Recognition seen =
                recognition.orElseThrow(
                        () ->
                                new StageUnavailableException(
                                        Recognizer.class.getSimpleName(),
                                        request.name()
                                                + ": no Recognizer; give --category instead"));
        String best = seen.bestCategory().orElse(Recognition.NONE);
        double confidence = seen.confidence(best);
        if (best.equals(Recognition.NONE) || confidence < settings.recognitionThreshold()) {
            throw new PhotoException(
                    PhotoException.Reason.NOT_RECOGNIZED,
                    "%s: shows no %s that could be recognized (%s); --category forces one"
                            .formatted(
                                    request.name(),
                                    String.join(
                                            " or ", new TreeSet<>(stages.categories().keySet())),
                                    percentages(seen)));
        }
        if (confidence < UNSURE) {
            warnings.add(
                    "the recognizer is not sure (%s); --category takes the guess away"
                            .formatted(percentages(seen)));
        }
        return new Recognized(category(best), confidence);
    }

    private Recognized given(Optional<Recognition> recognition) {
        CategoryModel category = category(request.category());
        if (recognition.isEmpty()) {
            warnings.add("there is no recognizer, so the confidence is unknown");
            return new Recognized(category, Double.NaN);
        }
        if (!recognition.get().best().equals(category.id())) {
            warnings.add(
                    "the category was given, but the recognizer sees something else ("
                            + percentages(recognition.get())
                            + ")");
        }
        return new Recognized(category, recognition.get().confidence(category.id()));
    }

    private CategoryModel category(String id) {
        Member<CategoryModel> member = stages.categories().get(id);
        if (member == null) {
            throw new CategoryException(
                    "%s: category '%s' is not installed (installed: %s); put its bundle into deploy/"
                            .formatted(
                                    request.name(),
                                    id,
                                    String.join(
                                            ", ", new TreeSet<>(stages.categories().keySet()))));
        }
        return member.stage();
    }

    private static String percentages(Recognition recognition) {
        return String.join(
                ", ",
                recognition.confidences().entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Double>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(e -> e.getKey() + " " + Math.round(100 * e.getValue()) + " %")
                        .toList());
    }

    private Map<String, byte[]> export(Asset asset) {
        List<Work<Exporter>> exporters =
                request.formats().stream()
                        .map(format -> in(Phase.EXPORT, Exporter.class, exporter(format)))
                        .toList();
        Map<String, byte[]> files = new LinkedHashMap<>();
        exporters.parallelStream()
                .map(exporter -> exporter.call(e -> e.export(asset, request.baseName())))
                .toList()
                .forEach(written -> written.forEach((name, bytes) -> add(files, name, bytes)));
        return files;
    }

    private Member<Exporter> exporter(String format) {
        Member<Exporter> exporter = stages.exporters().get(format);
        if (exporter == null) {
            throw new StageUnavailableException(
                    Exporter.class.getSimpleName(),
                    "no Exporter writes '%s' (there: %s)"
                            .formatted(format, String.join(", ", stages.exporters().keySet())));
        }
        return exporter;
    }

    private Map<String, byte[]> pictures(
            Asset asset, Photo photo, Matrix4f view, Matrix4f projection) {
        Work<PreviewPainter> painter =
                in(Phase.PREVIEW, PreviewPainter.class, stages.previewPainter());
        Work<Imaging> imaging = in(Phase.PREVIEW, Imaging.class, stages.imaging());
        DifferentiableRasterizer rasterizer = stages.rasterizer().stage();
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (request.pictures().contains(Picture.POSTER)) {
            double scale = POSTER_SIDE / (double) Math.max(photo.width(), photo.height());
            int width = Math.max(1, (int) Math.round(scale * photo.width()));
            int height = Math.max(1, (int) Math.round(scale * photo.height()));
            Image poster =
                    painter.call(p -> p.poster(asset, view, projection, width, height, rasterizer));
            files.put(Picture.POSTER.extension(), imaging.call(i -> i.encodePng(poster)));
        }
        if (!Collections.disjoint(request.pictures(), TURNTABLES.keySet())) {
            List<Image> frames =
                    painter.call(
                            p ->
                                    p.turntable(
                                            asset,
                                            TURNTABLE_FRAMES,
                                            TURNTABLE_WIDTH,
                                            TURNTABLE_HEIGHT,
                                            rasterizer));
            TURNTABLES.forEach(
                    (picture, format) -> {
                        if (request.pictures().contains(picture)) {
                            files.put(
                                    picture.extension(),
                                    imaging.call(
                                            i ->
                                                    i.encodeAnimation(
                                                            frames, TURNTABLE_MILLIS, format)));
                        }
                    });
        }
        return files;
    }

    private Map<String, byte[]> background(Photo photo, Matte matte) {
        if (!request.pictures().contains(Picture.BACKGROUND)) {
            return Map.of();
        }
        Member<Inpainter> member =
                stages.inpainter()
                        .orElseThrow(
                                () ->
                                        new StageUnavailableException(
                                                Inpainter.class.getSimpleName(),
                                                request.name()
                                                        + ": no Inpainter paints the background"));
        Work<Inpainter> inpaint = in(Phase.BACKGROUND, Inpainter.class, member);
        Optional<Image> plate = inpaint.call(i -> i.inpaint(photo, matte, inpaint.progress()));
        if (plate.isEmpty()) {
            warnings.add("the photo shows too little background to paint the rest of it");
            return Map.of();
        }
        byte[] jpeg =
                in(Phase.BACKGROUND, Imaging.class, stages.imaging())
                        .call(i -> i.encodeJpeg(plate.get(), Imaging.TEXTURE_QUALITY));
        return Map.of(Picture.BACKGROUND.extension(), jpeg);
    }

    /** Two formats may share a file that both refer to, but not differ about it. */
    private void add(Map<String, byte[]> files, String extension, byte[] bytes) {
        byte[] other = files.put(extension, bytes);
        if (other != null && !Arrays.equals(other, bytes)) {
            throw new InversoException(
                    "%s: two formats of %s both write a file .%s; ask for them one after the other"
                            .formatted(
                                    request.name(),
                                    String.join(", ", request.formats()),
                                    extension));
        }
    }

    private <S extends Stage> Work<S> in(Phase phase, Class<S> kind, Member<S> member) {
        progress.checkCancelled();
        return new Work<>(kind, member, phase.of(progress));
    }

    /** Calls of one stage: timed, and with failures that say whose they are. */
    private final class Work<S extends Stage> {

        private final Class<S> kind;
        private final Member<S> member;
        private final Progress progress;

        Work(Class<S> kind, Member<S> member, Progress progress) {
            this.kind = kind;
            this.member = member;
            this.progress = progress;
        }

        Progress progress() {
            return progress;
        }

        /** Does a share of the work. */
        <R> R call(Function<S, R> work) {
            long start = System.nanoTime();
            R result = ask(work);
            times.add(kind, member, System.nanoTime() - start);
            return result;
        }

        /** Asks without it counting as work. */
        <R> R ask(Function<S, R> question) {
            try {
                return Objects.requireNonNull(question.apply(member.stage()), "no result");
            } catch (InversoException e) {
                throw e;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                String failed =
                        "%s: %s '%s' failed"
                                .formatted(
                                        request.name(), kind.getSimpleName(), member.stage().id());
                LOG.error(failed, e);
                throw new InversoException(failed + ": " + e, e);
            }
        }
    }
}
