/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.djl.internal;

import java.nio.file.Path;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers {@link DjlRuntime} as a service, with its cache under Karaf's data folder unless
 * configured otherwise.
 */
@Component(immediate = true, configurationPid = "org.inverso.runtime.djl")
@Designate(ocd = DjlRuntimeComponent.Config.class)
public final class DjlRuntimeComponent {

    /** Settings of the neural runtime. */
    @ObjectClassDefinition(name = "Inverso neural runtime")
    public @interface Config {
        /** Threads. */
        @AttributeDefinition(
                name = "Threads",
                description = "Threads inside one operator, 0 for one per core",
                min = "0")
        int threads() default 0;

        /** Cache folder. */
        @AttributeDefinition(
                name = "Cache folder",
                description =
                        "Where native libraries are unpacked; empty for the framework property"
                                + " inverso.cache, else natives under Karaf's data folder")
        String cacheFolder() default "";
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(DjlRuntimeComponent.class);

    private final DjlRuntime runtime;
    private final ServiceRegistration<DjlRuntime> registration;

    /** Called by the framework. */
    @Activate
    public DjlRuntimeComponent(BundleContext context, Config config) {
        runtime = DjlRuntime.start(cacheFolder(context, config), threads(config));
        preload(context.getProperty("inverso.preload"));
        registration = context.registerService(DjlRuntime.class, runtime, null);
    }

    /**
     * Who knows that a network will be needed soon can have LibTorch loaded while everything else
     * starts.
     */
    private void preload(String when) {
        if ("wait".equals(when)) {
            runtime.engine();
        } else if ("background".equals(when)) {
            Thread loader =
                    new Thread(
                            () -> {
                                try {
                                    runtime.engine();
                                } catch (RuntimeException e) {
                                    // Whoever needs the engine gets the same error, and tells.
                                    LOGGER.debug("Loading ahead failed", e);
                                }
                            },
                            "inverso-preload");
            loader.setDaemon(true);
            loader.start();
        }
    }

    @Modified
    void modified(Config config) {
        runtime.setThreads(threads(config));
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
    }

    private static int threads(Config config) {
        if (config.threads() < 0) {
            throw new IllegalArgumentException(
                    "org.inverso.runtime.djl: threads must be 0 or more, not " + config.threads());
        }
        return config.threads();
    }

    private static Path cacheFolder(BundleContext context, Config config) {
        if (!config.cacheFolder().isBlank()) {
            return Path.of(config.cacheFolder()).toAbsolutePath();
        }
        String shared = context.getProperty("inverso.cache");
        if (shared != null && !shared.isBlank()) {
            return Path.of(shared).toAbsolutePath();
        }
        String data = context.getProperty("karaf.data");
        return data != null ? Path.of(data, "natives") : DjlRuntime.userCacheFolder();
    }
}
