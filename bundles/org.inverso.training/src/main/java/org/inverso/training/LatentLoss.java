/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.network.Scaled;

/**
 * What the way from crop over w+ to the scene is trained by: the squared distance to the true w+,
 * and the labels of the scene, both from the true w+ and from the predicted one. Where the true w+
 * is not known, the predicted one is kept near the mean instead.
 */
final class LatentLoss {

    private static final double W_WEIGHT = 10;
    private static final double FAR_WEIGHT = 0.05;

    private final LatentNetworks networks;
    private final SceneLoss labels;

    LatentLoss(LatentNetworks networks, SceneLoss labels) {
        this.networks = networks;
        this.labels = labels;
    }

    /**
     * @param generated whose w+ is known, some at least
     * @param rendered whose w+ is not
     */
    NDArray of(
            NDManager scratch,
            List<LatentExample> generated,
            List<LatentExample> rendered,
            Map<String, Double> metrics) {
        NDArray trueW = array(scratch, generated.stream().map(LatentExample::wPlus).toList());
        NDArray standard = networks.encoder().standard(features(scratch, generated));
        NDArray apart = standard.sub(networks.units().standard(trueW)).square().mean();
        metrics.put("wError", (double) apart.getFloat());
        NDArray loss = Scaled.by(apart, W_WEIGHT);
        List<LatentExample> labelled = new ArrayList<>(generated);
        NDArray codes = networks.units().wPlus(standard);
        if (!rendered.isEmpty()) {
            NDArray other = networks.encoder().standard(features(scratch, rendered));
            loss = loss.add(Scaled.by(other.square().mean(), FAR_WEIGHT));
            // In front, since textures are learned from the first codes: theirs are known, and not
            // only what another network sees.
            codes = networks.units().wPlus(other).concat(codes);
            labelled.addAll(0, rendered);
        }
        labelled.addAll(generated);
        SceneBatch batch = SceneBatch.joined(labelled.stream().map(LatentExample::labels).toList());
        return loss.add(
                labels.of(
                        networks.scene().forward(codes.concat(trueW), SceneBatch.TEXTURED),
                        batch,
                        scratch,
                        metrics));
    }

    private static NDArray features(NDManager scratch, List<LatentExample> examples) {
        return array(scratch, examples.stream().map(LatentExample::features).toList());
    }

    private static NDArray array(NDManager scratch, List<float[]> rows) {
        int length = rows.get(0).length;
        float[] all = new float[rows.size() * length];
        for (int n = 0; n < rows.size(); n++) {
            System.arraycopy(rows.get(n), 0, all, n * length, length);
        }
        return scratch.create(all, new Shape(rows.size(), length));
    }
}
