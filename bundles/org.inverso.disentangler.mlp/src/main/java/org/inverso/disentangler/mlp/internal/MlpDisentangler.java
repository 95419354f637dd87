/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.disentangler.mlp.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inverso.api.CategoryException;
import org.inverso.api.Disentangler;
import org.inverso.api.LatentCode;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.api.category.PoseParameter;
import org.inverso.api.category.ShapePrior;
import org.inverso.api.image.Image;
import org.inverso.api.scene.SceneEstimate;
import org.inverso.api.scene.ShLighting;
import org.inverso.disentangler.mlp.CameraCode;
import org.inverso.disentangler.mlp.SceneNetwork;
import org.inverso.network.NetworkCache;
import org.inverso.runtime.djl.DjlRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Runs {@link SceneNetwork} with the weights that the category carries under the name {@link
 * Config#weights}.
 */
@Component(
        service = Disentangler.class,
        configurationPid = "org.inverso.disentangler.mlp",
        property = Stage.ID_PROPERTY + "=" + MlpDisentangler.ID)
@Designate(ocd = MlpDisentangler.Config.class)
public final class MlpDisentangler implements Disentangler {

    static final String ID = "mlp";

    /** Name of the weights in the category, unless the configuration says otherwise. */
    static final String WEIGHTS = "disentangler";

    /** The encoder whose codes the network was trained on. */
    private static final String ENCODER = "cnn";

    /** Cameras nearer to the best one than this are not another hypothesis. */
    private static final double SEPARATION_DEG = 60;

    /** Azimuths less probable than this are no hypothesis. */
    private static final double WORTH_TRYING = 0.02;

    private static final int MOST_HYPOTHESES = 3;

    /** Settings of the disentangler. */
    @ObjectClassDefinition(name = "Inverso disentangler (MLP)")
    public @interface Config {
        /** Name of the weights. */
        @AttributeDefinition(
                name = "Weights",
                description =
                        "Name of the weights in the category: disentangler, or inverse-disentangler"
                                + " for those that learned from generated pictures alone")
        String weights() default WEIGHTS;
    }

    private final DjlRuntime runtime;
    private final String weights;
    private final NetworkCache<SceneNetwork> networks;

    @Activate
    public MlpDisentangler(@Reference DjlRuntime runtime, Config config) {
        this(runtime, config.weights());
    }

    /** With the usual weights. */
    MlpDisentangler(DjlRuntime runtime) {
        this(runtime, WEIGHTS);
    }

    /**
     * @param weights name of them in the category
     */
    MlpDisentangler(DjlRuntime runtime, String weights) {
        this.runtime = runtime;
        this.weights = weights;
        this.networks = new NetworkCache<>(runtime, SceneNetwork::read);
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
    public List<SceneEstimate> disentangle(LatentCode code, CategoryModel category) {
        if (!code.encoderId().equals(ENCODER)) {
            throw new CategoryException(
                    "Disentangler "
                            + ID
                            + " reads codes of encoder "
                            + ENCODER
                            + ", not of "
                            + code.encoderId());
        }
        try (NetworkCache.Lease<SceneNetwork> lease = lease(category);
                NDManager manager = runtime.newManager()) {
            checkSizes(lease.network(), category, code.values().length);
            NDArray latent = manager.create(code.values(), new Shape(1, code.values().length));
            SceneNetwork.Heads heads = lease.network().forward(latent);
            float[] probabilities = heads.azimuth().softmax(1).toFloatArray();
            float[] offsets = heads.azimuthOffset().toFloatArray();
            float[] camera = heads.camera().toFloatArray();
            float[] shape = limited(heads.shape().toFloatArray(), category.shapePrior());
            float[] pose =
                    heads.pose() == null
                            ? new float[0]
                            : radians(heads.pose().toFloatArray(), category.poseParameters());
            ShLighting light = light(heads.light().toFloatArray());
            Optional<Image> texture = Optional.of(image(heads.texture()));
            CameraCode cameras = CameraCode.of(category.template());
            List<SceneEstimate> hypotheses = new ArrayList<>();
            for (Azimuth azimuth : azimuths(probabilities, offsets)) {
                hypotheses.add(
                        new SceneEstimate(
                                cameras.decode((float) azimuth.degrees, camera),
                                shape,
                                pose,
                                new float[0],
                                texture,
                                light,
                                Optional.empty(),
                                azimuth.probability));
            }
            return hypotheses;
        }
    }

    private record Azimuth(double degrees, double probability) {}

    private static List<Azimuth> azimuths(float[] probabilities, float[] offsets) {
        List<Integer> likeliestFirst =
                IntStream.range(0, SceneNetwork.BINS)
                        .boxed()
                        .sorted(Comparator.comparingDouble(bin -> -probabilities[bin]))
                        .toList();
        double width = 360.0 / SceneNetwork.BINS;
        List<Azimuth> chosen = new ArrayList<>();
        for (int bin : likeliestFirst) {
            if (!chosen.isEmpty() && probabilities[bin] < WORTH_TRYING) {
                break;
            }
            double degrees = Math.IEEEremainder((bin + (double) offsets[bin]) * width, 360);
            boolean apart =
                    chosen.stream()
                            .allMatch(
                                    other ->
                                            Math.abs(
                                                            Math.IEEEremainder(
                                                                    other.degrees - degrees, 360))
                                                    >= SEPARATION_DEG);
            if (apart) {
                chosen.add(new Azimuth(degrees, probabilities[bin]));
            }
            if (chosen.size() == MOST_HYPOTHESES) {
                break;
            }
        }
        return chosen;
    }

    private static float[] limited(float[] shape, ShapePrior prior) {
        for (int k = 0; k < shape.length; k++) {
            shape[k] = Math.max(prior.min()[k], Math.min(prior.max()[k], shape[k]));
        }
        return shape;
    }

    private static float[] radians(float[] unit, List<PoseParameter> parameters) {
        for (int p = 0; p < unit.length; p++) {
            PoseParameter parameter = parameters.get(p);
            float middle = (parameter.maxRadians() + parameter.minRadians()) / 2;
            unit[p] = middle + unit[p] * (parameter.maxRadians() - parameter.minRadians()) / 2;
        }
        return unit;
    }

    private static ShLighting light(float[] difference) {
        float[] coefficients = ShLighting.uniform().coefficients();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] += difference[i];
        }
        return new ShLighting(coefficients);
    }

    private static Image image(NDArray logits) {
        int size = SceneNetwork.TEXTURE_SIZE;
        float[] planes = ai.djl.nn.Activation.sigmoid(logits).toFloatArray();
        byte[] rgba = new byte[4 * size * size];
        for (int i = 0; i < size * size; i++) {
            for (int c = 0; c < 3; c++) {
                rgba[4 * i + c] = (byte) Math.round(255 * planes[c * size * size + i]);
            }
            rgba[4 * i + 3] = (byte) 255;
        }
        return new Image(size, size, rgba);
    }

    private NetworkCache.Lease<SceneNetwork> lease(CategoryModel category) {
        try {
            return networks.lease(
                    category.sha256() + "/" + weights, () -> category.weights(weights));
        } catch (IllegalArgumentException e) {
            throw unreadable(category, e.getMessage());
        }
    }

    private void checkSizes(SceneNetwork network, CategoryModel category, int latent) {
        if (network.latent() != latent) {
            throw unreadable(
                    category,
                    "it reads codes of " + network.latent() + " numbers, this one has " + latent);
        }
        if (network.shapeCount() != category.template().shapeCount()) {
            throw unreadable(
                    category,
                    "it knows "
                            + network.shapeCount()
                            + " shape targets, the template has "
                            + category.template().shapeCount());
        }
        if (network.poseCount() != category.poseParameters().size()) {
            throw unreadable(
                    category,
                    "it knows "
                            + network.poseCount()
                            + " pose parameters, the category has "
                            + category.poseParameters().size());
        }
    }

    private CategoryException unreadable(CategoryModel category, String why) {
        return new CategoryException(
                "Category "
                        + category.id()
                        + " "
                        + category.version()
                        + " has weights \""
                        + weights
                        + "\" that disentangler "
                        + ID
                        + " cannot read: "
                        + why);
    }
}
