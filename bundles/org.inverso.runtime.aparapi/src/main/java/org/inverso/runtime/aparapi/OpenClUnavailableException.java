/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi;

/** There is no OpenCL, or a device refuses; the message says what to do. */
public final class OpenClUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public OpenClUnavailableException(String message) {
        super(message);
    }

    public OpenClUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
