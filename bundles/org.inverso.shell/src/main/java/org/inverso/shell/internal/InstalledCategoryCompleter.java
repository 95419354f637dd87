/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.inverso.api.CategoryRegistry;
import org.osgi.framework.BundleContext;

/**
 * Completes the ids of the categories that can be used now, for commands that need a certain one.
 */
@Service
public final class InstalledCategoryCompleter implements Completer {
    @Reference private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter strings = new StringsCompleter();
        new Services(context)
                .useIfPresent(CategoryRegistry.class, CategoryRegistry::categories)
                .orElse(List.of())
                .forEach(c -> strings.getStrings().add(c.id()));
        return strings.complete(session, line, candidates);
    }
}
