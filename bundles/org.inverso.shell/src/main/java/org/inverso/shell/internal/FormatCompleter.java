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
import org.inverso.api.Exporter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Completes the formats that the installed exporters write. */
@Service
public final class FormatCompleter implements Completer {
    @Reference private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter strings = new StringsCompleter();
        try {
            for (ServiceReference<Exporter> exporter :
                    context.getServiceReferences(Exporter.class, "(inverso.format=*)")) {
                strings.getStrings().add(exporter.getProperty("inverso.format").toString());
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return strings.complete(session, line, candidates);
    }
}
