/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.onnx.internal;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inverso.api.InversoException;
import org.inverso.api.image.Image;
import org.inverso.api.image.Plane;
import org.inverso.imaging.PlaneResampler;
import org.inverso.segmenter.onnx.Normalization;

/**
 * A matting network: one input {@code [1, 3, H, W]}, and as its first output a saliency map of any
 * size, {@code [1, 1, h, w]} or {@code [1, h, w]}. Safe for use by several threads.
 */
public final class MattingModel implements AutoCloseable {

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final Normalization normalization;
    private final int width;
    private final int height;

    private MattingModel(
            String name,
            OrtEnvironment environment,
            OrtSession session,
            Optional<Normalization> wanted) {
        this.name = name;
        this.environment = environment;
        this.session = session;
        Map.Entry<String, NodeInfo> only = onlyInput(session);
        input = only.getKey();
        long[] shape = shape(only.getValue());
        normalization = wanted.orElseGet(() -> guess(shape));
        height = shape[2] > 0 ? Math.toIntExact(shape[2]) : normalization.side();
        width = shape[3] > 0 ? Math.toIntExact(shape[3]) : normalization.side();
    }

    /**
     * Opens a model file.
     *
     * @param normalization empty to choose: IS-Net's for an input of 1024 pixels, or for one of
     *     open size when the file's name says so; else U2-Net's
     * @param threads inside one run, 0 for one per core
     * @throws InversoException when the file is no model of this kind
     */
    public static MattingModel open(
            Path file, Optional<Normalization> normalization, int threads, Path cacheFolder) {
        String name = file.getFileName().toString();
        OrtSession session = null;
        try {
            OrtEnvironment environment = OnnxNatives.environment(cacheFolder);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                // Give memory back after a run: the stages that follow need it.
                options.setCPUArenaAllocator(false);
                session = environment.createSession(file.toString(), options);
            }
            MattingModel model = new MattingModel(name, environment, session, normalization);
            session = null;
            return model;
        } catch (OrtException e) {
            throw new InversoException(
                    file + " is not an ONNX model that can be run: " + oneLine(e), e);
        } catch (IOException e) {
            throw new InversoException("ONNX Runtime cannot be loaded: " + e.getMessage(), e);
        } finally {
            closeQuietly(session);
        }
    }

    /** Kind and input size in words, for example {@code isnet 1024x1024}. */
    public String format() {
        return normalization.name().toLowerCase(Locale.ROOT) + " " + width + "x" + height;
    }

    /**
     * Saliency of an image, of the image's size, as the network gives it.
     *
     * @throws InversoException when the network cannot be run or gives something else
     */
    public Plane run(Image image) {
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(tensor(image)),
                                new long[] {1, 3, height, width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return PlaneResampler.resize(saliency(result.get(0)), image.width(), image.height());
        } catch (OrtException e) {
            throw new InversoException(
                    "the matting model " + name + " cannot be run: " + oneLine(e), e);
        }
    }

    /** {@code float[3 * height * width]}, planar. */
    private float[] tensor(Image image) {
        int pixels = width * height;
        float[] tensor = new float[3 * pixels];
        float largest = 1e-6f;
        for (int c = 0; c < 3; c++) {
            float[] channel = PlaneResampler.resize(channel(image, c), width, height).values();
            System.arraycopy(channel, 0, tensor, c * pixels, pixels);
            for (float value : channel) {
                largest = Math.max(largest, value);
            }
        }
        for (int c = 0; c < 3; c++) {
            float mean = normalization.mean(c);
            float deviation = normalization.deviation(c);
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                tensor[i] = (tensor[i] / largest - mean) / deviation;
            }
        }
        return tensor;
    }

    private static Plane channel(Image image, int channel) {
        float[] values = new float[image.width() * image.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (image.rgba()[4 * i + channel] & 0xff) / 255f;
        }
        return new Plane(image.width(), image.height(), values);
    }

    private Plane saliency(OnnxValue output) {
        if (!(output instanceof OnnxTensor tensor) || tensor.getInfo().type != OnnxJavaType.FLOAT) {
            throw new InversoException(
                    "the first output of " + name + " is no tensor of float numbers");
        }
        long[] shape = tensor.getInfo().getShape();
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
        }
        int rank = shape.length;
        if (rank < 2 || elements != shape[rank - 1] * shape[rank - 2]) {
            throw new InversoException(
                    "the first output of " + name + " is no single map of saliency");
        }
        float[] values = new float[Math.toIntExact(elements)];
        tensor.getFloatBuffer().get(values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new InversoException("the matting model " + name + " gives no numbers");
            }
        }
        return new Plane((int) shape[rank - 1], (int) shape[rank - 2], values);
    }

    private Map.Entry<String, NodeInfo> onlyInput(OrtSession opened) {
        try {
            Map<String, NodeInfo> inputs = opened.getInputInfo();
            if (inputs.size() != 1) {
                throw new InversoException(
                        name + " is no matting model: it has " + inputs.size() + " inputs, not 1");
            }
            return inputs.entrySet().iterator().next();
        } catch (OrtException e) {
            throw new InversoException(name + " does not name its inputs: " + oneLine(e), e);
        }
    }

    private long[] shape(NodeInfo info) {
        if (info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
            long[] shape = tensor.getShape();
            if (shape.length == 4
                    && (shape[0] == 1 || shape[0] < 0)
                    && (shape[1] == 3 || shape[1] < 0)) {
                return shape;
            }
        }
        throw new InversoException(
                name
                        + " is no matting model: its input must be float [1, 3, height, width], not "
                        + info.getInfo());
    }

    private Normalization guess(long[] shape) {
        long side = Math.max(shape[2], shape[3]);
        boolean isNet =
                side > 0
                        ? side == Normalization.ISNET.side()
                        : name.toLowerCase(Locale.ROOT).contains("isnet");
        return isNet ? Normalization.ISNET : Normalization.U2NET;
    }

    @Override
    public void close() {
        closeQuietly(session);
    }

    private static void closeQuietly(OrtSession session) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("an ONNX session cannot be closed", e);
            }
        }
    }

    private static String oneLine(OrtException e) {
        return e.getMessage().strip().lines().findFirst().orElse("no reason given");
    }
}
