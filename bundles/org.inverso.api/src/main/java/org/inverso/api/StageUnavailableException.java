/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** No service for a stage appeared within the time that a request waits for one. */
public class StageUnavailableException extends InversoException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * @param kind simple name of the stage interface, for example {@code Encoder}
     * @param message what is missing and how to bring it back
     */
    public StageUnavailableException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
