/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inverso.api.AssetBuilder;
import org.inverso.api.Disentangler;
import org.inverso.api.Encoder;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Inpainter;
import org.inverso.api.LatentCode;
import org.inverso.api.PhotoException;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Progress;
import org.inverso.api.Recognition;
import org.inverso.api.Recognizer;
import org.inverso.api.Refiner;
import org.inverso.api.Segmenter;
import org.inverso.api.Stage;
import org.inverso.api.asset.Asset;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Crop;
import org.inverso.api.image.CropRegion;
import org.inverso.api.image.Image;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;
import org.inverso.api.image.Plane;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.joml.Matrix4fc;
import org.joml.Quaternionf;
import org.joml.Vector3f;

/**
 * Stages that do next to nothing, but pass on what they got, so that tests see the order of work.
 *
 * <p>Photos are texts like {@code 100x60}: a white picture of that size. The object is the square
 * of 40 pixels about its centre; its asset is a square of half-side {@link #halfSide} seen from the
 * front, which fits exactly at 2.
 */
public class FakeStages {

    public static final float EXACT_HALF_SIDE = 2;

    private final Consumer<String> onCall;
    public volatile float halfSide = EXACT_HALF_SIDE;
    public volatile Recognition recognition = new Recognition(Map.of("car", 0.9, "none", 0.1));

    /**
     * @param onCall told {@code kind id} at the start of every call of a stage
     */
    public FakeStages(Consumer<String> onCall) {
        this.onCall = onCall;
    }

    public static byte[] photo(int width, int height) {
        return (width + "x" + height).getBytes(StandardCharsets.US_ASCII);
    }

    /** One stage of each kind that the pipeline needs; segmenter, category and format included. */
    public Stage[] all() {
        return Stream.of(
                        imaging(),
                        segmenter("square", true),
                        recognizer(),
                        category("car"),
                        encoder("cnn"),
                        disentangler(),
                        rasterizer(),
                        refiner(),
                        assetBuilder(),
                        exporter("glb"),
                        previewPainter(),
                        inpainter(true))
                .toArray(Stage[]::new);
    }

    /** All, with one in place of the default of the same kind. */
    public Stage[] allBut(Class<? extends Stage> kind, Stage... instead) {
        return Stream.concat(
                        Arrays.stream(instead),
                        Arrays.stream(all()).filter(stage -> !kind.isInstance(stage)))
                .toArray(Stage[]::new);
    }

    public Imaging imaging() {
        return new Imaging() {
            @Override
            public String id() {
                return "text";
            }

            @Override
            public Photo decode(String name, byte[] bytes) {
                onCall.accept("decode " + name);
                String text = new String(bytes, StandardCharsets.US_ASCII);
                if (!text.matches("\\d+x\\d+")) {
                    throw new PhotoException(
                            PhotoException.Reason.UNKNOWN_FORMAT, name + ": not a picture");
                }
                String[] size = text.split("x");
                int width = Integer.parseInt(size[0]);
                int height = Integer.parseInt(size[1]);
                byte[] rgba = new byte[4 * width * height];
                Arrays.fill(rgba, (byte) 255);
                return new Photo(
                        name,
                        "sha-of-" + text,
                        new Image(width, height, rgba),
                        false,
                        Optional.empty());
            }

            @Override
            public Crop crop(Photo photo, Matte matte, CropRegion region, int size) {
                onCall.accept("crop " + size);
                return new Crop(region, Image.blank(size, size));
            }

            @Override
            public Image resize(Image image, int width, int height) {
                throw new AssertionError("the pipeline does not resize");
            }

            @Override
            public byte[] encodePng(Image image) {
                onCall.accept("png");
                return new byte[] {(byte) image.width()};
            }

            @Override
            public byte[] encodeJpeg(Image image, float quality) {
                onCall.accept("jpeg " + image.width() + "x" + image.height());
                return new byte[] {(byte) 0xff, (byte) 0xd8};
            }

            @Override
            public byte[] encodeAnimation(
                    List<Image> frames, int frameMillis, AnimationFormat format) {
                onCall.accept("animation " + frames.size() + " " + format);
                return new byte[] {(byte) frames.size()};
            }
        };
    }

