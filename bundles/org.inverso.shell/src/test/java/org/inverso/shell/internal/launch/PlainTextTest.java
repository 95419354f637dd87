/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainTextTest {

    @Test
    void dropsEscapeSequencesOnly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PlainText text = new PlainText(bytes)) {
            text.write(
                    "\u001b[1;31mred\u001b[0m \u2192 [x] \u001b[K\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("red \u2192 [x] \n");
    }

    @Test
    void invocationsInFilesKeepOddArguments(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run");
        Files.writeString(
                file, "/d\0" + "80\0" + "0\0" + "24\0" + "reconstruct\0" + "a b\n'$x\0\0");
        Invocation invocation = Invocation.of(file);
        assertThat(invocation.arguments()).containsExactly("reconstruct", "a b\n'$x", "");
        assertThat(invocation.outColumns()).isEqualTo(80);
        assertThat(invocation.directory()).isEqualTo(Path.of("/d"));
    }
}
