/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal.launch;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.inverso.api.InversoException;
import org.inverso.shell.internal.Console;
import org.inverso.shell.internal.FailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one command of the scope {@code inverso} in a session of its own, as the user of the local
 * console.
 */
final class CommandRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandRunner.class);
    private static final String SCOPE = "inverso";

    /** For commands that save what they have: one that ends sooner is not waited for. */
    private static final int CANCEL_SECONDS = 20;

    private static final int BUFFER = 8192;

    private final SessionFactory sessions;

    CommandRunner(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Runs the command to its end; an interrupt of the thread cancels it.
     *
     * @return the exit status
     */
    int run(Invocation invocation, OutputStream out, OutputStream err) {
        return asLocalUser(
                () -> {
                    PrintStream outText = text(out, invocation.outColumns());
                    PrintStream errText = text(err, invocation.errColumns());
                    int status = run(invocation, outText, errText);
                    outText.flush();
                    errText.flush();
                    return status;
                });
    }

    private int run(Invocation invocation, PrintStream out, PrintStream err) {
        String name = invocation.arguments().get(0);
        if (sessions.getRegistry().getCommand(SCOPE, name) == null) {
            err.println("inverso: there is no command " + name + "; see inverso --help");
            return FailedException.USAGE;
        }
        CountDownLatch ended = new CountDownLatch(1);
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, err)) {
            session.currentDir(invocation.directory());
            session.put(Console.OUT_COLUMNS, invocation.outColumns());
            session.put(Console.ERR_COLUMNS, invocation.errColumns());
            session.put(Console.ERR, err);
            session.put(Console.ENDED, (Runnable) ended::countDown);
            session.execute(commandLine(session, invocation.arguments()));
            return 0;
        } catch (FailedException e) {
            return e.status();
        } catch (InversoException e) {
            err.println("inverso: " + e.getMessage());
            return FailedException.FAILED;
        } catch (CommandException e) {
            err.println(e.getNiceHelp());
            return FailedException.USAGE;
        } catch (InterruptedException e) {
            if (!awaitEnd(ended)) {
                err.println("inverso: cancelled");
            }
            return FailedException.CANCELLED;
        } catch (Exception e) {
            LOGGER.error("{} failed", invocation.arguments(), e);
            err.println("inverso: " + (e.getMessage() == null ? e : e.getMessage()));
            return FailedException.FAILED;
        }
    }

    /**
     * The command runs on a thread of the session, which passes the interrupt on and does not wait
     * for it.
     */
    private static boolean awaitEnd(CountDownLatch ended) {
        try {
            return ended.await(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Arguments go as variables, so that nothing in them means anything to the shell's parser. */
    private static String commandLine(Session session, List<String> arguments) {
        StringBuilder line = new StringBuilder(SCOPE + ":" + arguments.get(0));
        for (int i = 1; i < arguments.size(); i++) {
            String variable = "inverso_argument_" + i;
            session.put(variable, arguments.get(i));
            line.append(" $").append(variable);
        }
        return line.toString();
    }

    private static PrintStream text(OutputStream out, int columns) {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        return new PrintStream(
                columns > 0 ? buffered : new PlainText(buffered), true, StandardCharsets.UTF_8);
    }

    /** The roles that Karaf gives to its local console. */
    static <T> T asLocalUser(PrivilegedAction<T> work) {
        Subject subject = new Subject();
        subject.getPrincipals()
                .add(new UserPrincipal(System.getProperty("karaf.local.user", "karaf")));
        List<String> roles = new ArrayList<>();
        for (String role :
                System.getProperty("karaf.local.roles", "admin,manager,viewer,systembundles")
                        .split(",")) {
            roles.add(role.strip());
        }
        roles.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        return Subject.doAs(subject, work);
    }
}
