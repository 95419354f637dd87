/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import org.inverso.api.image.Matte;
import org.inverso.api.image.Photo;

/** Tells which category the object belongs to, or that it is none of them. */
public interface Recognizer extends Stage {

    Recognition recognize(Photo photo, Matte matte);
}
