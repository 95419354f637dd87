/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.authoring.CategoryWorkshop.Packaged;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.internal.CategoryFiles;
import org.inverso.category.internal.LoadedCategory;

/**
 * Packs a category's folder as a bundle without code. Only {@code category.json} and the files that
 * it names get into it, and the same files give the same bytes.
 */
public final class CategoryBundleWriter {

    /** Of all entries: the earliest one that zip files know, so that the time leaves no trace. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** What each category needs to find its objects in photos. */
    private static final String[] NETWORKS = {"encoder", "disentangler"};

    /**
     * @throws InversoException when the folder holds no category that could be deployed, or the jar
     *     cannot be written
     */
    public Packaged write(Path folder, Path jar) {
        LoadedCategory category = load(folder);
        Path beside = jar.resolveSibling(jar.getFileName() + ".part");
        try {
            if (jar.toAbsolutePath().getParent() != null) {
                Files.createDirectories(jar.toAbsolutePath().getParent());
            }
            try (OutputStream file = Files.newOutputStream(beside);
                    JarOutputStream out = new JarOutputStream(file)) {
                entry(out, JarFile.MANIFEST_NAME);
                manifest(category).write(out);
                out.closeEntry();
                TreeSet<String> paths = new TreeSet<>(category.paths());
                paths.add(CategorySource.DESCRIPTOR);
                for (String path : paths) {
                    entry(out, path);
                    Files.copy(folder.resolve(path), out);
                    out.closeEntry();
                }
            }
            new CategoryVerifier().verify(beside);
            byte[] bytes = Files.readAllBytes(beside);
            Files.move(
                    beside,
                    jar,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return new Packaged(
                    category.id(), category.version(), bytes.length, CategoryFiles.sha256(bytes));
        } catch (IOException e) {
            throw new InversoException("cannot write " + jar + ": " + e.getMessage(), e);
        } finally {
            deleteIfThere(beside);
        }
    }

    private static LoadedCategory load(Path folder) {
        CategoryModel category;
        try {
            category = new CategoryLoader().load(folder);
        } catch (CategoryException e) {
            throw new CategoryException(folder + ": " + e.getMessage(), e);
        }
        for (String network : NETWORKS) {
            if (!category.weightNames().contains(network)) {
                throw new CategoryException(
                        folder
                                + " has no weights '"
                                + network
                                + "'; train it first: inverso category train "
                                + folder);
            }
        }
        return (LoadedCategory) category;
    }

    private static Manifest manifest(LoadedCategory category) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.inverso.category." + category.id());
        headers.putValue("Bundle-Version", category.version());
        headers.putValue("Bundle-Name", "Inverso :: category." + category.id());
        headers.putValue("Bundle-Description", category.label() + ": data only");
        headers.putValue(
                "Provide-Capability", "inverso.category;inverso.category=" + category.id());
        headers.putValue(
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=inverso.category)(version>=1.0)"
                        + "(!(version>=2.0)))\"");
        return manifest;
    }

    private static void entry(JarOutputStream out, String name) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(EPOCH);
        out.putNextEntry(entry);
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new InversoException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
