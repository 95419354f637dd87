/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.gltf.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inverso.api.asset.Asset;
import org.joml.Vector3fc;

/**
 * Writes what lamps cast, as {@code KHR_lights_punctual}: a light where each lamp's glow is, as
 * bright as the glow is large. So it is dark until a clip shows the glow; in the same clip, {@code
 * KHR_animation_pointer} then raises the light. Readers that know neither show the glow.
 */
final class LightWriter {

    static final String EXTENSION = "KHR_lights_punctual";
    static final String POINTER = "KHR_animation_pointer";

    /** Role of the nodes that carry lights; they are made from the lamps anew at each writing. */
    static final String ROLE = "light";

    /** What the lamps of a role cast. */
    private enum Beam {
        HEADLIGHT(new double[] {1, 0.93, 0.82}, 1200, true),
        TAILLIGHT(new double[] {1, 0.06, 0.03}, 8, false),
        INDICATOR(new double[] {1, 0.45, 0.05}, 25, false);

        private final double[] color;
        private final float candela;
        private final boolean spot;

        Beam(double[] color, float candela, boolean spot) {
            this.color = color;
            this.candela = candela;
            this.spot = spot;
        }

        /** Null when a role has none. */
        static Beam of(String role) {
            for (Beam beam : values()) {
                if (beam.name().toLowerCase(Locale.ROOT).equals(role)) {
                    return beam;
                }
            }
            return null;
        }
    }

    /** Radians. */
    private static final double INNER_CONE = 0.25;

    private static final double OUTER_CONE = 0.6;

    private final Asset asset;
    private final Map<Integer, Beam> beams = new LinkedHashMap<>();
    private final Map<Integer, Integer> lights = new LinkedHashMap<>();

    LightWriter(Asset asset) {
        this.asset = asset;
        for (int n = 0; n < asset.nodes().size(); n++) {
            Asset.Node node = asset.nodes().get(n);
            if ("glow".equals(node.extras().get("role")) && node.parent() >= 0) {
                Beam beam = Beam.of(asset.nodes().get(node.parent()).extras().get("role"));
                if (beam != null) {
                    lights.put(n, lights.size());
                    beams.put(n, beam);
                }
            }
        }
    }

    /** Adds a node for each light beside the asset's. */
    void writeNodes(ArrayNode nodes) {
        lights.forEach(
                (glow, light) -> {
                    Asset.Node node = asset.nodes().get(glow);
                    ((ObjectNode) nodes.get(node.parent())).withArray("children").add(nodes.size());
                    ObjectNode object = nodes.addObject().put("name", node.name() + "_" + ROLE);
                    Vector3fc t = node.translation();
                    object.putArray("translation").add(t.x()).add(t.y()).add(t.z());
                    if (beams.get(glow).spot) {
                        // A spot shines along -Z, and the front of an asset is +Z.
                        object.putArray("rotation").add(0).add(1).add(0).add(0);
                    }
                    object.putObject("extras").put("role", ROLE);
                    object.putObject("extensions").putObject(EXTENSION).put("light", light);
                });
    }

    /** Describes the lights. */
    void writeTo(ObjectNode root, MaterialWriter extensions) {
        if (lights.isEmpty()) {
            return;
        }
        extensions.use(EXTENSION);
        ArrayNode array = root.withObject("/extensions").putObject(EXTENSION).putArray("lights");
        lights.keySet()
                .forEach(
                        glow -> {
                            Beam beam = beams.get(glow);
                            Asset.Node node = asset.nodes().get(glow);
                            ObjectNode light =
                                    array.addObject()
                                            .put("name", node.name())
                                            .put("type", beam.spot ? "spot" : "point")
                                            .put("intensity", node.hidden() ? 0 : beam.candela);
                            ArrayNode color = light.putArray("color");
                            for (double c : beam.color) {
                                color.add(c);
                            }
                            if (beam.spot) {
                                light.putObject("spot")
                                        .put("innerConeAngle", INNER_CONE)
                                        .put("outerConeAngle", OUTER_CONE);
                            }
                        });
    }

    /** Whether a channel shows and hides the glow of a lamp that casts light. */
    boolean follows(Asset.Channel channel) {
        return channel.property().equals("scale") && lights.containsKey(channel.node());
    }

    /** Points a channel at the light of a lamp. */
    void writeTarget(Asset.Channel channel, ObjectNode target, MaterialWriter extensions) {
        extensions.use(POINTER);
        target.put("path", "pointer")
                .putObject("extensions")
                .putObject(POINTER)
                .put(
                        "pointer",
                        "/extensions/%s/lights/%d/intensity"
                                .formatted(EXTENSION, lights.get(channel.node())));
    }

    /** How bright the light is at each key. */
    float[] intensities(Asset.Channel channel) {
        float[] values = new float[channel.times().length];
        for (int k = 0; k < values.length; k++) {
            values[k] = beams.get(channel.node()).candela * channel.values()[3 * k];
        }
        return values;
    }
}
