/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Option;
import org.inverso.api.authoring.CategoryWorkshop;
import org.inverso.api.authoring.CategoryWorkshop.Packaged;

/** {@code category package}: a bundle out of a category's folder. */
final class PackageCategoryTask extends CategoryTask {

    @Option(name = "-o", aliases = "--output")
    private String output;

    PackageCategoryTask() {
        super("package DIR [-o FILE.jar]");
    }

    @Override
    void run(String target, Place place) throws InterruptedException {
        Path folder = place.resolve(target);
        String shown = output == null ? folder.getFileName() + ".jar" : output;
        Packaged jar =
                place.services()
                        .use(CategoryWorkshop.class, w -> w.pack(folder, place.resolve(shown)));
        Console console = place.console();
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s%s -> %s  %s %s, %.1f MB, SHA-256 %s%n",
                        console.green("ok "),
                        target,
                        console.bold(shown),
                        jar.id(),
                        jar.version(),
                        jar.bytes() / 1e6,
                        jar.sha256());
        console.out().println("Next: inverso category deploy " + shown);
    }
}
