/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.util.List;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.Reconstruction;
import org.inverso.api.asset.Asset;
import org.inverso.api.editing.SceneEdit;
import org.inverso.api.image.Image;
import org.inverso.api.scene.OrbitCamera;
import org.inverso.api.scene.SceneEstimate;

/** An edit as a scene: the camera of one photo, the shape, texture and background of others. */
final class NeuralScene {

    private final SceneEdit edit;
    private final SceneEstimate camera;
    private final SceneEstimate shape;
    private final SceneEstimate texture;

    /**
     * @throws InversoException when what a photo shows is not known
     */
    NeuralScene(SceneEdit edit) {
        this.edit = edit;
        this.camera = scene(edit.camera());
        this.shape = scene(edit.shape());
        this.texture = scene(edit.texture());
    }

    private static SceneEstimate scene(Reconstruction photo) {
        return photo.scene()
                .orElseThrow(
                        () ->
                                new InversoException(
                                        "the scene of a photo is not known; reconstruct it again"));
    }

    /** With the camera turned on from the edit's azimuth. */
    SceneEstimate turned(double turnDeg) {
        OrbitCamera from = camera.camera();
        double azimuth = edit.azimuthDeg().orElse(from.azimuthDeg()) + turnDeg;
        OrbitCamera moved =
                new OrbitCamera(
                        (float) azimuth,
                        (float) edit.elevationDeg().orElse(from.elevationDeg()),
                        from.rollDeg(),
                        from.distance(),
                        from.focal(),
                        from.shiftX(),
                        from.shiftY(),
                        from.target());
        return new SceneEstimate(
                moved,
                shape.shape(),
                shape.pose(),
                shape.vertexOffsets(),
                atlas(edit.texture().asset()).or(texture::texture),
                texture.lighting(),
                Optional.of(middle(edit.background())),
                camera.score());
    }

    /** What the photo shows of the object's surface says more than what was expected of it. */
    private static Optional<Image> atlas(Asset asset) {
        List<Asset.Texture> textures = asset.textures();
        return asset.materials().stream()
                .filter(material -> material.baseColorTexture() >= 0)
                .findFirst()
                .map(material -> textures.get(material.baseColorTexture()).image());
    }

    /** The largest square. */
    private static Image middle(Image image) {
        int side = Math.min(image.width(), image.height());
        int left = (image.width() - side) / 2;
        int top = (image.height() - side) / 2;
        byte[] rgba = new byte[4 * side * side];
        for (int y = 0; y < side; y++) {
            System.arraycopy(
                    image.rgba(),
                    4 * ((top + y) * image.width() + left),
                    rgba,
                    4 * y * side,
                    4 * side);
        }
        return new Image(side, side, rgba);
    }
}
