/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.Optional;
import org.inverso.api.image.Matte;

/**
 * The first two steps of a reconstruction alone: where the object of a photo is, and what it is.
 */
public interface PhotoInspector {

    /**
     * Looks at a photo in the calling thread, with the stages that are in use now.
     *
     * @param name the file's name, for messages
     * @param photo bytes of a picture file
     * @throws PhotoException when the bytes are no usable picture, or no object stands out in it
     * @throws StageUnavailableException when there is no segmenter
     * @throws CancelledException when {@code progress} says so
     */
    Inspection inspect(String name, byte[] photo, Progress progress);

    /**
     * @param matte of the object, of the photo's size
     * @param recognition empty when there is no recognizer
     * @param cutoutPng the photo with the matte as its alpha, a PNG file
     */
    record Inspection(Matte matte, Optional<Recognition> recognition, byte[] cutoutPng) {}
}
