/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Drops escape sequences for colours and the like, for output that no terminal shows. */
final class PlainText extends FilterOutputStream {
    private enum State {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private static final int ESC = 0x1b;

    private State state = State.TEXT;

    PlainText(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        switch (state) {
            case TEXT -> {
                if (b == ESC) {
                    state = State.ESCAPE;
                } else {
                    out.write(b);
                }
            }
            case ESCAPE -> state = b == '[' ? State.SEQUENCE : State.TEXT;
            case SEQUENCE -> {
                if (b >= 0x40 && b <= 0x7e) {
                    state = State.TEXT;
                }
            }
            default -> throw new IllegalStateException();
        }
    }
}
