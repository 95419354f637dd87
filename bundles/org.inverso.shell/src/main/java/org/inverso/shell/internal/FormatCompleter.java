/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes the formats that the installed exporters write, in a list with commas. */
@Service
public final class FormatCompleter implements Completer {
    @Reference private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String argument = line.getCursorArgument();
        String typed = argument == null ? "" : argument.substring(0, line.getArgumentPosition());
        String before = typed.substring(0, typed.lastIndexOf(',') + 1);
        Set<String> named = new HashSet<>(Arrays.asList(before.split(",")));
        StringsCompleter strings = new StringsCompleter();
        new Formats(context)
                .all().stream()
                        .filter(format -> !named.contains(format))
                        .forEach(format -> strings.getStrings().add(before + format));
        return strings.complete(session, line, candidates);
    }
}
