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
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The launcher's end of a connection to a running server: plain Java, so that it starts quickly.
 *
 * <p>Arguments: the endpoint file, then the strings of an {@link Invocation}.
 */
public final class Client {
    private static final int UNREACHABLE = 3;

    private Client() {}

    /** Runs one command in the server and exits with its status. */
    public static void main(String[] args) throws IOException {
        String[] endpoint = Files.readString(Path.of(args[0])).strip().split(" ");
        Invocation invocation = Invocation.of(Arrays.asList(args).subList(1, args.length));
        int status;
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(endpoint[0]))) {
            socket.setTcpNoDelay(true);
            DataOutputStream request =
                    new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            request.writeUTF(endpoint[1]);
            invocation.write(request);
            request.flush();
            Frames frames = new Frames(request);
            if (invocation.arguments().isEmpty()) {
                Thread keyboard = new Thread(() -> copyTyped(frames), "keyboard");
                keyboard.setDaemon(true);
                keyboard.start();
            } else {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(frames), "cancel"));
            }
            status = show(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
        } catch (EOFException e) {
            System.err.println("inverso: the server stopped before the command ended");
            status = UNREACHABLE;
        } catch (IOException e) {
            System.err.println("inverso: the server does not answer: " + e.getMessage());
            status = UNREACHABLE;
        }
        Runtime.getRuntime().halt(status);
    }

    private static int show(DataInputStream in) throws IOException {
        byte[] buffer = new byte[Frames.LONGEST];
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                OutputStream err = new FileOutputStream(FileDescriptor.err)) {
            while (true) {
                int kind = in.readUnsignedByte();
                int length = in.readInt();
                if (length < 0 || length > buffer.length) {
                    throw new IOException("unexpected answer");
                }
                in.readFully(buffer, 0, length);
                switch (kind) {
                    case Frames.OUT -> out.write(buffer, 0, length);
                    case Frames.ERR -> err.write(buffer, 0, length);
                    case Frames.EXIT -> {
                        return ByteBuffer.wrap(buffer, 0, length).getInt();
                    }
                    default -> throw new IOException("unexpected answer");
                }
            }
        }
    }

    private static void cancel(Frames frames) {
        try {
            frames.write(Frames.CANCEL);
            // The server's last words are still to be shown; then the status is the command's.
            Thread.sleep(3000);
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copyTyped(Frames frames) {
        byte[] buffer = new byte[1024];
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                frames.write(Frames.TYPED, buffer, 0, n);
            }
        } catch (IOException e) {
            // The console is closed.
            return;
        }
    }
}
