/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.asset.internal;

import java.util.stream.IntStream;
import org.inverso.api.category.TemplateMesh;
import org.inverso.api.image.CropRegion;

/**
 * What the photo shows of the surface. For each texel: its point on the fitted mesh is projected
 * into the photo; it counts when it is in sight, well inside the matte and not seen too obliquely.
 */
final class PhotoProjection {

    /** Cosine of the viewing angle at which a texel begins to count, and from which it counts. */
    private static final float GRAZING = 0.08f;

    private static final float FRONTAL = 0.4f;

    /** Weights below this are nothing. */
    private static final float LEAST = 0.02f;

    /**
     * Luma, sRGB-encoded, up to which rubber is believed, and from which it is not: what is
     * brighter is a rim or the road that a not quite fitting wheel took, and would turn with it.
     */
    private static final float RUBBER = 0.32f;

    private static final float NOT_RUBBER = 0.48f;

    private final TemplateMesh template;
    private final AtlasLayout atlas;
    private final CameraView view;
    private final float[] light;
    private final DepthView depth;
    private final PhotoPyramid photo;
    private final CropRegion region;

    /**
     * @param delight {@code float[F*3]}, factor on linear colour at each face corner
     */
    PhotoProjection(
            TemplateMesh template,
            AtlasLayout atlas,
            CameraView view,
            float[] delight,
            DepthView depth,
            PhotoPyramid photo,
            CropRegion region) {
        this.template = template;
        this.atlas = atlas;
        this.view = view;
        this.light = delight;
        this.depth = depth;
        this.photo = photo;
        this.region = region;
    }

    /**
     * @param feather width of the zone towards hidden texels over which weights fall to 0, texels
     */
    TexelLayer project(float feather) {
        TexelLayer layer = TexelLayer.empty(atlas.size());
        int faces = view.faces().length / 3;
        IntStream.range(0, faces).parallel().forEach(f -> projectFace(f, layer));
        fadeTowardsHidden(layer.weight(), feather);
        return layer;
    }

    private void projectFace(int f, TexelLayer layer) {
        int from = atlas.faceStart()[f];
        int to = atlas.faceStart()[f + 1];
        float area = view.area(f);
        if (from == to || !(area > 0)) {
            return;
        }
        float level =
                photo.levelOf(area / 4 * (double) region.size() * region.size() / (to - from));
        int[] faces = view.faces();
        float[] clip = view.clip();
        float[] facing = view.facing();
        int a = 3 * faces[3 * f];
        int b = 3 * faces[3 * f + 1];
        int c = 3 * faces[3 * f + 2];
        boolean rubber =
                "rubber".equals(template.materials().get(template.faceMaterial()[f]).kind());
        float[] sample = new float[4];
        for (int i = from; i < to; i++) {
            int t = atlas.texels()[i];
            float wb = atlas.barycentric()[2 * t];
            float wc = atlas.barycentric()[2 * t + 1];
            float wa = 1 - wb - wc;
            float cosine = wa * facing[3 * f] + wb * facing[3 * f + 1] + wc * facing[3 * f + 2];
            float angle = Ramp.smooth((cosine - GRAZING) / (FRONTAL - GRAZING));
            if (angle < LEAST) {
                continue;
            }
            float w = wa * clip[a + 2] + wb * clip[b + 2] + wc * clip[c + 2];
            float x = (wa * clip[a] + wb * clip[b] + wc * clip[c]) / w;
            float y = (wa * clip[a + 1] + wb * clip[b + 1] + wc * clip[c + 1]) / w;
            float visibility = depth.visibility(x, y, w, Math.min(1, cosine));
            if (visibility * angle < LEAST) {
                continue;
            }
            photo.sample(
                    region.x() + (x + 1) / 2 * region.size(),
                    region.y() + (1 - y) / 2 * region.size(),
                    level,
                    sample);
            float weight = visibility * angle * sample[3];
            if (weight < LEAST) {
                continue;
            }
            float factor =
                    (wa * light[3 * f] + wb * light[3 * f + 1] + wc * light[3 * f + 2]) / sample[3];
            layer.rgb()[3 * t] = SrgbCurve.encoded(sample[0] * factor);
            layer.rgb()[3 * t + 1] = SrgbCurve.encoded(sample[1] * factor);
            layer.rgb()[3 * t + 2] = SrgbCurve.encoded(sample[2] * factor);
            layer.weight()[t] = rubber ? weight * rubberness(layer.rgb(), 3 * t) : weight;
        }
    }

    private static float rubberness(float[] rgb, int at) {
        float luma = 0.299f * rgb[at] + 0.587f * rgb[at + 1] + 0.114f * rgb[at + 2];
        return 1 - Ramp.smooth((luma - RUBBER) / (NOT_RUBBER - RUBBER));
    }

    private void fadeTowardsHidden(float[] weight, float feather) {
        int size = atlas.size();
        float[] distance = new float[weight.length];
        for (int t = 0; t < weight.length; t++) {
            if (atlas.face()[t] < 0) {
                distance[t] = -1;
            } else if (weight[t] > 0) {
                distance[t] = feather;
            }
        }
        ChamferDistance.propagate(distance, size, size);
        for (int t = 0; t < weight.length; t++) {
            if (weight[t] > 0) {
                weight[t] *= Ramp.smooth(distance[t] / feather);
            }
        }
    }
}
