/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.StyleSpace;
import org.inverso.training.RendererBatch.Mixture;
import org.inverso.training.gan.SampleSheet;

/** The renderer as it learns, with pictures of some objects from all around at each checkpoint. */
final class RendererLearner implements Learner {

    private static final int VIEWS = 12;

    private final NetworkLearner network;
    private final RendererStudio studio;
    private final List<RendererExample> shown;
    private long steps;

    /**
     * @param parameters of the renderer; all but those of {@link StyleSpace} are learned
     * @param shown objects on the sheets
     */
    RendererLearner(
            NDManager manager,
            Parameters parameters,
            TrainingRun.Step step,
            double learningRate,
            RendererStudio studio,
            List<RendererExample> shown) {
        this.network =
                new NetworkLearner(manager, parameters, learned(parameters), step, learningRate);
        this.studio = studio;
        this.shown = List.copyOf(shown);
    }

    /** All of a renderer's parameters but those that the generator gives. */
    static Map<String, NDArray> learned(Parameters parameters) {
        Map<String, NDArray> learned = new LinkedHashMap<>(parameters.arrays());
        learned.keySet().removeIf(name -> name.startsWith(StyleSpace.PREFIX));
        return learned;
    }

    @Override
    public double step(Moment moment, Map<String, Double> metrics) {
        steps = moment.steps() + 1;
        return network.step(moment, metrics);
    }

    @Override
    public byte[] checkpoint() {
        return network.checkpoint();
    }

    @Override
    public byte[] weights() {
        return network.weights();
    }

    /** In a row: the picture that an object is from, then the object from all around. */
    @Override
    public void saved(Path folder) throws IOException {
        List<Mixture> objects = new ArrayList<>();
        for (RendererExample example : shown) {
            for (int view = 0; view < VIEWS; view++) {
                objects.add(new Mixture(view * 360.0 / VIEWS, example, example, example, example));
            }
        }
        JniUtils.setGradMode(false);
        float[] pictures;
        try {
            pictures = studio.pictures(objects);
        } finally {
            JniUtils.setGradMode(true);
        }
        int size = shown.get(0).picture().length;
        float[] sheet = new float[shown.size() * (VIEWS + 1) * size];
        for (int row = 0; row < shown.size(); row++) {
            int at = row * (VIEWS + 1) * size;
            System.arraycopy(shown.get(row).picture(), 0, sheet, at, size);
            System.arraycopy(pictures, row * VIEWS * size, sheet, at + size, VIEWS * size);
        }
        SampleSheet.write(
                folder.resolve("samples").resolve("renderer-step-" + steps + ".png"),
                sheet,
                studio.resolution(),
                VIEWS + 1);
    }
}
