/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inverso.network.Parameters;

/**
 * Imports the state dicts of the two public PyTorch implementations of StyleGAN2, saved as
 * safetensors: the official one (stylegan2-ada-pytorch, {@code G_ema.state_dict()}, not
 * conditional) and rosinality's (the dict under {@code g_ema}, with or without {@code latent_avg}).
 * R is a resolution, i and j count from 0; all convolutions keep their weights as they are.
 *
 * <table>
 * <caption>Names and shapes</caption>
 * <tr><th>here</th><th>official</th><th>rosinality</th></tr>
 * <tr><td>mapping.i.weight [W, in], .bias [W]</td><td>mapping.fc{i}.*</td><td>style.{i+1}.*</td></tr>
 * <tr><td>w.mean [W]</td><td>mapping.w_avg</td><td>latent_avg, else measured</td></tr>
 * <tr><td>synthesis.4.const [1, C, 4, 4]</td><td>synthesis.b4.const [C, 4, 4]</td>
 *     <td>input.input</td></tr>
 * <tr><td>synthesis.4.conv1.*</td><td>synthesis.b4.conv1.*</td><td>conv1.*</td></tr>
 * <tr><td>synthesis.R.conv0.* and conv1.*</td><td>synthesis.bR.conv0.* and conv1.*</td>
 *     <td>convs.{2j}.* and convs.{2j+1}.*, R = 8 2^j</td></tr>
 * <tr><td>synthesis.R.rgb.*</td><td>synthesis.bR.torgb.*</td>
 *     <td>to_rgb1.*, to_rgbs.j.*, R = 8 2^j</td></tr>
 * <tr><td>.weight [out, in, k, k]</td><td>.weight</td><td>.conv.weight [1, out, in, k, k]</td></tr>
 * <tr><td>.affine.weight [in, W], .bias [in]</td><td>.affine.*</td><td>.conv.modulation.*</td></tr>
 * <tr><td>.noise [1]</td><td>.noise_strength []</td><td>.noise.weight [1]</td></tr>
 * <tr><td>.bias [1, out, 1, 1]</td><td>.bias [out]</td>
 *     <td>.activate.bias [out]; of colours .bias [1, 3, 1, 1]</td></tr>
 * <tr><td>left out</td><td>noise_const, resample_filter</td><td>noises.*, *.kernel</td></tr>
 * </table>
 */
public final class PublicLayout {

    private static final Pattern LEFT_OUT =
            Pattern.compile(
                    "noises\\.noise_\\d+|.*\\.kernel|.*\\.noise_const|.*\\.resample_filter");
    private static final Pattern PREFIX = Pattern.compile("^(g_ema|G_ema)\\.");

    /** Pattern of a foreign name, and what it is here; {@code #} stands for a block. */
    private record Rule(Pattern foreign, String own, Block block) {

        Rule(String foreign, String own, Block block) {
            this(Pattern.compile(foreign), own, block);
        }
    }

    /** Turns the number in a name into the one that is used here. */
    @FunctionalInterface
    private interface Block {
        String of(int number);
    }

    private static final Block SAME = Integer::toString;
    private static final Block MINUS_ONE = n -> Integer.toString(n - 1);
    private static final Block PAIR = n -> (8 << n / 2) + ".conv" + n % 2;
    private static final Block SINGLE = n -> Integer.toString(8 << n);

    private static final List<Rule> RULES =
            List.of(
                    new Rule("mapping\\.fc(\\d+)\\.(weight|bias)", "mapping.#.$", SAME),
                    new Rule("mapping\\.w_avg", StyleGenerator.W_MEAN, SAME),
                    new Rule("synthesis\\.b(4)\\.(const)", "synthesis.#.$", SAME),
                    new Rule("synthesis\\.b(\\d+)\\.torgb\\.(.*)", "synthesis.#.rgb.$", SAME),
                    new Rule("synthesis\\.b(\\d+)\\.conv0\\.(.*)", "synthesis.#.conv0.$", SAME),
                    new Rule("synthesis\\.b(\\d+)\\.conv1\\.(.*)", "synthesis.#.conv1.$", SAME),
                    new Rule("style\\.(\\d+)\\.(weight|bias)", "mapping.#.$", MINUS_ONE),
                    new Rule("latent_avg", StyleGenerator.W_MEAN, SAME),
                    new Rule("input\\.input", "synthesis.4.const", SAME),
                    new Rule("conv(1)\\.(.*)", "synthesis.4.conv1.$", SAME),
                    new Rule("convs\\.(\\d+)\\.(.*)", "synthesis.#.$", PAIR),
                    new Rule("to_rgb(1)\\.(.*)", "synthesis.4.rgb.$", SAME),
                    new Rule("to_rgbs\\.(\\d+)\\.(.*)", "synthesis.#.rgb.$", SINGLE));

