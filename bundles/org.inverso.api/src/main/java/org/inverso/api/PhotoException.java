/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** The photo cannot be used: empty, truncated, not a picture, too large, or without an object. */
public class PhotoException extends InversoException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the photo. */
    public enum Reason {
        EMPTY,
        UNKNOWN_FORMAT,
        DAMAGED,
        TOO_LARGE,
        NO_OBJECT,
        NOT_RECOGNIZED
    }

    private final Reason reason;

    public PhotoException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PhotoException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
