/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inverso.runtime.aparapi.internal.Launcher;
import org.inverso.runtime.aparapi.internal.Natives;

/** An OpenCL device of this machine. */
public final class OpenClDevice {
    private final OpenCLDevice device;

    private OpenClDevice(OpenCLDevice device) {
        this.device = device;
        // Memory of the host is passed as it is; what has its own gets copies.
        device.setSharedMemory(device.getType() == Device.TYPE.CPU);
    }

    /**
     * All devices, as their drivers list them.
     *
     * @throws OpenClUnavailableException without OpenCL library, driver or device
     */
    public static List<OpenClDevice> list() throws OpenClUnavailableException {
        List<OpenClDevice> devices = new ArrayList<>();
        for (OpenCLPlatform platform : Natives.platforms()) {
            for (OpenCLDevice device : platform.getOpenCLDevices()) {
                devices.add(new OpenClDevice(device));
            }
        }
        if (devices.isEmpty()) {
            throw new OpenClUnavailableException(
                    "no OpenCL device; install a driver, for CPUs pocl-opencl-icd");
        }
        return devices;
    }

    /** The device's own name. */
    public String name() {
        return device.getName() == null ? device.getShortDescription() : device.getName().trim();
    }

    /** Name of the driver's platform. */
    public String platform() {
        return device.getOpenCLPlatform().getName().trim();
    }

    /** {@code cpu}, {@code gpu} or {@code acc}. */
    public String type() {
        return device.getType().name().toLowerCase(Locale.ROOT);
    }

    /** Memory of the device, bytes. */
    public long memory() {
        return device.getGlobalMemSize();
    }

    /** Largest array that the device takes, bytes. */
    public long largestArray() {
        return device.getMaxMemAllocSize();
    }

    /** How many work items may form a group. */
    public int largestGroup() {
        return Math.min(device.getMaxWorkGroupSize(), device.getMaxWorkItemSize()[0]);
    }

    /**
     * Compiles OpenCL C with one kernel {@code run}, whose parameters are the arrays in the given
     * order, and an int at the end that has no meaning.
     *
     * @throws OpenClUnavailableException when the device's compiler refuses; its reasons are on
     *     stderr
     */
    public OpenClKernel compile(String name, String source, List<OpenClKernel.Parameter> parameters)
            throws OpenClUnavailableException {
        return new OpenClKernel(this, name, Launcher.compile(device, name, source, parameters));
    }

    @Override
    public String toString() {
        return name() + " (" + platform() + ")";
    }
}