    private PublicLayout() {}

    /** Whether these are names of one of the two implementations. */
    public static boolean isForeign(Iterable<String> names) {
        for (String name : names) {
            String bare = PREFIX.matcher(name).replaceFirst("");
            if (bare.startsWith("synthesis.b4.") || bare.startsWith("convs.0.")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The name that a foreign parameter has here; empty for one that is left out.
     *
     * @throws IllegalArgumentException when it belongs to neither implementation
     */
    static Optional<String> ownName(String foreign) {
        String bare = PREFIX.matcher(foreign).replaceFirst("");
        if (LEFT_OUT.matcher(bare).matches()) {
            return Optional.empty();
        }
        for (Rule rule : RULES) {
            Matcher m = rule.foreign().matcher(bare);
            if (m.matches()) {
                String own = rule.own();
                if (m.groupCount() >= 1) {
                    own = own.replace("#", rule.block().of(Integer.parseInt(m.group(1))));
                }
                return Optional.of(m.groupCount() == 2 ? own.replace("$", end(m.group(2))) : own);
            }
        }
        throw new IllegalArgumentException(
                "parameter " + foreign + " belongs to no known layout of StyleGAN2");
    }

    /** Of a layer's parameter. */
    private static String end(String foreign) {
        return switch (foreign) {
            case "conv.weight" -> "weight";
            case "conv.modulation.weight" -> "affine.weight";
            case "conv.modulation.bias" -> "affine.bias";
            case "noise.weight" -> "noise";
            case "activate.bias" -> "bias";
            case "noise_strength" -> "noise";
            case "weight", "bias", "affine.weight", "affine.bias", "const" -> foreign;
            default ->
                    throw new IllegalArgumentException(
                            "a layer's " + foreign + " belongs to no known layout of StyleGAN2");
        };
    }

    /**
     * @param safetensors with foreign names
     * @return weights of a {@link StyleGenerator}, in safetensors
     * @throws IllegalArgumentException when anything is missing, unknown, or has a wrong shape
     */
    public static byte[] convert(NDManager manager, byte[] safetensors) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList own = new NDList();
            Set<String> names = new HashSet<>();
            for (NDArray array : NDList.decode(scratch, safetensors)) {
                Optional<String> name = ownName(array.getName());
                if (name.isPresent()) {
                    add(own, name.get(), shaped(array, name.get()));
                    names.add(name.get());
                }
            }
            boolean measure = names.add(StyleGenerator.W_MEAN);
            if (measure) {
                long size =
                        own.stream()
                                .filter(a -> a.getName().equals(MappingNetwork.name(0) + ".bias"))
                                .mapToLong(NDArray::size)
                                .sum();
                add(own, StyleGenerator.W_MEAN, scratch.zeros(new Shape(size)));
            }
            Parameters parameters =
                    Parameters.read(scratch, own.encode(NDList.Encoding.SAFETENSORS));
            StyleGenerator generator = new StyleGenerator(parameters);
            if (measure) {
                generator.measureMean(scratch);
            }
            return parameters.write(false);
        }
    }

    private static void add(NDList list, String name, NDArray array) {
        NDArray full = array.toType(DataType.FLOAT32, true);
        full.setName(name);
        list.add(full);
    }

    private static NDArray shaped(NDArray array, String name) {
        if (name.endsWith(".const")) {
            long channels = array.size() / 16;
            return array.reshape(1, channels, 4, 4);
        }
        if (name.endsWith(".noise")) {
            return array.reshape(1);
        }
        boolean layer = name.startsWith("synthesis.") && !name.contains(".affine.");
        if (layer && name.endsWith(".bias")) {
            return array.reshape(1, array.size(), 1, 1);
        }
        int dimensions = array.getShape().dimension();
        return layer && dimensions == 5 ? array.squeeze(0) : array;
    }
}
