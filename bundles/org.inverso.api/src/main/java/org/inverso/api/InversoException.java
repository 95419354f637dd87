/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/**
 * Base of all errors that a user can act on. The message is one sentence that says what is wrong
 * and what to do.
 */
public class InversoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InversoException(String message) {
        super(message);
    }

    public InversoException(String message, Throwable cause) {
        super(message, cause);
    }
}
