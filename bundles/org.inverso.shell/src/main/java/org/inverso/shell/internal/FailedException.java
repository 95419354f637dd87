/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import org.apache.karaf.shell.support.CommandException;

/** A command has said all that is to be said already; only the exit status remains. */
public final class FailedException extends CommandException {
    private static final long serialVersionUID = 1L;

    /** Something that was asked for could not be done. */
    public static final int FAILED = 1;

    /** The command line makes no sense. */
    public static final int USAGE = 2;

    /** Stopped by Ctrl-C. */
    public static final int CANCELLED = 130;

    private final int status;

    /** An error that was reported line by line. */
    public FailedException(int status) {
        super("", "failed with status " + status);
        this.status = status;
    }

    /** What the launcher exits with. */
    public int status() {
        return status;
    }
}
