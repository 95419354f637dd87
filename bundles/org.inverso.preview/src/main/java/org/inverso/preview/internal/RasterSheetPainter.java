/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.preview.internal;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.inverso.api.Progress;
import org.inverso.api.SheetPainter;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.Image;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.geometry.AssetMesh;
import org.inverso.geometry.Individual;
import org.inverso.geometry.IndividualSampler;
import org.inverso.geometry.ShapeModel;
import org.inverso.geometry.VertexNormals;
import org.inverso.geometry.WeldedTopology;
import org.inverso.preview.internal.Canvas.Box;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Draws samples of a category in a studio, six to a row, each from another side. */
@Component(service = SheetPainter.class, property = Stage.ID_PROPERTY + "=" + RasterSheetPainter.ID)
public final class RasterSheetPainter implements SheetPainter {

    static final String ID = "raster";

    private static final int COLUMNS = 6;
    private static final int CARD_WIDTH = 240;
    private static final int CARD_HEIGHT = 176;
    private static final int GAP = 8;
    private static final int MARGIN = 14;
    private static final float RADIUS = 10;

    private static final float[] PAPER = Srgb.linear(0xfc, 0xfc, 0xfb);

    /** Samples a pixel's side: on small cards, feathers and gaps are thinner than a pixel. */
    private static final int DENSITY = 4;

    private static final float SOFTNESS = 0;
    private static final float CREASE_DEG = 40;
    private static final double LOWEST_DEG = 4;
    private static final double HIGHEST_DEG = 26;

    @Activate
    public RasterSheetPainter() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Image paint(
            CategoryModel category,
            DifferentiableRasterizer rasterizer,
            long seed,
            Progress progress) {
        int rows = (SAMPLES + COLUMNS - 1) / COLUMNS;
        Canvas canvas =
                new Canvas(
                        2 * MARGIN + COLUMNS * (CARD_WIDTH + GAP) - GAP,
                        2 * MARGIN + rows * (CARD_HEIGHT + GAP) - GAP,
                        PAPER);
        StudioCard card = new StudioCard(canvas, new ViewRenderer(rasterizer, DENSITY));
        Population population = new Population(category, seed);
        for (int i = 0; i < SAMPLES; i++) {
            progress.checkCancelled();
            progress.report(i / (double) SAMPLES, "drawing sample " + (i + 1) + " of " + SAMPLES);
            Box box =
                    new Box(
                            MARGIN + i % COLUMNS * (CARD_WIDTH + GAP),
                            MARGIN + i / COLUMNS * (CARD_HEIGHT + GAP),
                            CARD_WIDTH,
                            CARD_HEIGHT,
                            RADIUS);
            population.next(i).draw(card, box);
        }
        return canvas.toImage();
    }

    /** One object and the side from which it is seen. */
    private record Sample(Surface surface, Viewpoint viewpoint) {

        void draw(StudioCard card, Box box) {
            ContactShadow shadow = new ContactShadow(surface.mesh());
            card.draw(box, surface, viewpoint, shadow, SOFTNESS);
        }
    }

    /** All objects of one sheet. */
    private static final class Population {

        private final TemplateMesh template;
        private final ShapeModel model;
        private final IndividualSampler individuals;
        private final int[] build;
        private final VertexNormals normals;
        private final Wardrobe wardrobe;
        private final int[] side;
        private final SplittableRandom random;

        Population(CategoryModel category, long seed) {
            random = new SplittableRandom(seed);
            template = category.template();
            model = new ShapeModel(category);
            individuals = new IndividualSampler(category, 0);
            double[] builds =
                    category.shapePrior().components().stream()
                            .mapToDouble(ShapePrior.Component::weight)
                            .toArray();
            build = Wardrobe.dealt(builds, SAMPLES, random);
            normals = new VertexNormals(WeldedTopology.of(template), template.faces(), CREASE_DEG);
            wardrobe = new Wardrobe(category, SAMPLES, random);
            double[] sides = new double[SAMPLES];
            Arrays.fill(sides, 1);
            side = Wardrobe.dealt(sides, SAMPLES, random);
        }

        Sample next(int i) {
            float[] positions = new float[3 * template.vertexCount()];
            Individual individual = individuals.sample(build[i], random);
            model.vertices(individual.shape(), individual.pose(), null, positions);
            AssetMesh mesh =
                    new AssetMesh(
                            positions,
                            normals.compute(positions, new float[positions.length]),
                            template.uvs(),
                            template.faces(),
                            template.faceMaterial());
            float azimuth = (float) ((side[i] + random.nextDouble()) * 360 / SAMPLES);
            float elevation = (float) random.nextDouble(LOWEST_DEG, HIGHEST_DEG);
            Viewpoint viewpoint =
                    Viewpoint.around(mesh, elevation, CARD_WIDTH / (float) CARD_HEIGHT, azimuth)[0];
            return new Sample(wardrobe.dress(mesh, individual, i, random), viewpoint);
        }
    }
}