    public Segmenter segmenter(String id, boolean accepts) {
        return new Segmenter() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public boolean accepts(Photo photo) {
                return accepts;
            }

            @Override
            public Matte segment(Photo photo, Progress progress) {
                onCall.accept("segment " + id);
                progress.report(0.5, "halfway");
                return new Matte(photo.mask().orElseGet(() -> square(photo)), id);
            }
        };
    }

    private static Plane square(Photo photo) {
        float[] alpha = new float[photo.width() * photo.height()];
        for (int y = photo.height() / 2 - 20; y < photo.height() / 2 + 20; y++) {
            for (int x = photo.width() / 2 - 20; x < photo.width() / 2 + 20; x++) {
                alpha[y * photo.width() + x] = 1;
            }
        }
        return new Plane(photo.width(), photo.height(), alpha);
    }

    public Recognizer recognizer() {
        return new Recognizer() {
            @Override
            public String id() {
                return "oracle";
            }

            @Override
            public Recognition recognize(Photo photo, Matte matte) {
                onCall.accept("recognize");
                return recognition;
            }
        };
    }

    public CategoryModel category(String id) {
        return new CategoryModel() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String label() {
                return id;
            }

            @Override
            public String version() {
                return "7";
            }

            @Override
            public String sha256() {
                return "sha-of-" + id;
            }

            @Override
            public TemplateMesh template() {
                throw new AssertionError("only stages look at the template");
            }

            @Override
            public ShapePrior shapePrior() {
                throw new AssertionError("only stages look at the prior");
            }

            @Override
            public List<PoseParameter> poseParameters() {
                return List.of();
            }

            @Override
            public List<String> clips() {
                return List.of();
            }

            @Override
            public Set<String> weightNames() {
                return Set.of();
            }

            @Override
            public byte[] weights(String name) {
                throw new AssertionError("only stages look at weights");
            }
        };
    }

    public Encoder encoder(String id) {
        return new Encoder() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public LatentCode encode(Crop crop, CategoryModel category) {
                onCall.accept("encode " + id);
                return new LatentCode(new float[] {crop.pixels().width()}, id);
            }
        };
    }

    public Disentangler disentangler() {
        return new Disentangler() {
            @Override
            public String id() {
                return "front";
            }

            @Override
            public List<SceneEstimate> disentangle(LatentCode code, CategoryModel category) {
                onCall.accept("disentangle " + code.encoderId());
                OrbitCamera camera = new OrbitCamera(0, 0, 0, 5, 2, 0, 0, new Vector3f());
                return List.of(
                        new SceneEstimate(
                                camera,
                                new float[0],
                                new float[0],
                                new float[0],
                                Optional.empty(),
                                ShLighting.uniform(),
                                Optional.empty(),
                                1));
            }
        };
    }

    public DifferentiableRasterizer rasterizer() {
        return new NaiveRasterizer(() -> onCall.accept("rasterize"));
    }

    public Refiner refiner() {
        return new Refiner() {
            @Override
            public String id() {
                return "keep";
            }

            @Override
            public SceneEstimate refine(
                    Crop crop,
                    List<SceneEstimate> hypotheses,
                    CategoryModel category,
                    DifferentiableRasterizer rasterizer,
                    long millis,
                    Progress progress) {
                onCall.accept("refine");
                progress.checkCancelled();
                return hypotheses.get(0);
            }
        };
    }

    public AssetBuilder assetBuilder() {
        return new AssetBuilder() {
            @Override
            public String id() {
                return "square";
            }

            @Override
            public Asset build(
                    Photo photo,
                    Matte matte,
                    CropRegion region,
                    SceneEstimate estimate,
                    CategoryModel category,
                    DifferentiableRasterizer rasterizer,
                    int textureSize,
                    Progress progress) {
                onCall.accept("build " + textureSize);
                return squareAsset(halfSide);
            }

            @Override
            public Asset build(
                    Photo photo,
                    Matte matte,
                    CropRegion region,
                    SceneEstimate estimate,
                    CategoryModel category,
                    DifferentiableRasterizer rasterizer,
                    int textureSize,
                    boolean shapeKeys,
                    Progress progress) {
                onCall.accept("build " + textureSize + (shapeKeys ? " with shape keys" : ""));
                return squareAsset(halfSide);
            }
        };
    }

    /** A square in the plane z = 0, in two nodes of which one hangs on the other. */
    public static Asset squareAsset(float h) {
        Asset.Primitive lower = rectangle(h, h / 2);
        Asset.Primitive upper = rectangle(h, h / 2);
        return new Asset(
                "square",
                List.of(
                        new Asset.Node(
                                "lower",
                                -1,
                                new Vector3f(0, -h / 2, 0),
                                new Quaternionf(),
                                0,
                                Map.of()),
                        new Asset.Node(
                                "upper", 0, new Vector3f(0, h, 0), new Quaternionf(), 1, Map.of())),
                List.of(
                        new Asset.Mesh("lower", List.of(lower)),
                        new Asset.Mesh("upper", List.of(upper))),
                List.of(),
                List.of(),
                List.of(new Asset.Clip("drive", List.of())),
                Collections.emptyMap());
    }

    private static Asset.Primitive rectangle(float x, float y) {
        return new Asset.Primitive(
                new float[] {-x, -y, 0, x, -y, 0, x, y, 0, -x, y, 0},
                new float[12],
                new float[8],
                new int[] {0, 1, 2, 0, 2, 3},
                0);
    }

    public Exporter exporter(String format) {
        return exporter(format, Map.of());
    }

    /**
     * @param companions more files, by extension; with any, the main one tells its name
     */
    public Exporter exporter(String format, Map<String, String> companions) {
        return new Exporter() {
            @Override
            public String id() {
                return format + "-writer";
            }

            @Override
            public String format() {
                return format;
            }

            @Override
            public byte[] export(Asset asset) {
                onCall.accept("export " + format);
                return format.getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public Map<String, byte[]> export(Asset asset, String name) {
                Map<String, byte[]> files = new HashMap<>(Exporter.super.export(asset, name));
                companions.forEach((extension, text) -> files.put(extension, bytes(text)));
                if (!companions.isEmpty()) {
                    files.put(format, bytes(format + " of " + name));
                }
                return files;
            }

            private static byte[] bytes(String text) {
                return text.getBytes(StandardCharsets.US_ASCII);
            }
        };
    }

    /**
     * @param able whether it can paint anything
     */
    public Inpainter inpainter(boolean able) {
        return new Inpainter() {
            @Override
            public String id() {
                return "white";
            }

            @Override
            public Optional<Image> inpaint(Photo photo, Matte matte, Progress progress) {
                onCall.accept("inpaint");
                return able
                        ? Optional.of(Image.blank(photo.width(), photo.height()))
                        : Optional.empty();
            }
        };
    }

    public PreviewPainter previewPainter() {
        return new PreviewPainter() {
            @Override
            public String id() {
                return "dot";
            }

            @Override
            public Image paint(
                    Photo photo,
                    Asset asset,
                    Matrix4fc view,
                    Matrix4fc projection,
                    DifferentiableRasterizer rasterizer) {
                onCall.accept("paint");
                return Image.blank(3, 3);
            }

            @Override
            public Image poster(
                    Asset asset,
                    Matrix4fc view,
                    Matrix4fc projection,
                    int width,
                    int height,
                    DifferentiableRasterizer rasterizer) {
                onCall.accept("poster " + width + "x" + height);
                return Image.blank(width, height);
            }

            @Override
            public Image place(
                    Asset asset,
                    Image background,
                    Matrix4fc view,
                    Matrix4fc projection,
                    boolean shadow,
                    DifferentiableRasterizer rasterizer) {
                onCall.accept("place " + background.width() + "x" + background.height());
                return background;
            }

            @Override
            public List<Image> turntable(
                    Asset asset,
                    int frames,
                    int width,
                    int height,
                    DifferentiableRasterizer rasterizer) {
                onCall.accept("turntable");
                return Collections.nCopies(frames, Image.blank(width, height));
            }
        };
    }
}
