/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandServerTest {
    @TempDir private Path folder;

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private CommandServer server;
    private Path endpoint;
    private Thread thread;

    @BeforeEach
    void open() throws Exception {
        endpoint = folder.resolve("run/endpoint");
        server = new CommandServer(endpoint, this::handle, null);
        server.publish();
        thread =
                new Thread(
                        () -> {
                            try {
                                server.serve();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        thread.join();
        assertThat(endpoint).doesNotExist();
    }

    private int handle(Invocation invocation, OutputStream out, OutputStream err) {
        try {
            if (invocation.arguments().get(0).equals("wait")) {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    return 130;
                }
            }
            out.write(String.join("|", invocation.arguments()).getBytes(StandardCharsets.UTF_8));
            err.write(invocation.directory().toString().getBytes(StandardCharsets.UTF_8));
            return 7;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runsCommandsAndPassesOutputErrorsAndStatus() throws Exception {
        try (Client client = new Client(token(), "reconstruct", "a b.jpg", "")) {
            Answer answer = client.answer();
            assertThat(answer.out()).isEqualTo("reconstruct|a b.jpg|");
            assertThat(answer.err()).isEqualTo("/somewhere");
            assertThat(answer.status()).isEqualTo(7);
        }
    }

    @Test
    void longOutputArrivesWhole() throws Exception {
        String argument = "x".repeat(50_000);
        try (Client client = new Client(token(), argument, argument, argument)) {
            assertThat(client.answer().out()).hasSize(150_002);
        }
    }

    @Test
    void aCancelInterruptsTheCommand() throws Exception {
        try (Client client = new Client(token(), "wait")) {
            started.await();
            client.frames.write(Frames.CANCEL);
            assertThat(client.answer().status()).isEqualTo(130);
        }
    }

    @Test
    void aClientThatGoesAwayCancelsItsCommand() throws Exception {
        try (Client client = new Client(token(), "wait")) {
            started.await();
            assertThat(client.socket.isConnected()).isTrue();
        }
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutTheTokenNothingRuns() throws Exception {
        // The server may hang up before the client has said all, or before it asks for the answer.
        assertThatThrownBy(
                        () -> {
                            try (Client client = new Client("0".repeat(64), "reconstruct")) {
                                client.answer();
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void onlyTheUserMayReadTheToken() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(endpoint)))
                .isEqualTo("rw-------");
    }

    private String token() throws IOException {
        return Files.readString(endpoint).split(" ")[1];
    }

    private record Answer(String out, String err, int status) {}

    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final Frames frames;

        Client(String token, String... arguments) throws IOException {
            int port = Integer.parseInt(Files.readString(endpoint).split(" ")[0]);
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeUTF(token);
            new Invocation(Path.of("/somewhere"), 0, 0, 0, List.of(arguments)).write(out);
            frames = new Frames(out);
        }

        Answer answer() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            while (true) {
                int kind = in.readUnsignedByte();
                byte[] content = in.readNBytes(in.readInt());
                switch (kind) {
                    case Frames.OUT -> out.write(content);
                    case Frames.ERR -> err.write(content);
                    default -> {
                        return new Answer(
                                out.toString(StandardCharsets.UTF_8),
                                err.toString(StandardCharsets.UTF_8),
                                ByteBuffer.wrap(content).getInt());
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
