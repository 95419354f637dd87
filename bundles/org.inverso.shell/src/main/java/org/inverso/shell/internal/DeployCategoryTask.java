/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inverso.api.CategoryException;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.InversoException;
import org.inverso.api.category.CategoryModel;

/** {@code category deploy}: a category bundle into this distribution. */
final class DeployCategoryTask extends CategoryTask {

    DeployCategoryTask() {
        super("deploy FILE.jar");
    }

    @Override
    void run(String target, Place place) throws InterruptedException {
        Path jar = place.resolve(target);
        if (!Files.isRegularFile(jar)) {
            throw new InversoException(
                    target
                            + (Files.isDirectory(jar)
                                    ? ": a folder; make a jar of it: inverso category package "
                                            + target
                                    : ": there is no such file"));
        }
        CategoryModel category;
        try {
            category = place.services().use(CategoryRegistry.class, r -> r.verify(jar));
        } catch (CategoryException e) {
            throw new InversoException(target + " is refused: " + e.getMessage(), e);
        }
        Path file = DeployFolder.of(place.context()).put(jar, DeployFolder.fileName(category.id()));
        Console console = place.console();
        console.out()
                .println(
                        console.green("ok ")
                                + console.bold(category.id())
                                + " "
                                + category.version()
                                + " -> "
                                + file);
        console.out()
                .println(
                        "A running server takes it up within a second or two, requests under way"
                                + " finish with what they have; every command started from now on has"
                                + " it. Next: inverso reconstruct PHOTO --category "
                                + category.id());
    }
}
