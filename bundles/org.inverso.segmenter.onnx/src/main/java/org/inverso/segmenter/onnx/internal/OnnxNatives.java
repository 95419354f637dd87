/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * ONNX Runtime's native libraries, unpacked once into a cache folder that outlives the process.
 *
 * <p>A folder appears under its final name only when it is complete, so any number of processes may
 * unpack at the same time.
 */
final class OnnxNatives {

    /** ONNX Runtime's own property: where its libraries lie. */
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OnnxNatives() {}

    /**
     * The process-wide environment; loads the libraries on first use.
     *
     * @param cacheFolder where libraries are unpacked; may be shared by many processes
     */
    static OrtEnvironment environment(Path cacheFolder) throws IOException {
        // Whoever comes first loads them, for the life of the class loader.
        synchronized (OrtEnvironment.class) {
            if (System.getProperty(PATH_PROPERTY) != null) {
                return environment();
            }
            System.setProperty(PATH_PROPERTY, unpackedIn(cacheFolder).toString());
            try {
                return environment();
            } finally {
                System.clearProperty(PATH_PROPERTY);
            }
        }
    }

    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "inverso");
    }

    private static Path unpackedIn(Path cacheFolder) throws IOException {
        Properties build = new Properties();
        try (InputStream in = resource("onnxruntime.properties")) {
            build.load(in);
        }
        String platform = platform();
        Path folder =
                cacheFolder.resolve("onnxruntime-" + build.getProperty("version") + "-" + platform);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cacheFolder);
        Path unfinished = Files.createTempDirectory(cacheFolder, "unpacking-");
        try {
            for (String library : LIBRARIES) {
                String file = System.mapLibraryName(library);
                try (InputStream in = resource("ai/onnxruntime/native/" + platform + "/" + file)) {
                    Files.copy(in, unfinished.resolve(file));
                }
            }
            publish(unfinished, folder);
        } finally {
            delete(unfinished);
        }
        return folder;
    }

    private static void publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Another process was faster; its folder is as good as ours.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        for (String library : LIBRARIES) {
            Files.deleteIfExists(folder.resolve(System.mapLibraryName(library)));
        }
        Files.deleteIfExists(folder);
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = OrtEnvironment.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(
                    name + " is missing: this build has no ONNX Runtime for " + platform());
        }
        return in;
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : "linux";
        String architecture = System.getProperty("os.arch");
        return system
                + "-"
                + (List.of("amd64", "x86_64").contains(architecture) ? "x64" : architecture);
    }
}
