/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.List;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.InversoException;

/** {@code category remove}: takes a deployed category away again. */
final class RemoveCategoryTask extends CategoryTask {

    RemoveCategoryTask() {
        super("remove ID");
    }

    @Override
    void run(String id, Place place) throws InterruptedException {
        Path file =
                DeployFolder.of(place.context())
                        .find(List.of(DeployFolder.fileName(id), id + ".jar"))
                        .orElseThrow(() -> notDeployed(id, place));
        DeployFolder.delete(file);
        Console console = place.console();
        console.out()
                .println(
                        console.green("ok ")
                                + "removed "
                                + console.bold(id)
                                + ": "
                                + file
                                + " is gone; a running server lets go of it within a second or"
                                + " two");
    }

    private static InversoException notDeployed(String id, Place place) {
        boolean there =
                place
                        .services()
                        .useIfPresent(CategoryRegistry.class, CategoryRegistry::categories)
                        .orElse(List.of())
                        .stream()
                        .anyMatch(c -> c.id().equals(id));
        return new InversoException(
                there
                        ? id
                                + " was not deployed by category deploy; inverso categories tells"
                                + " its source"
                        : "no category " + id + " is deployed");
    }
}
