/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.InversoException;
import org.osgi.framework.BundleContext;

/** What {@code inverso:category} does for one of its actions, with options of its own. */
abstract class CategoryTask {

    private final String usage;

    /**
     * @param usage the action with its arguments
     */
    CategoryTask(String usage) {
        this.usage = usage;
    }

    /** Where a command was given, and what it works with. */
    record Place(Session session, BundleContext context, Console console) {

        Path resolve(String path) {
            return session.currentDir().resolve(path).toAbsolutePath().normalize();
        }

        Services services() {
            return new Services(context);
        }
    }

    /** The command line makes no sense. */
    static final class UsageException extends InversoException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /**
     * @param arguments what follows the action; its options are taken from among them
     * @throws UsageException when they make no sense
     * @throws InversoException when it cannot be done
     */
    final void run(List<String> arguments, Place place) throws InterruptedException {
        List<String> rest;
        try {
            rest = new OptionsAnywhere(this).takeFrom(arguments);
        } catch (InversoException e) {
            throw new UsageException(e.getMessage());
        }
        if (rest.size() != 1) {
            throw new UsageException("Say category " + usage);
        }
        run(rest.get(0), place);
    }

    /**
     * @param target the one argument that is no option
     */
    abstract void run(String target, Place place) throws InterruptedException;
}
