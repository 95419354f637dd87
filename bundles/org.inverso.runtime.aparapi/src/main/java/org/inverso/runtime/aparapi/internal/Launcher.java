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
        Argument(Parameter parameter) {
            name = parameter.name();
            type = ARG_ARRAY | ARG_GLOBAL;
            if (parameter.access() != Access.WRITE) {
                type |= ARG_READ;
            }
            if (parameter.access() != Access.READ) {
                type |= ARG_WRITE;
            }
        }

        void set(Object given, long limit) {
            Object of = given;
            if (Array.getLength(given) == 0) {
                of = Array.newInstance(given.getClass().getComponentType(), 1);
            }
            if (of == javaArray) {
                return;
            }
            int length = Array.getLength(of);
            long bytes = (long) length * elementBytes(of);
            if (bytes > Math.min(limit, Integer.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        name + " has " + bytes + " bytes, more than the device takes: " + limit);
            }
            javaArray = of;
            numElements = length;
            sizeInBytes = (int) bytes;
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
        arguments = parameters.stream().map(Argument::new).toArray(Argument[]::new);
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
    public int launch(int items, int group, Object[] arrays, long limit) {
        if (arrays.length != arguments.length) {
            throw new IllegalArgumentException(
                    arrays.length + " arrays for " + arguments.length + " parameters");
        }
        synchronized (LOCK) {
            if (context == 0) {
                throw new IllegalStateException("the kernel is closed");
            }
            for (int i = 0; i < arrays.length; i++) {
                arguments[i].set(arrays[i], limit);
            }
            int global = Math.multiplyExact((items + group - 1) / group, group);
            if (range == null
                    || range.getGlobalSize_0() != global
                    || range.getLocalSize_0() != group) {
                range = Range.create(device, global, group);
            }
            return runKernelJNI(context, range, true, 1, in, out);
        }
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (context != 0) {
                disposeJNI(context);
                context = 0;
                for (Argument argument : arguments) {
                    argument.clear();
                }
            }
        }
    }
}
