/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inverso.api.InversoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFolderTest {

    @TempDir private Path home;

    @Test
    void aNewVersionTakesTheOldOnesPlaceAndNothingElseIsLeft() throws Exception {
        DeployFolder deploy = new DeployFolder(home.resolve("deploy"));
        Path jar = Files.writeString(home.resolve("boat-1.jar"), "one");
        Path next = Files.writeString(home.resolve("boat-2.jar"), "two");
        String name = DeployFolder.fileName("boat");

        deploy.put(jar, name);
        Path file = deploy.put(next, name);

        assertThat(file).isEqualTo(home.resolve("deploy").resolve(name)).hasContent("two");
        assertThat(home.resolve("deploy")).isDirectoryContaining(f -> f.equals(file));
        try (var files = Files.list(home)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("boat-1.jar", "boat-2.jar", "deploy");
        }
    }

    @Test
    void whatIsThereIsFoundAndDeleted() throws Exception {
        DeployFolder deploy = new DeployFolder(home.resolve("deploy"));
        Path jar = Files.writeString(home.resolve("boat.jar"), "boat");
        Path file = deploy.put(jar, "boat.jar");

        assertThat(deploy.find(List.of("ship.jar", "boat.jar"))).contains(file);
        DeployFolder.delete(file);
        assertThat(deploy.find(List.of("ship.jar", "boat.jar"))).isEmpty();
        assertThatThrownBy(() -> DeployFolder.delete(file))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("cannot delete");
    }
}
