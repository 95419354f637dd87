/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.runtime.aparapi.internal;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.jni.KernelArgJNI;
import com.aparapi.internal.jni.KernelRunnerJNI;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.inverso.runtime.aparapi.OpenClKernel.Access;
import org.inverso.runtime.aparapi.OpenClKernel.Parameter;
import org.inverso.runtime.aparapi.OpenClUnavailableException;

/**
 * One native kernel context of Aparapi. Below Aparapi's own runner, which translates byte code and,
 * where that or the device fails, quietly goes on in Java.
 */
public final class Launcher extends KernelRunnerJNI implements AutoCloseable {
    private static final Object LOCK = Launcher.class;

    /** What the native part insists on: the object whose fields would be scalar arguments. */
    private static final class NoScalars extends Kernel {
        @Override
        public void run() {
            throw new UnsupportedOperationException("the kernel is in OpenCL C");
        }
    }

    /** An array as the native part looks at it. */
    private static final class Argument extends KernelArgJNI {
        private final long largest;

        Argument(Parameter parameter, long largest) {
            this.largest = largest;
            name = parameter.name();
            type = ARG_ARRAY | ARG_GLOBAL;
            if (parameter.access() != Access.WRITE) {
                type |= ARG_READ;
            }
            if (parameter.access() != Access.READ) {
                type |= ARG_WRITE;
            }
        }

        /** Returns the array's bytes. */
        long set(Object given) {
            Object of = given;
            if (Array.getLength(given) == 0) {
                of = Array.newInstance(given.getClass().getComponentType(), 1);
            }
            int length = Array.getLength(of);
            long bytes = (long) length * elementBytes(of);
            long limit = Math.min(largest, Integer.MAX_VALUE);
            if (bytes > limit) {
                throw new IllegalArgumentException(
                        name + " has " + bytes + " bytes, the device takes " + limit + " at most");
            }
            javaArray = of;
            numElements = length;
            sizeInBytes = (int) bytes;
            return bytes;
        }

        void clear() {
            javaArray = null;
        }

        private static int elementBytes(Object array) {
            if (array instanceof float[] || array instanceof int[]) {
                return 4;
            }
            if (array instanceof double[] || array instanceof long[]) {
                return 8;
            }
            if (array instanceof byte[] || array instanceof boolean[]) {
                return 1;
            }
            throw new IllegalArgumentException("not an array of numbers: " + array.getClass());
        }
    }

    private final OpenCLDevice device;
    private final List<Parameter> parameters;
    private final Argument[] arguments;
    private final ByteBuffer in = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    private final ByteBuffer out = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    private Range range;
    private long context;

    private Launcher(OpenCLDevice device, List<Parameter> parameters) {
        this.device = device;
        this.parameters = List.copyOf(parameters);
        arguments =
                parameters.stream()
                        .map(p -> new Argument(p, device.getMaxMemAllocSize()))
                        .toArray(Argument[]::new);
    }

    public static Launcher compile(
            OpenCLDevice device, String name, String source, List<Parameter> parameters)
            throws OpenClUnavailableException {
        Launcher launcher = new Launcher(device, parameters);
        synchronized (LOCK) {
            long context = launcher.initJNI(new NoScalars(), device, flags(device));
            if (context == 0 || launcher.buildProgramJNI(context, source, "") == 0) {
                throw new OpenClUnavailableException(
                        device.getName() + " does not compile kernel " + name);
            }
            launcher.context = context;
            launcher.setArgsJNI(context, launcher.arguments, launcher.arguments.length);
        }
        return launcher;
    }

    private static int flags(OpenCLDevice device) {
        return switch (device.getType()) {
            case GPU -> JNI_FLAG_USE_GPU;
            case ACC -> JNI_FLAG_USE_ACC;
            default -> 0;
        };
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Returns OpenCL's status. */
    public int launch(int items, int group, Object[] arrays) {
        if (arrays.length != arguments.length) {
            throw new IllegalArgumentException(
                    arrays.length + " arrays for " + arguments.length + " parameters");
        }
        synchronized (LOCK) {
            if (context == 0) {
                throw new IllegalStateException("the kernel is closed");
            }
            long bytes = 0;
            for (int i = 0; i < arrays.length; i++) {
                bytes += arguments[i].set(arrays[i]);
            }
            if (bytes > device.getGlobalMemSize()) {
                throw new IllegalArgumentException(
                        "the arrays have "
                                + bytes
                                + " bytes, the device holds "
                                + device.getGlobalMemSize());
            }
            int global = Math.multiplyExact((items + group - 1) / group, group);
            if (range == null
                    || range.getGlobalSize_0() != global
                    || range.getLocalSize_0() != group) {
                range = Range.create(device, global, group);
            }
            try {
                return runKernelJNI(context, range, true, 1, in, out);
            } finally {
                // The native part holds arrays weakly; so between launches nobody does.
                for (Argument argument : arguments) {
                    argument.clear();
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (context != 0) {
                disposeJNI(context);
                context = 0;
            }
        }
    }
}
