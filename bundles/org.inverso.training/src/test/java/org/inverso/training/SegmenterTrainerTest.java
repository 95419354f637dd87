/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inverso.api.InversoException;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.inverso.segmenter.net.NetSegmenter;
import org.inverso.segmenter.net.SegmentationNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the segmenter's training begins with. */
class SegmenterTrainerTest {

    private final DjlRuntime runtime = DjlRuntime.start(DjlRuntime.userCacheFolder(), 1);
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = runtime.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aPublishedModelIsReadConvolutionByConvolution() {
        Parameters wanted = Parameters.random(manager, 5);
        List<OnnxWeights.Convolution> published = published(wanted);

        Parameters read = SegmenterTrainer.initial(manager, onnx(published));

        // The finest level's part in the sum, 0.5, goes to the next one.
        NDArray fusion = wanted.arrays().get("fusion.weight");
        float[] sum = fusion.toFloatArray();
        sum[0] += 0.5f;
        fusion.set(sum);
        assertThat(read.arrays().keySet()).isEqualTo(wanted.arrays().keySet());
        for (Map.Entry<String, NDArray> each : wanted.arrays().entrySet()) {
            NDArray other = read.arrays().get(each.getKey());
            assertThat(other.getShape()).isEqualTo(each.getValue().getShape());
            assertThat(other.toFloatArray()).isEqualTo(each.getValue().toFloatArray());
        }
    }

    @Test
    void theBuiltInWeightsAreRead() {
        Parameters read = SegmenterTrainer.initial(manager, NetSegmenter.weights());

        assertThat(new SegmentationNetwork(read).convolutions()).hasSize(104);
    }

    @Test
    void whatIsKeptLiesHalfwayBetweenStartAndEnd() {
        Parameters start = Parameters.random(manager, 5);
        Parameters learned = Parameters.random(manager, 6);
        new SegmentationNetwork(start);
        new SegmentationNetwork(learned);
        float first = start.arrays().get("side2.weight").toFloatArray()[7];
        float second = learned.arrays().get("side2.weight").toFloatArray()[7];

        float kept =
                SegmenterTrainer.halfway(start, learned)
                        .arrays()
                        .get("side2.weight")
                        .toFloatArray()[7];

        assertThat(kept).isCloseTo((first + second) / 2, within(1e-6f));
    }

    @Test
    void anotherNetworkIsRefused() {
        byte[] shorter = onnx(published(Parameters.random(manager, 5)).subList(0, 100));

        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> SegmenterTrainer.initial(manager, shorter))
                .withMessageContaining("119 convolutions, this model has 100");
    }

    @Test
    void aFileThatIsNoModelIsRefused() {
        byte[] text = "certainly not a model".getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(InversoException.class)
                .isThrownBy(() -> SegmenterTrainer.initial(manager, text))
                .withMessageContaining("ONNX");
    }

    /** The whole U2-Net-p: ours, and the stage that ours lacks. */
    private static List<OnnxWeights.Convolution> published(Parameters ours) {
        List<OnnxWeights.Convolution> all = new ArrayList<>();
        for (String name : new SegmentationNetwork(ours).convolutions()) {
            float[] weight = ours.arrays().get(name + ".weight").toFloatArray();
            float[] bias = ours.arrays().get(name + ".bias").toFloatArray();
            if (name.equals("side1")) {
                for (int i = 0; i < 15; i++) {
                    all.add(new OnnxWeights.Convolution(new float[] {7}, new float[] {8}));
                }
            }
            if (name.equals("fusion")) {
                float[] more = new float[weight.length + 1];
                more[0] = 0.5f;
                System.arraycopy(weight, 0, more, 1, weight.length);
                weight = more;
            }
            all.add(new OnnxWeights.Convolution(weight, bias));
        }
        return all;
    }

    /** A graph of convolutions as an exporter writes it: its names tell nothing. */
    private static byte[] onnx(List<OnnxWeights.Convolution> convolutions) {
        List<byte[]> nodes = new ArrayList<>();
        List<byte[]> tensors = new ArrayList<>();
        for (int i = 0; i < convolutions.size(); i++) {
            OnnxWeights.Convolution convolution = convolutions.get(i);
            String weight = "w" + i;
            String bias = "b" + i;
            nodes.add(
                    message(
                            field(1, text("x" + i)),
                            field(1, text(weight)),
                            field(1, text(bias)),
                            field(2, text("x" + (i + 1))),
                            field(4, text("Conv"))));
            // A number among the fields, as the kind of values is.
            byte[] kind = {2 << 3, 1};
            tensors.add(message(kind, field(8, text(bias)), field(9, raw(convolution.bias()))));
            tensors.add(message(kind, field(8, text(weight)), field(9, raw(convolution.weight()))));
        }
        byte[] relu = field(1, message(field(1, text("x0")), field(4, text("Relu"))));
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        nodes.forEach(node -> graph.writeBytes(field(1, node)));
        graph.writeBytes(relu);
        tensors.forEach(tensor -> graph.writeBytes(field(5, tensor)));
        return message(new byte[] {1 << 3, 6}, field(7, graph.toByteArray()));
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] field(int number, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int length = bytes.length;
        while (length > 127) {
            out.write(length & 127 | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] raw(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
