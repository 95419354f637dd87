/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.inverso.api.InversoException;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionReport;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.SceneEdit;
import org.inverso.api.image.Image;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class NeuralSceneTest {

    private final Reconstruction camera = reconstruction(30, 1, 10);
    private final Reconstruction shape = reconstruction(90, 2, 20);
    private final Reconstruction texture = reconstruction(150, 3, 30);

    @Test
    void eachFactorComesFromItsPhoto() {
        SceneEstimate scene =
                new NeuralScene(edit(OptionalDouble.empty(), OptionalDouble.empty())).turned(0);
        assertThat(scene.camera().azimuthDeg()).isEqualTo(30);
        assertThat(scene.camera().elevationDeg()).isEqualTo(12);
        assertThat(scene.shape()).containsExactly(2);
        assertThat(scene.texture().orElseThrow().width()).isEqualTo(30);
        assertThat(scene.background().orElseThrow().width()).isEqualTo(6);
        assertThat(scene.background().orElseThrow().height()).isEqualTo(6);
    }

    @Test
    void theCameraIsTurnedOnFromTheEditsAzimuth() {
        NeuralScene scene = new NeuralScene(edit(OptionalDouble.of(-40), OptionalDouble.of(20)));
        assertThat(scene.turned(15).camera().azimuthDeg()).isEqualTo(-25);
        assertThat(scene.turned(15).camera().elevationDeg()).isEqualTo(20);
        assertThat(scene.turned(15).camera().distance()).isEqualTo(7);
    }

    @Test
    void aPhotoWhoseSceneIsNotKnownCannotBeDrawn() {
        Reconstruction known = camera;
        Reconstruction unknown =
                new Reconstruction(known.report(), "{}", known.asset(), Map.of(), new byte[0]);
        SceneEdit edit =
                new SceneEdit(
                        known,
                        unknown,
                        known,
                        Image.blank(6, 6),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        true,
                        SceneEdit.Renderer.NEURAL);
        assertThatExceptionOfType(InversoException.class).isThrownBy(() -> new NeuralScene(edit));
    }

    private SceneEdit edit(OptionalDouble azimuth, OptionalDouble elevation) {
        return new SceneEdit(
                camera,
                shape,
                texture,
                Image.blank(10, 6),
                azimuth,
                elevation,
                true,
                SceneEdit.Renderer.NEURAL);
    }

    private static Reconstruction reconstruction(float azimuth, float shape, int textureSide) {
        Matrix4f none = new Matrix4f();
        ReconstructionReport report =
                new ReconstructionReport(
                        "car", 1, none, none, azimuth, 12, 40, 1, 0, List.of(), List.of(),
                        List.of(), "", 10, 6, "1", "", 0, List.of());
        Asset asset =
                new Asset(
                        "car",
                        List.of(),
                        List.of(),
                        List.of(
                                new Asset.Material(
                                        "paint",
                                        new float[] {1, 1, 1, 1},
                                        0,
                                        0,
                                        1,
                                        new float[3],
                                        1,
                                        0,
                                        0,
                                        false)),
                        List.of(
                                new Asset.Texture(
                                        "paint", Image.blank(textureSide, textureSide), false)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        SceneEstimate scene =
                new SceneEstimate(
                        new OrbitCamera(azimuth, 12, 0, 7, 3, 0, 0, new Vector3f()),
                        new float[] {shape},
                        new float[0],
                        new float[0],
                        Optional.empty(),
                        ShLighting.uniform(),
                        Optional.empty(),
                        1);
        return new Reconstruction(report, "{}", asset, Map.of(), new byte[0], Optional.of(scene));
    }
}
