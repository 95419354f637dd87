/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.webp;

/** There is no libwebp for this machine; the message says which one it is. */
public final class WebPUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public WebPUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
