/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.imaging.internal;

import java.io.IOException;

/** The bytes begin like a picture, but are not a whole one. The message says why in a few words. */
public class DamagedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedPictureException(String message) {
        super(message);
    }
}
