/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** A category is not installed, or its data does not fit the stage that reads it. */
public class CategoryException extends InversoException {

    private static final long serialVersionUID = 1L;

    public CategoryException(String message) {
        super(message);
    }

    public CategoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
