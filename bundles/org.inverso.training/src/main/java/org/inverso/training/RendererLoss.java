/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Scaled;
import org.inverso.renderer.stylegan.BackgroundGrid;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.renderer.stylegan.TextureBands;

/**
 * What the renderer minimises (GANverse3D, arXiv 2010.09125, section 4): at first the distance to
 * the styles that a picture was made from; then what is seen in its own pictures has to be what
 * they were to show, {@code |S - S'| + |T - T'| + |B - B'|} and the camera.
 */
final class RendererLoss {

    private static final double ENTROPY = 0.02;
    private static final double STYLES_IN_CYCLE = 0.15;
    private static final double FAR_STYLES = 0.05;
    private static final double SPREAD = 0.5;
    private static final double AZIMUTH = 0.7;
    private static final double AZIMUTH_OFFSET = 0.7;
    private static final double CAMERA = 0.15;
    private static final double SHAPE = 2;
    private static final double TEXTURE = 3;
    private static final double BACKGROUND = 3;

    /** Of a cell's area: what the object covers more of says little of the background. */
    private static final double LEAST_SEEN = 0.05;

    private final RendererNetwork renderer;
    private final StyleGenerator generator;
    private final DifferentiableProbe probe;
    private final float[] shapeScale;
    private final long seed;

    /**
     * @param shapeScale deviation of each shape target and pose parameter, by which differences are
     *     divided
     * @param seed of the noise
     */
    RendererLoss(
            RendererNetwork renderer,
            StyleGenerator generator,
            DifferentiableProbe probe,
            float[] shapeScale,
            long seed) {
        this.renderer = renderer;
        this.generator = generator;
        this.probe = probe;
        this.shapeScale = shapeScale;
        this.seed = seed;
    }

    /** To the true styles, of whole examples, and the selectors' entropy. */
    NDArray warmUp(NDManager scratch, RendererBatch batch, Map<String, Double> metrics) {
        NDArray coordinates = renderer.coordinates(batch.factors(scratch));
        NDArray styles = styles(scratch, coordinates, batch);
        return styles.add(entropy(coordinates, metrics, styles));
    }

    /** Of the renderer's own pictures. */
    NDArray cycle(NDManager scratch, RendererBatch batch, Map<String, Double> metrics) {
        NDArray coordinates = renderer.coordinates(batch.factors(scratch));
        NDArray styles = styles(scratch, coordinates, batch);
        List<NDArray> noise =
                LayerNoise.of(scratch, generator.shape(), batch.size(), new SplittableRandom(seed));
        NDArray pictures = generator.pictures(renderer.space().wPlus(coordinates), noise);
        DifferentiableProbe.Sight sight = probe.look(pictures);
        NDArray loss =
                camera(scratch, sight.heads(), batch, metrics)
                        .add(shape(scratch, sight.heads(), batch, metrics))
                        .add(texture(scratch, pictures, sight.matte(), batch, metrics))
                        .add(background(scratch, pictures, sight.matte(), batch, metrics))
                        .add(Scaled.by(coordinates.square().mean(), FAR_STYLES))
                        .add(Scaled.by(spread(coordinates, metrics), SPREAD))
                        .add(Scaled.by(styles, STYLES_IN_CYCLE));
        return loss.add(entropy(coordinates, metrics, styles));
    }

    private NDArray entropy(NDArray owner, Map<String, Double> metrics, NDArray styles) {
        NDArray entropy = renderer.selectors().entropy(owner);
        metrics.put("styles", (double) styles.getFloat());
        metrics.put("entropy", (double) entropy.getFloat());
        return Scaled.by(entropy, ENTROPY);
    }

    /**
     * How far apart the styles of the camera's layers are, and those of the others. The generator
     * has learned with one style for all layers, and draws stripes of wrong colours when they have
     * nothing in common (compare Tov et al. 2021, arXiv 2102.02766, section 3.2).
     */
    private NDArray spread(NDArray coordinates, Map<String, Double> metrics) {
        long k = renderer.shape().cameraLayers();
        NDArray spread =
                spreadOf(coordinates.get(new NDIndex(":, 0:{}", k)))
                        .add(spreadOf(coordinates.get(new NDIndex(":, {}:", k))));
        metrics.put("spread", (double) spread.getFloat());
        return spread;
    }

    private static NDArray spreadOf(NDArray coordinates) {
        return coordinates.sub(coordinates.mean(new int[] {1}, true)).square().mean();
    }

    /** Mean square over the whole examples. */
    private NDArray styles(NDManager scratch, NDArray coordinates, RendererBatch batch) {
        long layers = renderer.shape().layers();
        long k = renderer.shape().cameraLayers();
        NDArray camera = renderer.space().coordinates(batch.cameraStyles(scratch));
        NDArray content = renderer.space().coordinates(batch.contentStyles(scratch));
        NDArray truth = camera.expandDims(1).repeat(1, k);
        truth = truth.concat(content.expandDims(1).repeat(1, layers - k), 1);
        NDArray whole = batch.whole(scratch);
        double part = Math.max(1e-3, whole.mean().getFloat());
        return Scaled.by(coordinates.sub(truth).square().mul(whole).mean(), 1 / part);
    }

