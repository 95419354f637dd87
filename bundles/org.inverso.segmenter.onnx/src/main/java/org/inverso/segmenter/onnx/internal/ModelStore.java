/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.inverso.api.InversoException;
import org.inverso.api.SegmenterModels.InstalledModel;

/**
 * A folder with model files and an index that holds their SHA-256 and names the one in use. Both
 * are replaced by renaming, so a crash leaves the old state or the new one.
 */
public final class ModelStore {

    private static final String INDEX = "segmenters.properties";
    private static final String IN_USE = "inUse";
    private static final String SHA_256 = ".sha256";
    private static final String FORMAT = ".format";
    private static final String EXTENSION = ".onnx";

    private final Path folder;

    public ModelStore(Path folder) {
        this.folder = folder;
    }

    /** The name that was put in use last, if any. */
    public Optional<String> inUse() {
        return Optional.ofNullable(index().getProperty(IN_USE));
    }

    /** Where an installed model lies; empty when none has this name. */
    public Optional<Path> find(String name) {
        return index().getProperty(name + SHA_256) == null
                ? Optional.empty()
                : Optional.of(path(name));
    }

    public List<InstalledModel> list() {
        Properties index = index();
        List<InstalledModel> models = new ArrayList<>();
        for (String key : index.stringPropertyNames().stream().sorted().toList()) {
            if (key.endsWith(SHA_256)) {
                String name = key.substring(0, key.length() - SHA_256.length());
                models.add(
                        new InstalledModel(
                                name,
                                index.getProperty(key),
                                size(path(name)),
                                index.getProperty(name + FORMAT, "")));
            }
        }
        return models;
    }

    /** Copies a file in, under its own name, and puts it in use. */
    public InstalledModel add(Path file, String format) {
        String name = file.getFileName().toString();
        name = name.endsWith(EXTENSION) ? name.substring(0, name.length() - 5) : name;
        try {
            Files.createDirectories(folder);
            Path copy = Files.createTempFile(folder, "copying-", ".tmp");
            try {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                String sha256 = sha256(copy);
                Files.move(copy, path(name), StandardCopyOption.REPLACE_EXISTING);
                Properties index = index();
                index.setProperty(IN_USE, name);
                index.setProperty(name + SHA_256, sha256);
                index.setProperty(name + FORMAT, format);
                write(index);
                return new InstalledModel(name, sha256, size(path(name)), format);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new InversoException("cannot install into " + folder + ": " + e, e);
        }
    }

    /**
     * Compares an installed file with what was installed.
     *
     * @throws InversoException when it is gone or another one
     */
    public void verify(String name) {
        Path file = path(name);
        try {
            if (!Files.isRegularFile(file)) {
                throw new InversoException(
                        "the matting model " + file + " is gone; install it again");
            }
            if (!sha256(file).equals(index().getProperty(name + SHA_256))) {
                throw new InversoException(
                        "the matting model "
                                + file
                                + " is not the file that was installed; install it again");
            }
        } catch (IOException e) {
            throw new InversoException("the matting model " + file + " cannot be read: " + e, e);
        }
    }

    private Path path(String name) {
        return folder.resolve(name + EXTENSION);
    }

    private Properties index() {
        Properties index = new Properties();
        Path file = folder.resolve(INDEX);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                index.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return index;
    }

    private void write(Properties index) throws IOException {
        StringWriter text = new StringWriter();
        index.store(text, null);
        String sorted =
                text.toString()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n"));
        Path next = Files.createTempFile(folder, "index-", ".tmp");
        Files.writeString(next, sorted);
        Files.move(next, folder.resolve(INDEX), StandardCopyOption.REPLACE_EXISTING);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
