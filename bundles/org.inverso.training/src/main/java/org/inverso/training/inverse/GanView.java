/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training.inverse;

import org.inverso.api.image.Image;

/**
 * One object of a generator from one of its view codes, cut out.
 *
 * @param content number of the object; views of the same one have the same
 * @param view number of the view code
 * @param crop 128x128, as the encoder sees it; alpha is the segmenter's matte
 */
public record GanView(int content, int view, Image crop) {}
