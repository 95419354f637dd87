/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.inverso.api.CategoryRegistry;
import org.osgi.framework.BundleContext;

/** Completes what {@code inverso:category} works on: ids of installed categories, or files. */
@Service
public final class CategoryTargetCompleter implements Completer {
    private static final Set<String> ON_FILES =
            Set.of(
                    CategoryCommand.VERIFY,
                    CategoryCommand.NEW,
                    CategoryCommand.TRAIN,
                    CategoryCommand.PACKAGE,
                    CategoryCommand.DEPLOY);

    @Reference private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (!Collections.disjoint(Arrays.asList(line.getArguments()), ON_FILES)) {
            return new FileCompleter().complete(session, line, candidates);
        }
        StringsCompleter ids = new StringsCompleter();
        new Services(context)
                .useIfPresent(CategoryRegistry.class, CategoryRegistry::categories)
                .orElse(List.of())
                .forEach(c -> ids.getStrings().add(c.id()));
        return ids.complete(session, line, candidates);
    }
}
