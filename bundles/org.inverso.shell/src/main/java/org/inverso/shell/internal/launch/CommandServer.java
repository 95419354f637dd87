/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves commands on a loopback port. Who may read the endpoint file, that is the user who started
 * the server, may connect: the file holds the port and a token of 256 random bits.
 */
final class CommandServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandServer.class);
    private static final int HANDSHAKE_MILLIS = 5000;

    /** Runs commands. */
    interface Handler {
        int run(Invocation invocation, OutputStream out, OutputStream err);
    }

    private final Path endpoint;
    private final Handler handler;
    private final SessionFactory sessions;
    private final String token;
    private final ServerSocket listener;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    CommandServer(Path endpoint, Handler handler, SessionFactory sessions) throws IOException {
        this.endpoint = endpoint;
        this.handler = handler;
        this.sessions = sessions;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Serves until closed. */
    void serve() throws IOException {
        while (!listener.isClosed()) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                throw e;
            }
            clients.add(client);
            new Thread(() -> serve(client), "inverso-client").start();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(endpoint);
            listener.close();
        } catch (IOException e) {
            LOGGER.warn("{} is left behind", endpoint, e);
        }
    }

    /** Writes the endpoint file; from then on clients find this server. */
    void publish() throws IOException {
        Files.createDirectories(endpoint.getParent());
        Path unfinished = endpoint.resolveSibling(endpoint.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        if (Files.getFileStore(endpoint.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(
                    unfinished,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                unfinished,
                listener.getLocalPort() + " " + token + " " + ProcessHandle.current().pid() + "\n");
        Files.move(
                unfinished,
                endpoint,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(HANDSHAKE_MILLIS);
            client.setTcpNoDelay(true);
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(client.getInputStream()));
            if (!MessageDigest.isEqual(
                    in.readUTF().getBytes(StandardCharsets.UTF_8),
                    token.getBytes(StandardCharsets.UTF_8))) {
                LOGGER.warn("A connection with a wrong token was refused");
                return;
            }
            Invocation invocation = Invocation.read(in);
            client.setSoTimeout(0);
            Frames frames =
                    new Frames(
                            new DataOutputStream(
                                    new BufferedOutputStream(client.getOutputStream())));
            int status =
                    invocation.arguments().isEmpty()
                            ? console(invocation, in, frames)
                            : command(invocation, in, frames);
            frames.write(Frames.EXIT, ByteBuffer.allocate(4).putInt(status).array());
        } catch (IOException e) {
            LOGGER.debug("A client went away", e);
        } finally {
            clients.remove(client);
        }
    }

    private int command(Invocation invocation, DataInputStream in, Frames frames) {
        Thread command = Thread.currentThread();
        // The command ends when the client says so, or when there is no client any more.
        Thread watch =
                new Thread(
                        () -> {
                            awaitCancel(in);
                            command.interrupt();
                        },
                        "inverso-client-watch");
        watch.setDaemon(true);
        watch.start();
        return handler.run(invocation, frames.stream(Frames.OUT), frames.stream(Frames.ERR));
    }

    private static void awaitCancel(DataInputStream in) {
        try {
            while (in.readUnsignedByte() != Frames.CANCEL) {
                in.skipNBytes(in.readInt());
            }
        } catch (IOException e) {
            // The client is gone: that is a cancel, too.
            return;
        }
    }

    private int console(Invocation invocation, DataInputStream in, Frames frames)
            throws IOException {
        try (PipedInputStream typed = new PipedInputStream(Frames.LONGEST);
                PipedOutputStream keyboard = new PipedOutputStream(typed)) {
            Thread reader = new Thread(() -> copyTyped(in, keyboard), "inverso-client-keyboard");
            reader.setDaemon(true);
            reader.start();
            new RemoteConsole(sessions).run(invocation, typed, frames.stream(Frames.OUT));
        }
        return 0;
    }

    private static void copyTyped(DataInputStream in, OutputStream keyboard) {
        try (keyboard) {
            byte[] buffer = new byte[Frames.LONGEST];
            while (true) {
                int kind = in.readUnsignedByte();
                int length = in.readInt();
                if (length < 0 || length > buffer.length) {
                    return;
                }
                in.readFully(buffer, 0, length);
                if (kind == Frames.TYPED) {
                    keyboard.write(buffer, 0, length);
                    keyboard.flush();
                }
            }
        } catch (IOException e) {
            // End of the console.
            return;
        }
    }
}
