/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi;

import java.util.List;
import org.inverso.runtime.aparapi.internal.Launcher;

/**
 * A compiled kernel. Launches wait for one another, also those of other kernels on any device:
 * Aparapi's native part has state that all share.
 */
public final class OpenClKernel implements AutoCloseable {

    /** What a kernel does with an array. */
    public enum Access {
        READ,
        /** Every element is written, or never looked at. */
        WRITE,
        READ_WRITE
    }

    /** A {@code __global} pointer. */
    public record Parameter(String name, Access access) {}

    private final OpenClDevice device;
    private final String name;
    private final Launcher launcher;

    OpenClKernel(OpenClDevice device, String name, Launcher launcher) {
        this.device = device;
        this.name = name;
        this.launcher = launcher;
    }

    public OpenClDevice device() {
        return device;
    }

    public List<Parameter> parameters() {
        return launcher.parameters();
    }

    /**
     * Runs the kernel and waits for it. The garbage collector does not run meanwhile.
     *
     * @param items number of work items; the kernel sees more, up to a multiple of the group
     * @param group work items in a group
     * @param arrays of primitive numbers or booleans, by parameter; may differ from launch to
     *     launch; an empty one is passed as one element
     * @throws IllegalStateException when the device refuses or the kernel is closed
     * @throws IllegalArgumentException when an array, or all together, is more than the device
     *     takes
     */
    public void launch(int items, int group, Object[] arrays) {
        int status = launcher.launch(items, group, arrays);
        if (status != 0) {
            throw new IllegalStateException(
                    "kernel " + name + " failed on " + device + " with OpenCL error " + status);
        }
    }

    /** Frees native memory, after a launch that may be running. */
    @Override
    public void close() {
        launcher.close();
    }
}
