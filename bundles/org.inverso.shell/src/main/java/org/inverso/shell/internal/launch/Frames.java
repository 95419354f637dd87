/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Frames between launcher and server: one byte for the kind, four for the length, then the content.
 */
final class Frames {
    /** To the client: bytes for standard output. */
    static final int OUT = 1;

    /** To the client: bytes for standard error. */
    static final int ERR = 2;

    /** To the client: the exit status, the last frame. */
    static final int EXIT = 3;

    /** To the server: bytes that were typed. */
    static final int TYPED = 4;

    /** To the server: end the command soon. */
    static final int CANCEL = 5;

    /** Longest content. */
    static final int LONGEST = 1 << 16;

    private final DataOutputStream out;

    Frames(DataOutputStream out) {
        this.out = out;
    }

    synchronized void write(int kind, byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        do {
            int part = Math.min(LONGEST, length - done);
            out.writeByte(kind);
            out.writeInt(part);
            out.write(bytes, offset + done, part);
            done += part;
        } while (done < length);
        out.flush();
    }

    void write(int kind, byte... content) throws IOException {
        write(kind, content, 0, content.length);
    }

    /** A stream whose bytes go out as frames of one kind. */
    OutputStream stream(int kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                Frames.this.write(kind, new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                if (length > 0) {
                    Frames.this.write(kind, bytes, offset, length);
                }
            }
        };
    }
}
