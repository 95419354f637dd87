/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.inverso.api.InversoException;
import org.inverso.api.SegmenterModels;
import org.inverso.api.SegmenterModels.InstalledModel;
import org.osgi.framework.BundleContext;

/** {@code inverso:segmenter}: matting models that the user brings along. */
@Service
@Command(
        scope = "inverso",
        name = "segmenter",
        description = "Installs an ONNX matting model (segmenter install FILE), or lists them")
public final class SegmenterCommand implements Action {
    @Argument(name = "ACTION", description = "install or list")
    @Completion(
            value = StringsCompleter.class,
            values = {"install", "list"})
    private String action = "list";

    @Argument(index = 1, name = "FILE", description = "An ONNX model such as IS-Net or U2-Net")
    @Completion(FileCompleter.class)
    private String file;

    @Reference private BundleContext context;

    @Reference private Session session;

    @Override
    public Object execute() throws Exception {
        Console console = Console.of(session);
        try {
            switch (action) {
                case "install" -> install(console);
                case "list" -> list(console);
                default ->
                        throw new InversoException(
                                "Say segmenter install FILE or segmenter list, not " + action);
            }
        } catch (InversoException e) {
            console.err().println(console.red("inverso: ") + e.getMessage());
            throw new FailedException(FailedException.FAILED);
        }
        return null;
    }

    private void install(Console console) throws InterruptedException {
        if (file == null) {
            throw new InversoException("Name the model file: segmenter install FILE");
        }
        Path path = session.currentDir().resolve(file).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw new InversoException(file + ": there is no such file");
        }
        InstalledModel model =
                new Services(context).use(SegmenterModels.class, m -> m.install(path));
        console.out()
                .println(
                        console.green("ok ")
                                + "installed "
                                + console.bold(model.name())
                                + ", SHA-256 "
                                + model.sha256());
    }

    private void list(Console console) throws InterruptedException {
        TextTable table = new TextTable("Name", "Format", "Size", "SHA-256");
        for (InstalledModel model :
                new Services(context).use(SegmenterModels.class, SegmenterModels::installed)) {
            table.row(
                    console.bold(model.name()),
                    model.format(),
                    String.format(Locale.ROOT, "%.1f MB", model.bytes() / 1e6),
                    model.sha256());
        }
        table.print(console);
    }
}
