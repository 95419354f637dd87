/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.inverso.shell.internal.FailedException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The launcher's counterpart in Karaf.
 *
 * <p>With the system property {@code inverso.run} it runs the command in that file and ends the
 * process with its exit status. With {@code inverso.endpoint} it serves commands of other processes
 * until the container stops. Without either it does nothing.
 */
@Component(
        immediate = true,
        service = {})
public final class LaunchComponent {
    private static final Logger LOGGER = LoggerFactory.getLogger(LaunchComponent.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(300);

    private static final long CANCEL_MILLIS = 22_000;

    private final BundleContext context;
    private final CommandRunner runner;
    private final SessionFactory sessions;
    private final AtomicBoolean cancelling = new AtomicBoolean();
    private Thread command;
    private CommandServer server;

    /** Called by the framework. */
    @Activate
    public LaunchComponent(BundleContext context, @Reference SessionFactory sessions)
            throws IOException {
        this.context = context;
        this.sessions = sessions;
        this.runner = new CommandRunner(sessions);
        String run = context.getProperty("inverso.run");
        String endpoint = context.getProperty("inverso.endpoint");
        if (run != null) {
            Invocation invocation = Invocation.of(Path.of(run));
            command = new Thread(() -> runAndExit(invocation), "inverso-command");
            command.start();
        } else if (endpoint != null) {
            server = new CommandServer(Path.of(endpoint), this::runServed, sessions);
            new Thread(() -> serve(server), "inverso-server").start();
        } else {
            Scratch scratch = Scratch.ofThisProcess();
            Runtime.getRuntime().addShutdownHook(new Thread(scratch::delete, "inverso-scratch"));
        }
    }

    @Deactivate
    void deactivate() {
        cancelRun();
        if (server != null) {
            server.close();
        }
    }

    private int runServed(Invocation invocation, OutputStream out, OutputStream err) {
        if (invocation.arguments().equals(List.of("stop"))) {
            new Thread(this::stopContainer, "inverso-stop").start();
            return 0;
        }
        return runner.run(invocation, out, err);
    }

    private void stopContainer() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOGGER.error("The container does not stop", e);
        }
    }

    private void serve(CommandServer commands) {
        try {
            new StartGate(context).await(START_LIMIT);
            commands.publish();
            commands.serve();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.error("Commands from other processes cannot be served", e);
        }
    }

    private void runAndExit(Invocation invocation) {
        // Ctrl-C ends in a shutdown hook; Karaf turns SIGTERM into a stop of the framework, and so
        // into deactivate().
        Runtime.getRuntime().addShutdownHook(new Thread(this::cancelRun, "inverso-cancel"));
        int status = FailedException.FAILED;
        try {
            new StartGate(context).await(START_LIMIT);
            status =
                    runner.run(
                            invocation,
                            new FileOutputStream(FileDescriptor.out),
                            new FileOutputStream(FileDescriptor.err));
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException | Error e) {
            LOGGER.error("{} failed", invocation.arguments(), e);
        }
        if (!cancelling.get()) {
            exit(status);
        }
    }

    /**
     * Lets the command end by itself, shortly; nothing else is worth an orderly end. A second
     * caller waits, so that the status is always the same.
     */
    private synchronized void cancelRun() {
        if (command != null) {
            cancelling.set(true);
            command.interrupt();
            try {
                command.join(CANCEL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exit(FailedException.CANCELLED);
        }
    }

    /**
     * A container that lived for one command needs no orderly stop, which would take as long as its
     * start.
     */
    private static void exit(int status) {
        try {
            Scratch.ofThisProcess().delete();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
