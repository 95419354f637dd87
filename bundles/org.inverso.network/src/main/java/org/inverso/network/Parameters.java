/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The parameters of a network by name. Layers ask for theirs when they are made: fresh ones are
 * drawn at random, read ones are checked for their shape.
 */
public final class Parameters implements AutoCloseable {

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new TreeMap<>();
    private final SplittableRandom random;

    private Parameters(NDManager manager, SplittableRandom random) {
        this.manager = manager;
        this.random = random;
    }

    /** Fresh parameters, to be trained. */
    public static Parameters random(NDManager parent, long seed) {
        return new Parameters(parent.newSubManager(), new SplittableRandom(seed));
    }

    /**
     * Parameters from a safetensors file, in any floating point precision.
     *
     * @throws IllegalArgumentException when the bytes are no safetensors file
     */
    public static Parameters read(NDManager parent, byte[] safetensors) {
        return filled(new Parameters(parent.newSubManager(), null), safetensors);
    }

    /**
     * Parameters to go on training with: those of another network where the names are the same,
     * else fresh ones.
     *
     * @throws IllegalArgumentException when the bytes are no safetensors file
     */
    public static Parameters startingFrom(NDManager parent, byte[] safetensors, long seed) {
        return filled(random(parent, seed), safetensors);
    }

    private static Parameters filled(Parameters parameters, byte[] safetensors) {
        try {
            for (NDArray array : NDList.decode(parameters.manager, safetensors)) {
                String name = array.getName();
                NDArray full = array.toType(DataType.FLOAT32, false);
                if (full != array) {
                    array.close();
                }
                full.setName(name);
                parameters.arrays.put(name, full);
            }
        } catch (RuntimeException e) {
            parameters.close();
            throw new IllegalArgumentException("not a safetensors file: " + e.getMessage(), e);
        }
        return parameters;
    }

    /**
     * A weight; fresh ones are normal with variance {@code gain^2 / fanIn} (He et al. 2015 for gain
     * sqrt 2).
     *
     * @throws IllegalArgumentException when a read parameter is missing or has another shape
     */
    public NDArray weight(String name, double gain, long fanIn, long... shape) {
        double deviation = gain / Math.sqrt(fanIn);
        return get(name, new Shape(shape), () -> (float) (random.nextGaussian() * deviation));
    }

    /**
     * A parameter that starts with one value everywhere.
     *
     * @throws IllegalArgumentException when a read parameter is missing or has another shape
     */
    public NDArray constant(String name, float value, long... shape) {
        return get(name, new Shape(shape), () -> value);
    }

    private interface Source {
        float next();
    }

    private NDArray get(String name, Shape shape, Source source) {
        NDArray known = arrays.get(name);
        if (known != null) {
            if (!known.getShape().equals(shape)) {
                throw new IllegalArgumentException(
                        "parameter "
                                + name
                                + " has shape "
                                + known.getShape()
                                + " instead of "
                                + shape);
            }
            return known;
        }
        if (random == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = source.next();
        }
        NDArray fresh = manager.create(values, shape);
        fresh.setName(name);
        arrays.put(name, fresh);
        return fresh;
    }

    /**
     * Lays kernels in memory with their channels side by side; shapes stay what they are.
     * Convolutions by such kernels give pictures that lie so, too, and so do all operators after
     * them. oneDNN then need not bring each picture into the order of its own blocks and back: a
     * network of convolutions takes three quarters of the time. Normalisations of groups, and
     * gradients, take longer.
     *
     * @return these parameters
     */
    public Parameters channelsLast() {
        arrays.replaceAll((name, array) -> channelsLast(array));
        return this;
    }

    private static NDArray channelsLast(NDArray array) {
        Shape shape = array.getShape();
        if (shape.dimension() != 4) {
            return array;
        }
        try (array;
                NDArray view = array.transpose(0, 2, 3, 1);
                NDArray values = view.reshape(-1);
                NDArray ordered = values.reshape(view.getShape())) {
            NDArray kernel = ordered.transpose(0, 3, 1, 2);
            kernel.setName(array.getName());
            return kernel;
        }
    }

    /** Length of one dimension of a parameter that was read; sizes of heads are found this way. */
    public long dimension(String name, int axis) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        return array.getShape().get(axis);
    }

    /** All that were asked for or read so far, in order of their names. */
    public Map<String, NDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /** From now on, gradients are kept for all parameters. */
    public void requireGradients() {
        arrays.values().forEach(array -> array.setRequiresGradient(true));
    }

    /**
     * All parameters as a safetensors file.
     *
     * @param half whether to write 16 bit floats
     */
    public byte[] write(boolean half) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList list = new NDList();
            arrays.forEach(
                    (name, array) -> {
                        NDArray copy =
                                array.stopGradient()
                                        .toType(half ? DataType.FLOAT16 : DataType.FLOAT32, true);
                        copy.attach(scratch);
                        copy.setName(name);
                        list.add(copy);
                    });
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
