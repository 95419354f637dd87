/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** Pictures that a request may ask for beside the preview. */
public enum Picture {
    /** The photo without the object, for other objects to be put before. */
    BACKGROUND("background.jpg"),
    /** The asset alone as the photo's camera sees it, on transparent ground. */
    POSTER("poster.png"),
    /** The asset turning in a studio. */
    TURNTABLE_GIF("turntable.gif"),
    /** The same as animated PNG. */
    TURNTABLE_PNG("turntable.png"),
    /** The same as animated WebP. */
    TURNTABLE_WEBP("turntable.webp");

    private final String extension;

    Picture(String extension) {
        this.extension = extension;
    }

    /** Of its file, behind the photo's name and a dot. */
    public String extension() {
        return extension;
    }
}
