/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api.editing;

import org.inverso.api.CancelledException;
import org.inverso.api.CategoryException;
import org.inverso.api.Imaging;
import org.inverso.api.Progress;
import org.inverso.api.StageUnavailableException;
import org.inverso.api.image.Image;

/**
 * Pictures of objects from photos as no camera has seen them, drawn by the rasterizer or by a
 * generative network.
 */
public interface SceneEditor {

    /**
     * Reads a picture that an edit needs, with the stages that are in use now.
     *
     * @param name of the file, for messages
     */
    Image read(String name, byte[] picture);

    /**
     * @return a PNG file
     * @throws CategoryException when the category has no network to draw it with
     * @throws StageUnavailableException when there is nothing to draw it with
     * @throws CancelledException when {@code progress} says so
     */
    byte[] picture(SceneEdit edit, Progress progress);

    /**
     * One turn around the object, which begins at the edit's azimuth.
     *
     * @return a file of that format
     * @throws StageUnavailableException when there is nothing to draw it with
     * @throws CancelledException when {@code progress} says so
     */
    byte[] spin(SceneEdit edit, Imaging.AnimationFormat format, Progress progress);
}
