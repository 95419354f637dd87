/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi.internal;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.jni.OpenCLJNI;
import com.aparapi.internal.opencl.OpenCLPlatform;
import com.aparapi.natives.NativeLoader;
import java.io.IOException;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.inverso.runtime.aparapi.OpenClUnavailableException;

/**
 * Loads Aparapi's native part once. Not through its own loader, which reports a missing OpenCL as a
 * severe error, where it is nothing but a machine without one.
 */
public final class Natives extends OpenCLJNI {

    private Natives() {}

    /** Holds the outcome of the one attempt: what a process does not have then, it never gets. */
    private static final class Attempt {
        static final Throwable FAILURE = load();
        static final List<OpenCLPlatform> PLATFORMS =
                FAILURE == null ? List.copyOf(new Natives().getPlatforms()) : List.of();

        private static Throwable load() {
            try {
                NativeLoader.load();
                keepLogLevels();
                return null;
            } catch (IOException | LinkageError e) {
                return e;
            }
        }

        /** Aparapi's configuration sets the level of all handlers when its class is loaded. */
        private static void keepLogLevels() {
            Handler[] handlers = Logger.getLogger("").getHandlers();
            Level[] levels = new Level[handlers.length];
            for (int i = 0; i < handlers.length; i++) {
                levels[i] = handlers[i].getLevel();
            }
            try {
                Class.forName(
                        OpenCLDevice.class.getName(), true, OpenCLDevice.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new LinkageError("Aparapi is not whole", e);
            } finally {
                for (int i = 0; i < handlers.length; i++) {
                    handlers[i].setLevel(levels[i]);
                }
            }
        }
    }

    /** All platforms with their devices. */
    public static List<OpenCLPlatform> platforms() throws OpenClUnavailableException {
        if (Attempt.FAILURE != null) {
            throw new OpenClUnavailableException(
                    "no OpenCL library; install one and a driver, for CPUs ocl-icd-libopencl1 and"
                            + " pocl-opencl-icd",
                    Attempt.FAILURE);
        }
        return Attempt.PLATFORMS;
    }
}
