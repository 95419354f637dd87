/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.inverso.api.InversoException;

/** Writes files beside a folder first, so that the folder gets all of them or none. */
public final class FolderSwap {

    private FolderSwap() {}

    /** Writes files into a folder. */
    @FunctionalInterface
    public interface Writing {
        void into(Path folder) throws IOException;
    }

    /**
     * @param folder made if it is missing
     * @throws InversoException when that cannot be done
     */
    public static void write(Path folder, Writing writing) {
        Path beside = null;
        try {
            Path target = folder.toAbsolutePath();
            Files.createDirectories(target);
            beside = Files.createTempDirectory(target, ".draft");
            writing.into(beside);
            for (Path file : list(beside)) {
                Files.move(
                        file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (FileAlreadyExistsException e) {
            throw new InversoException("cannot write to " + folder + ": a file is in the way", e);
        } catch (IOException e) {
            throw new InversoException("cannot write to " + folder + ": " + e.getMessage(), e);
        } finally {
            delete(beside);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new InversoException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
