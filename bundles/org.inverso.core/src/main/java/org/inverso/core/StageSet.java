/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inverso.api.AssetBuilder;
import org.inverso.api.Disentangler;
import org.inverso.api.Encoder;
import org.inverso.api.Exporter;
import org.inverso.api.Imaging;
import org.inverso.api.Inpainter;
import org.inverso.api.PreviewPainter;
import org.inverso.api.Recognizer;
import org.inverso.api.Refiner;
import org.inverso.api.Segmenter;
import org.inverso.api.Stage;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.raster.DifferentiableRasterizer;

/**
 * All stages that take part in one request. It does not change while the request runs.
 *
 * @param segmenters the first that accepts a photo does the work
 * @param recognizer needed only when the request leaves the category open
 * @param categories by category id
 * @param exporters by format
 * @param inpainter needed only when the request asks for the background
 */
public record StageSet(
        Member<Imaging> imaging,
        List<Member<Segmenter>> segmenters,
        Optional<Member<Recognizer>> recognizer,
        Map<String, Member<CategoryModel>> categories,
        Member<Encoder> encoder,
        Member<Disentangler> disentangler,
        Member<DifferentiableRasterizer> rasterizer,
        Member<Refiner> refiner,
        Member<AssetBuilder> assetBuilder,
        Map<String, Member<Exporter>> exporters,
        Member<PreviewPainter> previewPainter,
        Optional<Member<Inpainter>> inpainter) {

    /** Version of a stage that did not come from a bundle. */
    public static final String UNVERSIONED = "unversioned";

    /**
     * One stage of the set.
     *
     * @param version of the bundle that it came from
     */
    public record Member<T extends Stage>(T stage, String version) {}

    /**
     * For use without OSGi: sorts stages by what they can do. Where one is enough the first wins.
     *
     * @throws StageUnavailableException when a stage is missing that every request needs
     */
    public static StageSet of(Stage... stages) {
        return new StageSet(
                one(stages, Imaging.class),
                all(stages, Segmenter.class).toList(),
                all(stages, Recognizer.class).findFirst(),
                byKey(stages, CategoryModel.class, CategoryModel::id),
                one(stages, Encoder.class),
                one(stages, Disentangler.class),
                one(stages, DifferentiableRasterizer.class),
                one(stages, Refiner.class),
                one(stages, AssetBuilder.class),
                byKey(stages, Exporter.class, Exporter::format),
                one(stages, PreviewPainter.class),
                all(stages, Inpainter.class).findFirst());
    }

    private static <T extends Stage> Stream<Member<T>> all(Stage[] stages, Class<T> kind) {
        return Arrays.stream(stages)
                .filter(kind::isInstance)
                .map(stage -> new Member<>(kind.cast(stage), UNVERSIONED));
    }

    private static <T extends Stage> Member<T> one(Stage[] stages, Class<T> kind) {
        return all(stages, kind)
                .findFirst()
                .orElseThrow(
                        () ->
                                new StageUnavailableException(
                                        kind.getSimpleName(),
                                        "the set of stages lacks " + kind.getSimpleName()));
    }

    private static <T extends Stage> Map<String, Member<T>> byKey(
            Stage[] stages, Class<T> kind, Function<T, String> key) {
        return all(stages, kind)
                .collect(
                        Collectors.toMap(
                                member -> key.apply(member.stage()),
                                Function.identity(),
                                (preferred, other) -> preferred,
                                LinkedHashMap::new));
    }
}
