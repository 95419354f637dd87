/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.List;
import java.util.function.Function;
import org.inverso.api.AssetBuilder;
import org.inverso.api.Disentangler;
import org.inverso.api.Encoder;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Inpainter;
import org.inverso.api.MultiViewGenerator;
import org.inverso.api.NeuralRenderer;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Recognizer;
import org.inverso.api.Refiner;
import org.inverso.api.Segmenter;
import org.inverso.api.SheetPainter;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.raster.DifferentiableRasterizer;

/**
 * A kind of stage that the registry watches.
 *
 * @param type the stage interface
 * @param configKey under which the configuration names the ids to choose
 * @param groupOf stages of the same group compete, and the best one of each group is chosen
 */
record StageKind<T extends Stage>(
        Class<T> type, String configKey, Function<? super T, String> groupOf) {

    static final StageKind<Imaging> IMAGING = single(Imaging.class, "imaging");
    static final StageKind<Segmenter> SEGMENTER =
            grouped(Segmenter.class, "segmenter", Segmenter::id);
    static final StageKind<Recognizer> RECOGNIZER = single(Recognizer.class, "recognizer");
    static final StageKind<CategoryModel> CATEGORY =
            grouped(CategoryModel.class, "category", CategoryModel::id);
    static final StageKind<Encoder> ENCODER = single(Encoder.class, "encoder");
    static final StageKind<Disentangler> DISENTANGLER = single(Disentangler.class, "disentangler");
    static final StageKind<DifferentiableRasterizer> RASTERIZER =
            single(DifferentiableRasterizer.class, "rasterizer");
    static final StageKind<Refiner> REFINER = single(Refiner.class, "refiner");
    static final StageKind<AssetBuilder> ASSET_BUILDER = single(AssetBuilder.class, "assetBuilder");
    static final StageKind<Exporter> EXPORTER =
            grouped(Exporter.class, "exporter", Exporter::format);
    static final StageKind<PreviewPainter> PREVIEW_PAINTER =
            single(PreviewPainter.class, "previewPainter");
    static final StageKind<Inpainter> INPAINTER = single(Inpainter.class, "inpainter");
    static final StageKind<SheetPainter> SHEET_PAINTER = single(SheetPainter.class, "sheetPainter");

    static final StageKind<MultiViewGenerator> MULTI_VIEW_GENERATOR =
            single(MultiViewGenerator.class, "multiViewGenerator");

    static final StageKind<NeuralRenderer> NEURAL_RENDERER =
            single(NeuralRenderer.class, "neuralRenderer");

    /** All kinds, in the order of the pipeline; a new kind needs one more line here. */
    static final List<StageKind<?>> ALL =
            List.of(
                    IMAGING,
                    SEGMENTER,
                    RECOGNIZER,
                    CATEGORY,
                    ENCODER,
                    DISENTANGLER,
                    RASTERIZER,
                    REFINER,
                    ASSET_BUILDER,
                    EXPORTER,
                    PREVIEW_PAINTER,
                    INPAINTER,
                    SHEET_PAINTER,
                    MULTI_VIEW_GENERATOR,
                    NEURAL_RENDERER);

    private static <T extends Stage> StageKind<T> single(Class<T> type, String configKey) {
        return new StageKind<>(type, configKey, stage -> "");
    }

    private static <T extends Stage> StageKind<T> grouped(
            Class<T> type, String configKey, Function<? super T, String> groupOf) {
        return new StageKind<>(type, configKey, groupOf);
    }

    String name() {
        return type.getSimpleName();
    }

    String groupOf(Stage stage) {
        return groupOf.apply(type.cast(stage));
    }
}
