/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.djl.internal;

import ai.djl.engine.Engine;
import com.sun.jna.NativeLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LibTorch and DJL's JNI part as files in one folder, named by version and platform.
 *
 * <p>They come from the jars of natives: on a plain class path those are looked into by resource
 * name, in the bundle they are nested jars under {@code natives/}. A folder appears under its final
 * name only when it is complete, so any number of processes may unpack at the same time and a
 * killed one leaves nothing half done behind.
 *
 * @param folder holds every library, ready to be loaded
 */
public record NativeLibraries(Path folder) {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibraries.class);

    /** c10's severities are those of glog: 0 information, 1 warning, 2 error. */
    private static final int ERRORS_ONLY = 2;

    /** The libraries under {@code cacheFolder}, unpacked now if they are not there yet. */
    public static NativeLibraries unpackedIn(Path cacheFolder) throws IOException {
        Properties versions = new Properties();
        try (InputStream in = resource("pytorch-engine.properties")) {
            versions.load(in);
        }
        String platform = platform();
        Path folder =
                cacheFolder.resolve(
                        "pytorch-%s-djl-%s-%s"
                                .formatted(
                                        versions.getProperty("pytorch_version"),
                                        versions.getProperty("djl_version"),
                                        platform));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(cacheFolder);
            Path unfinished = Files.createTempDirectory(cacheFolder, "unpacking-");
            try {
                LOGGER.info("Unpacking native libraries into {}", folder);
                copyLibraries(platform, unfinished);
                publish(unfinished, folder);
            } finally {
                delete(unfinished);
            }
        }
        return new NativeLibraries(folder);
    }

    /**
     * Keeps LibTorch's warnings from the terminal, once it is loaded. Where NNPACK does not know
     * the processor, there would be one with every small convolution, though LibTorch has other
     * ways to compute it.
     */
    public void silenceWarnings() {
        Path library = folder.resolve(System.mapLibraryName("c10"));
        try {
            NativeLibrary.getInstance(library.toString())
                    .getGlobalVariableAddress("FLAGS_caffe2_log_level")
                    .setInt(0, ERRORS_ONLY);
        } catch (UnsatisfiedLinkError e) {
            LOGGER.debug("LibTorch keeps its log level", e);
        }
    }

    private static void copyLibraries(String platform, Path target) throws IOException {
        String jniLibrary = "jnilib/" + platform + "/cpu/" + System.mapLibraryName("djl_torch");
        String libraries = "pytorch/cpu/" + platform + "/";
        if (NativeLibraries.class.getResource("/natives/pytorch-native-cpu.jar") != null
                && Engine.class.getResource("/" + jniLibrary) == null) {
            copyFromJar("natives/pytorch-native-cpu.jar", libraries, target);
            copyFromJar("natives/pytorch-jni.jar", jniLibrary, target);
            return;
        }
        copy(jniLibrary, target);
        Properties natives = new Properties();
        try (InputStream in = resource("native/lib/pytorch.properties")) {
            natives.load(in);
        }
        for (String name : natives.getProperty("libraries").split(",")) {
            copy(libraries + name.strip(), target);
        }
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream in = resource(resource)) {
            Files.copy(in, target.resolve(resource.substring(resource.lastIndexOf('/') + 1)));
        }
    }

    private static void copyFromJar(String jar, String prefix, Path target) throws IOException {
        boolean found = false;
        try (ZipInputStream in = new ZipInputStream(resource(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                    String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                    Files.copy(in, target.resolve(name));
                    found = true;
                }
            }
        }
        if (!found) {
            throw new FileNotFoundException("this build has no native libraries for " + prefix);
        }
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
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = NativeLibraries.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(
                    name + " is missing: this build has no native libraries for " + platform());
        }
        return in;
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : "linux";
        String architecture = System.getProperty("os.arch");
        return system + "-" + ("amd64".equals(architecture) ? "x86_64" : architecture);
    }
}
