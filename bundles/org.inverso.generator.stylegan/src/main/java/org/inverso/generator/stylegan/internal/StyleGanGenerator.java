/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.generator.stylegan.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inverso.api.CategoryException;
import org.inverso.api.InversoException;
import org.inverso.api.MultiViewGenerator;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.image.Image;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.generator.stylegan.ViewCodes;
import org.inverso.network.NetworkCache;
import org.inverso.network.Parameters;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs {@link StyleGenerator} with the weights that the category carries under the name {@link
 * #WEIGHTS}.
 */
@Component(
        service = MultiViewGenerator.class,
        property = Stage.ID_PROPERTY + "=" + StyleGanGenerator.ID)
public final class StyleGanGenerator implements MultiViewGenerator {

    static final String ID = "stylegan";

    /** Name of the weights in the category. */
    static final String WEIGHTS = "generator";

    private final DjlRuntime runtime;
    private final NetworkCache<Network> networks;

    /** What the weights hold. */
    private record Network(StyleGenerator generator, Optional<ViewCodes> views) {

        static Network of(Parameters parameters) {
            StyleGenerator generator = new StyleGenerator(parameters);
            return new Network(generator, ViewCodes.of(parameters, generator.shape()));
        }
    }

    @Activate
    public StyleGanGenerator(@Reference DjlRuntime runtime) {
        this.runtime = runtime;
        this.networks = new NetworkCache<>(runtime, Network::of);
    }

    @Deactivate
    public void close() {
        networks.close();
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
    public List<Double> azimuths(CategoryModel category) {
        try (NetworkCache.Lease<Network> lease = lease(category)) {
            return lease.network().views().map(ViewCodes::azimuths).orElse(List.of());
        }
    }

    @Override
    public Image generate(
            CategoryModel category, long contentSeed, int view, double truncationPsi) {
        if (!(truncationPsi >= 0 && truncationPsi <= 1)) {
            throw new InversoException(
                    "truncationPsi is " + truncationPsi + "; give a number from 0 to 1");
        }
        try (NetworkCache.Lease<Network> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            StyleGenerator generator = lease.network().generator();
            ViewCodes views = views(lease.network(), category, view);
            SplittableRandom random = new SplittableRandom(contentSeed);
            NDArray z = LayerNoise.normal(manager, random, 1, generator.shape().zSize());
            NDArray w = generator.truncated(generator.w(z), truncationPsi);
            NDArray pictures =
                    generator.pictures(
                            views.apply(generator.wPlus(w), view),
                            LayerNoise.of(manager, generator.shape(), 1, random));
            return image(pictures.toFloatArray(), generator.shape().resolution());
        }
    }

    private static ViewCodes views(Network network, CategoryModel category, int view) {
        ViewCodes views =
                network.views()
                        .orElseThrow(
                                () ->
                                        new CategoryException(
                                                "The generator of "
                                                        + named(category)
                                                        + " has no view codes yet"));
        if (view < 0 || view >= views.azimuths().size()) {
            throw new InversoException(
                    "There is no view "
                            + view
                            + "; the generator of "
                            + named(category)
                            + " has the views 0 to "
                            + (views.azimuths().size() - 1));
        }
        return views;
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

    private NetworkCache.Lease<Network> lease(CategoryModel category) {
        if (!category.weightNames().contains(WEIGHTS)) {
            throw new CategoryException(
                    named(category)
                            + " has no weights \""
                            + WEIGHTS
                            + "\", so it cannot make pictures; train them with"
                            + " ./inverso train "
                            + category.id()
                            + " --stage gan");
        }
        try {
            return networks.lease(category.sha256(), () -> category.weights(WEIGHTS));
        } catch (IllegalArgumentException e) {
            throw new CategoryException(
                    named(category)
                            + " has weights \""
                            + WEIGHTS
                            + "\" that generator "
                            + ID
                            + " cannot read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static String named(CategoryModel category) {
        return "Category " + category.id() + " " + category.version();
    }
}