    private static NDArray camera(
            NDManager scratch,
            SceneNetwork.Heads heads,
            RendererBatch batch,
            Map<String, Double> metrics) {
        int bins = SceneNetwork.BINS;
        double[] azimuths = batch.azimuthBins();
        float[] soft = new float[azimuths.length * bins];
        float[] nearest = new float[soft.length];
        float[] offsets = new float[azimuths.length];
        for (int n = 0; n < azimuths.length; n++) {
            int bin = (int) Math.rint(azimuths[n]);
            offsets[n] = (float) (azimuths[n] - bin);
            int beside = bin + (offsets[n] < 0 ? -1 : 1);
            soft[n * bins + Math.floorMod(bin, bins)] = 1 - Math.abs(offsets[n]);
            soft[n * bins + Math.floorMod(beside, bins)] = Math.abs(offsets[n]);
            nearest[n * bins + Math.floorMod(bin, bins)] = 1;
        }
        Shape shape = new Shape(azimuths.length, bins);
        NDArray entropy =
                Scaled.by(
                        heads.azimuth().logSoftmax(1).mul(scratch.create(soft, shape)).sum(),
                        -1.0 / azimuths.length);
        NDArray offset =
                heads.azimuthOffset()
                        .mul(scratch.create(nearest, shape))
                        .sum(new int[] {1})
                        .sub(scratch.create(offsets))
                        .abs()
                        .mean();
        NDArray code = heads.camera().sub(batch.cameras(scratch)).abs().clip(0, 2).mean();
        metrics.put("azimuth", (double) entropy.getFloat());
        metrics.put("binRight", right(heads.azimuth(), azimuths));
        return Scaled.by(entropy, AZIMUTH)
                .add(Scaled.by(offset, AZIMUTH_OFFSET))
                .add(Scaled.by(code, CAMERA));
    }

    /** Share of azimuths at most one bin off. */
    private static double right(NDArray logits, double[] azimuths) {
        long[] best = logits.argMax(1).toLongArray();
        double count = 0;
        for (int n = 0; n < best.length; n++) {
            double off = Math.abs(Math.IEEEremainder(best[n] - azimuths[n], SceneNetwork.BINS));
            count += off <= 1 ? 1 : 0;
        }
        return count / best.length;
    }

    private NDArray shape(
            NDManager scratch,
            SceneNetwork.Heads heads,
            RendererBatch batch,
            Map<String, Double> metrics) {
        NDArray seen = heads.pose() == null ? heads.shape() : heads.shape().concat(heads.pose(), 1);
        NDArray shape =
                seen.sub(batch.shapes(scratch)).div(scratch.create(shapeScale)).abs().mean();
        metrics.put("shape", (double) shape.getFloat());
        return Scaled.by(shape, SHAPE);
    }

    /** Mean difference of the bands' colours. */
    private static NDArray texture(
            NDManager scratch,
            NDArray pictures,
            NDArray matte,
            RendererBatch batch,
            Map<String, Double> metrics) {
        int n = batch.size();
        int side = (int) matte.getShape().get(3);
        int bands = TextureBands.BANDS;
        float[] alpha = matte.toFloatArray();
        float[] rows = new float[n * bands * side];
        for (int i = 0; i < n; i++) {
            float[] one = TextureBands.rows(alpha, i * side * side, side);
            System.arraycopy(one, 0, rows, i * one.length, one.length);
        }
        NDArray ofBands = scratch.create(rows, new Shape(n, 1, bands, side));
        NDArray colors = ofBands.matMul(pictures.mul(matte).sum(new int[] {3}, true));
        NDArray weights = ofBands.matMul(matte.sum(new int[] {3}, true));
        NDArray seen = colors.div(weights.add(LEAST_SEEN)).reshape(n, TextureBands.SIZE);
        NDArray loss = seen.sub(batch.textures(scratch)).abs().mean();
        metrics.put("texture", (double) loss.getFloat());
        return Scaled.by(loss, TEXTURE);
    }

    /** Mean difference of the cells' colours where the object does not cover them. */
    private static NDArray background(
            NDManager scratch,
            NDArray pictures,
            NDArray matte,
            RendererBatch batch,
            Map<String, Double> metrics) {
        NDArray outside = Scaled.by(matte, -1).add(1);
        NDArray weights = cells(outside);
        NDArray colors = cells(pictures.mul(outside)).div(weights.add(LEAST_SEEN));
        long n = batch.size();
        int side = BackgroundGrid.SIDE;
        NDArray wanted = batch.backgrounds(scratch).reshape(n, 3, side, side);
        NDArray wantedSeen = wanted.mul(weights).div(weights.add(LEAST_SEEN));
        NDArray loss = colors.sub(wantedSeen).abs().mul(weights).mean();
        metrics.put("background", (double) loss.getFloat());
        return Scaled.by(loss, BACKGROUND);
    }

    /** Means over the grid's cells. */
    private static NDArray cells(NDArray planes) {
        Shape s = planes.getShape();
        int side = BackgroundGrid.SIDE;
        long pixels = s.get(2) / side;
        return planes.reshape(s.get(0), s.get(1), side, pixels, side, pixels)
                .mean(new int[] {5})
                .mean(new int[] {3});
    }
}
