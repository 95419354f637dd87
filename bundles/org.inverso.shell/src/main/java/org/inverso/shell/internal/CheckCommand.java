/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.inverso.api.InversoException;
import org.inverso.api.editing.AssetEditor;
import org.inverso.api.editing.AssetEditor.Finding;
import org.osgi.framework.BundleContext;

/** {@code inverso:check}: what users of an asset would stumble over. */
@Service
@Command(
        scope = "inverso",
        name = "check",
        description = "Checks GLB files for what users would stumble over",
        detailedDescription = "classpath:check.txt")
public final class CheckCommand implements Action {

    @Argument(name = "FILE", description = "GLB files", required = true, multiValued = true)
    @Completion(FileCompleter.class)
    private List<String> files;

    @Option(
            name = "--triangles",
            description = "Triangles that an asset should have at most",
            valueToShowInHelp = "20000")
    private int triangles = 20_000;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            files = new OptionsAnywhere(this).takeFrom(files);
            if (files.isEmpty()) {
                throw new InversoException("Name at least one GLB file; see --help");
            }
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.USAGE);
        }
        int bad = new Services(context).use(AssetEditor.class, e -> checkAll(e, console));
        if (bad > 0) {
            throw new FailedException(FailedException.FAILED);
        }
        return null;
    }

    private int checkAll(AssetEditor editor, Console console) {
        int bad = 0;
        for (String file : files) {
            try {
                byte[] bytes = new AssetFiles(session).read(file);
                for (Finding finding : editor.check(file, bytes, triangles)) {
                    console.out()
                            .println(
                                    (finding.good()
                                                    ? console.green("ok  ")
                                                    : console.yellow("bad "))
                                            + file
                                            + ": "
                                            + console.bold(finding.subject())
                                            + ": "
                                            + finding.text());
                    bad += finding.good() ? 0 : 1;
                }
            } catch (InversoException e) {
                console.err().println(console.red("inverso: ") + e.getMessage());
                bad++;
            }
        }
        return bad;
    }
}
