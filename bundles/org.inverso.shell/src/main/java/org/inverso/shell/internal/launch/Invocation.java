/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody typed, and where.
 *
 * @param directory that relative paths start from
 * @param outColumns width of the terminal behind standard output, 0 for none
 * @param errColumns width of the terminal behind standard error, 0 for none
 * @param rows height of the terminal
 * @param arguments the command's name without scope, then its arguments; empty for an interactive
 *     console
 */
record Invocation(
        Path directory, int outColumns, int errColumns, int rows, List<String> arguments) {
    private static final int FIXED = 4;
    private static final int MOST_ARGUMENTS = 100_000;

    Invocation {
        arguments = List.copyOf(arguments);
    }

    /** From strings: directory, both widths, height, then the arguments. */
    static Invocation of(List<String> strings) {
        if (strings.size() < FIXED) {
            throw new IllegalArgumentException("at least " + FIXED + " strings expected");
        }
        return new Invocation(
                Path.of(strings.get(0)),
                Integer.parseInt(strings.get(1)),
                Integer.parseInt(strings.get(2)),
                Integer.parseInt(strings.get(3)),
                strings.subList(FIXED, strings.size()));
    }

    /** From a file of the same strings, each ended by a zero byte. */
    static Invocation of(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.UTF_8);
        return of(Arrays.asList(content.substring(0, content.length() - 1).split("\0", -1)));
    }

    static Invocation read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < FIXED || count > MOST_ARGUMENTS) {
            throw new IOException("not an invocation");
        }
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(in.readUTF());
        }
        return of(strings);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(FIXED + arguments.size());
        out.writeUTF(directory.toString());
        out.writeUTF(Integer.toString(outColumns));
        out.writeUTF(Integer.toString(errColumns));
        out.writeUTF(Integer.toString(rows));
        for (String argument : arguments) {
            out.writeUTF(argument);
        }
    }
}
