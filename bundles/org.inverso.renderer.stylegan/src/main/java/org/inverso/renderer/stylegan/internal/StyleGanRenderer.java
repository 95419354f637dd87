/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.renderer.stylegan.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.NeuralRenderer;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.BicubicResize;
import org.inverso.network.NetworkCache;
import org.inverso.network.Parameters;
import org.inverso.renderer.stylegan.Factors;
import org.inverso.renderer.stylegan.RendererNetwork;
import org.inverso.renderer.stylegan.SceneFactors;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs {@link RendererNetwork} with the weights that the category carries under the name {@link
 * #WEIGHTS}, and draws its styles with the category's generator.
 */
@Component(service = NeuralRenderer.class, property = Stage.ID_PROPERTY + "=" + StyleGanRenderer.ID)
public final class StyleGanRenderer implements NeuralRenderer {

    static final String ID = "stylegan-r";

    /** Name of the renderer's weights in the category. */
    static final String WEIGHTS = "renderer";

    /** Name of the generator's weights in the category. */
    static final String GENERATOR = "generator";

    private final DjlRuntime runtime;
    private final NetworkCache<RendererNetwork> renderers;
    private final NetworkCache<Generator> generators;

    /** What the generator's weights hold. */
    private record Generator(StyleGenerator network, float[] wMean) {

        static Generator of(Parameters parameters) {
            StyleGenerator network = new StyleGenerator(parameters);
            return new Generator(
                    network, parameters.arrays().get(StyleGenerator.W_MEAN).toFloatArray());
        }
    }

    @Activate
    public StyleGanRenderer(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.renderers = new NetworkCache<>(runtime, RendererNetwork::new);
        this.generators = new NetworkCache<>(runtime, Generator::of);
    }

    @Deactivate
    public void close() {
        renderers.close();
        generators.close();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String device() {
        return runtime.device();
    }

    @Override
    public Image render(SceneEstimate scene, CategoryModel category, int size) {
        if (size < 1) {
            throw new InversoException("a picture of " + size + " pixels is none");
        }
        try (NetworkCache.Lease<RendererNetwork> renderer =
                        lease(category, WEIGHTS, "renderer", renderers);
                NetworkCache.Lease<Generator> generator =
                        lease(category, GENERATOR, "gan", generators);
                NDManager manager = runtime.newManager()) {
            StyleGenerator network = generator.network().network();
            checkSizes(renderer.network(), generator.network(), scene, category);
            Factors factors = SceneFactors.of(manager, scene, category);
            // Always the same noise, so that nothing flickers while a camera moves.
            var noise = LayerNoise.of(manager, network.shape(), 1, new SplittableRandom(0));
            NDArray picture = network.pictures(renderer.network().wPlus(factors), noise);
            if (size != network.shape().resolution()) {
                picture = new BicubicResize(size).forward(picture);
            }
            return image(picture.toFloatArray(), size);
        }
    }

    private static void checkSizes(
            RendererNetwork renderer,
            Generator generator,
            SceneEstimate scene,
            CategoryModel category) {
        if (renderer.shape().layers() != generator.network().shape().styles()
                || !renderer.space().fits(generator.wMean())) {
            throw unreadable(category, WEIGHTS, "they were trained for another generator", null);
        }
        int known = scene.shape().length + scene.pose().length;
        if (renderer.shape().shapeSize() != known) {
            throw unreadable(
                    category,
                    WEIGHTS,
                    "they know "
                            + renderer.shape().shapeSize()
                            + " shape targets and pose parameters, the scene has "
                            + known,
                    null);
        }
    }

    /**
     * @param planes {@code float[3, side, side]}, -1 to 1
     */
    private static Image image(float[] planes, int side) {
        byte[] rgba = new byte[4 * side * side];
        for (int i = 0; i < side * side; i++) {
            for (int c = 0; c < 3; c++) {
                float value = 127.5f * (planes[c * side * side + i] + 1);
                rgba[4 * i + c] = (byte) Math.round(Math.max(0, Math.min(255, value)));
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        return new Image(side, side, rgba);
    }

    /**
     * @param stage of the training that makes the weights
     */
    private static <N> NetworkCache.Lease<N> lease(
            CategoryModel category, String weights, String stage, NetworkCache<N> networks) {
        if (!category.weightNames().contains(weights)) {
            throw new CategoryException(
                    named(category)
                            + " has no weights \""
                            + weights
                            + "\", so the neural renderer cannot draw it; train them with"
                            + " ./inverso train "
                            + category.id()
                            + " --stage "
                            + stage);
        }
        try {
            return networks.lease(category.sha256(), () -> category.weights(weights));
        } catch (IllegalArgumentException e) {
            throw unreadable(category, weights, e.getMessage(), e);
        }
    }

    private static CategoryException unreadable(
            CategoryModel category, String weights, String why, Exception cause) {
        return new CategoryException(
                named(category)
                        + " has weights \""
                        + weights
                        + "\" that neural renderer "
                        + ID
                        + " cannot use: "
                        + why,
                cause);
    }

    private static String named(CategoryModel category) {
        return "Category " + category.id() + " " + category.version();
    }
}
