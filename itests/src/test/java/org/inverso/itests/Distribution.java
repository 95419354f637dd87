/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.propagateSystemProperties;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/** How tests start the distribution, and what they find in it. */
final class Distribution {

    /** Slow machines are no failures. */
    static final long PATIENCE_SECONDS = 600;

    /** Bundles that no replacement of a stage or category may restart. */
    static final List<String> MUST_STAY =
            List.of("org.inverso.api", "org.inverso.core", "org.inverso.runtime.djl");

    /**
     * Lines of the log that are trouble, but of the test's own container and not of the
     * distribution.
     */
    private static final Pattern EXPECTED =
            Pattern.compile("org\\.ops4j\\.pax\\.exam|PAXEXAM|pax-exam");

    private Distribution() {}

    /** The archive of the build, started as a user would. */
    static Option[] options(Option... more) {
        File archive = new File(System.getProperty("inverso.distribution"));
        String karaf = System.getProperty("karaf.version");
        List<Option> options = new ArrayList<>();
        options.add(
                karafDistributionConfiguration()
                        .frameworkUrl(archive.toURI().toString())
                        .name("Inverso")
                        .karafVersion(karaf)
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false));
        options.add(keepRuntimeFolder());
        options.add(configureConsole().ignoreLocalConsole().ignoreRemoteShell());
        options.add(systemTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)));
        options.add(propagateSystemProperties("inverso.examples"));
        options.add(
                systemProperty("inverso.cache")
                        .value(Path.of("target/natives").toAbsolutePath().toString()));
        for (String option :
                List.of(
                        "-Xmx1500m",
                        "--add-reads=java.xml=java.logging",
                        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                        "--patch-module=java.base=lib/endorsed/org.apache.karaf.specs.locator-"
                                + karaf
                                + ".jar",
                        "--patch-module=java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-"
                                + karaf
                                + ".jar",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED")) {
            options.add(vmOption(option));
        }
        options.addAll(Arrays.asList(more));
        return options.toArray(Option[]::new);
    }

    /** Warnings and errors in the log so far. */
    static List<String> trouble() throws IOException {
        List<String> trouble = new ArrayList<>();
        try (Stream<Path> logs = Files.list(Path.of(System.getProperty("karaf.log")))) {
            for (Path log : logs.filter(p -> p.toString().endsWith(".log")).toList()) {
                for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
                    if ((line.contains("| WARN ") || line.contains("| ERROR "))
                            && !EXPECTED.matcher(line).find()) {
                        trouble.add(line);
                    }
                }
            }
        }
        return trouble;
    }

    /** One of the pictures in {@code examples}. */
    static byte[] example(String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("inverso.examples"), name));
    }

    /** The jar in the distribution that a bundle came from. */
    static Path jarOf(Bundle bundle) {
        return jarOf(bundle.getSymbolicName());
    }

    static Path jarOf(String name) {
        Path versions = Path.of(System.getProperty("karaf.base"), "system/org/inverso", name);
        String[] version = versions.toFile().list();
        assertTrue(versions + " has one version", version != null && version.length == 1);
        return versions.resolve(version[0]).resolve(name + "-" + version[0] + ".jar");
    }
}
