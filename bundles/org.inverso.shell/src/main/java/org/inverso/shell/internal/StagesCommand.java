/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.inverso.api.StageRegistry;
import org.inverso.api.StageRegistry.StageInfo;
import org.osgi.framework.BundleContext;

/** {@code inverso:stages}: what is installed and what the next request gets. */
@Service
@Command(
        scope = "inverso",
        name = "stages",
        description = "Lists all stages; the one that the next request gets is marked with *")
public final class StagesCommand implements Action {
    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        List<StageInfo> stages =
                new Services(context).use(StageRegistry.class, StageRegistry::stages);
        TextTable table =
                new TextTable(
                        "", "Kind", "Id", "Device", "Health", "Rank", "In use", "Bundle",
                        "Version");
        for (StageInfo stage : stages) {
            table.row(
                    stage.chosen() ? console.green("*") : "",
                    stage.kind(),
                    stage.chosen() ? console.bold(stage.id()) : stage.id(),
                    stage.device(),
                    "ok".equals(stage.health())
                            ? console.green("ok")
                            : console.yellow(stage.health()),
                    Integer.toString(stage.ranking()),
                    Integer.toString(stage.leases()),
                    stage.bundle(),
                    stage.version());
        }
        table.print(console);
        return null;
    }
}
