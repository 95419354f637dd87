/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.internal.FolderContainer;
import org.inverso.category.internal.JarContainer;
import org.inverso.category.internal.PackageLoader;

/**
 * Checks a category that is not installed: a jar as it would be put into {@code deploy/}, or a
 * folder with {@code category.json}. The checks are those of the extender.
 */
public final class CategoryVerifier {

    private static final String SYMBOLIC_NAME = "Bundle-SymbolicName";
    private static final String CAPABILITIES = "Provide-Capability";

    private final PackageLoader loader = new PackageLoader();

    /**
     * @return the category; it reads its weights from where they are when it is asked for them
     * @throws CategoryException when the extender would refuse it; the message is one line
     */
    public CategoryModel verify(Path jarOrFolder) {
        if (Files.isDirectory(jarOrFolder)) {
            return loader.load(new FolderContainer(jarOrFolder));
        }
        JarContainer jar = new JarContainer(jarOrFolder);
        Attributes manifest = manifest(jar);
        String name = manifest.getValue(SYMBOLIC_NAME);
        String capabilities = manifest.getValue(CAPABILITIES);
        if (name == null || capabilities == null) {
            throw new CategoryException(
                    "its manifest lacks "
                            + (name == null ? SYMBOLIC_NAME : CAPABILITIES)
                            + ", so it is no category bundle");
        }
        return loader.load(jar, capabilities, name.split(";", 2)[0].strip());
    }

    private static Attributes manifest(JarContainer jar) {
        try (InputStream in = jar.open(JarFile.MANIFEST_NAME)) {
            return new Manifest(in).getMainAttributes();
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new CategoryException(
                    JarFile.MANIFEST_NAME.equals(e.getMessage())
                            ? "it has no manifest, so it is no category bundle"
                            : "there is no such file",
                    e);
        } catch (IOException e) {
            throw new CategoryException("it is no jar that can be read: " + e.getMessage(), e);
        }
    }
}
