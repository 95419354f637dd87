/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.osgi.framework.BundleContext;

/** {@code inverso:categories}: the categories that are installed, the refused ones too. */
@Service
@Command(
        scope = "inverso",
        name = "categories",
        description = "Lists all category bundles and why some were refused")
public final class CategoriesCommand implements Action {
    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        List<CategoryStatus> categories =
                new Services(context).use(CategoryRegistry.class, CategoryRegistry::categories);
        TextTable table = new TextTable("Id", "Version", "State", "Source", "Memory", "Problem");
        for (CategoryStatus category : categories) {
            table.row(
                    console.bold(category.id()),
                    category.version(),
                    state(console, category.state()),
                    category.source(),
                    String.format(Locale.ROOT, "%.1f MB", category.memoryBytes() / 1e6),
                    category.problem());
        }
        table.print(console);
        return null;
    }

    private static String state(Console console, String state) {
        return switch (state) {
            case "active" -> console.green(state);
            case "refused" -> console.yellow(state);
            default -> console.grey(state);
        };
    }
}
