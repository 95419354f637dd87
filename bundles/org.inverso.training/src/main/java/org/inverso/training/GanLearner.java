/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inverso.generator.stylegan.GeneratorShape;
import org.inverso.generator.stylegan.LayerNoise;
import org.inverso.generator.stylegan.StyleGenerator;
import org.inverso.network.Parameters;
import org.inverso.training.gan.AdaptiveProbability;
import org.inverso.training.gan.Augmentation;
import org.inverso.training.gan.Discriminator;
import org.inverso.training.gan.GradientPenalty;
import org.inverso.training.gan.PathLengthPenalty;
import org.inverso.training.gan.SampleSheet;
import org.inverso.training.gan.TrainingPictures;

/**
 * Generator and discriminator, which learn from each other by the non-saturating loss (Goodfellow
 * et al. 2014), with the regularisers of StyleGAN2 now and then, in steps of their own (Karras et
 * al. 2020, arXiv 1912.04958, appendix B).
 *
 * <p>Everything random comes from the seed and the number of the step, and a checkpoint has all
 * that is remembered between steps. So a run that was interrupted goes on as if it had not been.
 */
final class GanLearner implements Learner {

    private static final double FIRST_DECAY = 0;
    private static final double SECOND_DECAY = 0.99;
    private static final int SHEET_COLUMNS = 8;
    private static final int SHEET = SHEET_COLUMNS * SHEET_COLUMNS;

    /** Part of the training from which on the learning rate falls. */
    private static final double SETTLING = 0.75;

    /** What is left of the learning rate at the end. */
    private static final double LAST_RATE = 0.05;

    private static final String STATE = "state";
    private static final String MOMENTS = "Adam.";

    private static final Pattern COLORS =
            Pattern.compile("generator\\.synthesis\\.(\\d+)\\.rgb\\.bias");

    /** Of a block that is added: what its results are linear in. */
    private static final Pattern STARTS_AT_NONE =
            Pattern.compile(
                    "(generator|average)\\.synthesis\\.\\d+\\.rgb\\.weight"
                            + "|discriminator\\.block\\d+\\.(conv1|shortcut)\\.weight");

    private final NDManager manager;
    private final GeneratorShape shape;
    private final TrainingPictures pictures;
    private final GanSettings settings;
    private final long seed;
    private final StyleGenerator generator;
    private final Discriminator discriminator;
    private final Map<String, NDArray> generatorParameters;
    private final Map<String, NDArray> discriminatorParameters;
    private final AdamOptimizer generatorAdam;
    private final AdamOptimizer discriminatorAdam;
    private final MovingAverage average;
    private final AdaptiveProbability augmentation;
    private final GradientPenalty gradientPenalty;
    private PathLengthPenalty pathPenalty;
    private long steps;
    private double lastGradientPenalty;
    private double lastPathLength;

    /**
     * @param manager of all that is kept between steps
     * @param weights of the generator, to begin with; fresh ones have the shape that is wanted
     */
    GanLearner(
            NDManager manager,
            Parameters weights,
            GeneratorShape shape,
            TrainingPictures pictures,
            GanSettings settings,
            long seed) {
        this.manager = manager;
        this.shape = shape;
        this.pictures = pictures;
        this.settings = settings;
        this.seed = seed;
        this.generator = new StyleGenerator(weights, shape);
        Parameters judging = Parameters.random(manager, seed + 1);
        this.discriminator = new Discriminator(judging, shape.channels());
        this.generatorParameters = new LinkedHashMap<>(weights.arrays());
        generatorParameters.keySet().removeIf(name -> !isTrained(name));
        this.discriminatorParameters = judging.arrays();
        this.generatorAdam = adam(manager, generatorParameters, settings.pathInterval());
        this.discriminatorAdam =
                adam(manager, discriminatorParameters, settings.gradientInterval());
        this.average = new MovingAverage(manager, generatorParameters, settings.averageDecay());
        this.augmentation =
                new AdaptiveProbability(settings.augmentationPictures(), settings.batch());
        this.gradientPenalty = new GradientPenalty(settings.gamma() * settings.gradientInterval());
        this.pathPenalty = pathPenalty(0);
    }

    private static boolean isTrained(String name) {
        return name.startsWith("mapping.") || name.startsWith("synthesis.");
    }

    /** Steps of the regulariser come on top, so the memory of a step is shorter accordingly. */
    private static AdamOptimizer adam(
            NDManager manager, Map<String, NDArray> parameters, int interval) {
        double share = share(interval);
        return new AdamOptimizer(
                manager,
                parameters,
                new AdamOptimizer.Decay(
                        Math.pow(FIRST_DECAY, share), Math.pow(SECOND_DECAY, share)),
                Double.MAX_VALUE);
    }

    private static double share(int interval) {
        return interval / (interval + 1.0);
    }

    private PathLengthPenalty pathPenalty(double mean) {
        return new PathLengthPenalty(settings.pathWeight() * settings.pathInterval(), mean);
    }

    /** Real pictures of a step, {@code float[batch * 3 * R * R]}; safe for several threads. */
    float[] batch(long step) {
        SplittableRandom random = random(step, 0);
        int size = 3 * shape.resolution() * shape.resolution();
        float[] batch = new float[settings.batch() * size];
        for (int i = 0; i < settings.batch(); i++) {
            pictures.draw(random, batch, i * size);
        }
        return batch;
    }

    private SplittableRandom random(long step, int purpose) {
        return new SplittableRandom((seed * 1_000_003 + step) * 7 + purpose);
    }

    GeneratorShape shape() {
        return shape;
    }

    /** Steps that were done, by this run and those that it takes up. */
    long steps() {
        return steps;
    }

    @Override
    public double step(Moment moment, Map<String, Double> metrics) {
        return step(batch(steps), moment.done(), metrics);
    }

    /**
     * @param real as {@link #batch} makes it
     * @param done part of the training that is over, 0 to 1
     * @return the generator's loss
     */
    double step(float[] real, double done, Map<String, Double> metrics) {
        double rate = settings.learningRate() * decay(done);
        double rateD = rate * share(settings.gradientInterval());
        double rateG = rate * share(settings.pathInterval());
        require(generatorParameters, true);
        require(discriminatorParameters, true);
        double loss;
        try (NDManager scratch = manager.newSubManager()) {
            // Both networks learn from the same generated pictures, which are made once.
            NDArray fake = fake(scratch, random(steps, 1));
            metrics.put("lossD", discriminate(fake.stopGradient(), real, metrics));
            discriminatorAdam.step(rateD);
            if (isDue(settings.gradientInterval())) {
                smoothDiscriminator(real, metrics);
                discriminatorAdam.step(rateD);
                lastGradientPenalty = metrics.get("r1") / settings.gradientInterval();
            }
            require(discriminatorParameters, false);
            loss = generate(fake);
        }
        metrics.put("lossG", loss);
        generatorAdam.step(rateG);
        if (isDue(settings.pathInterval())) {
            smoothGenerator(metrics);
            generatorAdam.step(rateG);
            lastPathLength = metrics.get("pathLength");
        }
        steps++;
        average.update(steps);
        metrics.put("r1", lastGradientPenalty);
        metrics.put("pathLength", lastPathLength);
        metrics.put("augmentation", augmentation.probability());
        return loss;
    }

    /** Falls in the end, so that what the two drive each other to and fro about settles. */
    private static double decay(double done) {
        return 1 - (1 - LAST_RATE) * Math.max(0, done - SETTLING) / (1 - SETTLING);
    }

    private boolean isDue(int interval) {
        return steps % interval == 0;
    }

    private static void require(Map<String, NDArray> parameters, boolean gradients) {
        parameters.values().forEach(p -> p.setRequiresGradient(gradients));
    }

    private NDArray real(NDManager scratch, float[] batch) {
        return scratch.create(
                batch, new Shape(settings.batch(), 3, shape.resolution(), shape.resolution()));
    }

    private Augmentation augmentation(NDManager scratch, SplittableRandom random) {
        return Augmentation.draw(
                scratch, settings.batch(), shape.resolution(), augmentation.probability(), random);
    }

    private NDArray fake(NDManager scratch, SplittableRandom random) {
        StyleMixing mixing =
                StyleMixing.draw(scratch, shape, settings.batch(), settings.mixing(), random);
        return generator.pictures(
                mixing.wPlus(generator), LayerNoise.of(scratch, shape, settings.batch(), random));
    }

    /** {@code softplus(D(fake)) + softplus(-D(real))}. */
    private double discriminate(NDArray fake, float[] batch, Map<String, Double> metrics) {
        SplittableRandom random = random(steps, 5);
        try (NDManager scratch = manager.newSubManager()) {
            fake.attach(scratch);
            NDArray fakeScores = discriminator.forward(augmentation(scratch, random).forward(fake));
            NDArray realScores =
                    discriminator.forward(
                            augmentation(scratch, random).forward(real(scratch, batch)));
            NDArray loss =
                    Activation.softPlus(fakeScores)
                            .mean()
                            .add(Activation.softPlus(realScores.neg()).mean());
            backward(loss);
            float[] scores = realScores.toFloatArray();
            augmentation.update(scores);
            double signs = 0;
            for (float score : scores) {
                signs += Math.signum(score) / scores.length;
            }
            metrics.put("realSign", signs);
            metrics.put("realScore", (double) realScores.mean().getFloat());
            metrics.put("fakeScore", (double) fakeScores.mean().getFloat());
            return loss.getFloat();
        }
    }

    private void smoothDiscriminator(float[] batch, Map<String, Double> metrics) {
        try (NDManager scratch = manager.newSubManager()) {
            Augmentation augmented = augmentation(scratch, random(steps, 2));
            backward(
                    gradientPenalty.of(
                            x -> discriminator.forward(augmented.forward(x)),
                            real(scratch, batch),
                            gradients -> require(discriminatorParameters, gradients),
                            metrics));
        }
    }

    /** {@code softplus(-D(fake))}. */
    private double generate(NDArray fake) {
        NDArray scores =
                discriminator.forward(
                        augmentation(fake.getManager(), random(steps, 3)).forward(fake));
        NDArray loss = Activation.softPlus(scores.neg()).mean();
        backward(loss);
        return loss.getFloat();
    }

    /** With half the samples, as in the paper. */
    private void smoothGenerator(Map<String, Double> metrics) {
        SplittableRandom random = random(steps, 4);
        int samples = Math.max(1, settings.batch() / 2);
        int side = shape.resolution();
        try (NDManager scratch = manager.newSubManager()) {
            StyleMixing mixing =
                    StyleMixing.draw(scratch, shape, samples, settings.mixing(), random);
            List<NDArray> noise = LayerNoise.of(scratch, shape, samples, random);
            backward(
                    pathPenalty.of(
                            w -> generator.pictures(w, noise),
                            () -> mixing.wPlus(generator),
                            LayerNoise.normal(scratch, random, samples, 3, side, side),
                            gradients -> require(generatorParameters, gradients),
                            metrics));
        }
    }

    private static void backward(NDArray loss) {
        JniUtils.backward(
                (PtNDArray) loss,
                (PtNDArray) loss.getManager().ones(loss.getShape()),
                false,
                false);
    }

    /** All arrays that are kept between steps, by name. */
    private Map<String, NDArray> kept() {
        Map<String, NDArray> kept = new LinkedHashMap<>();
        generatorParameters.forEach((name, array) -> kept.put("generator." + name, array));
        average.arrays().forEach((name, array) -> kept.put("average." + name, array));
        generatorAdam.moments().forEach((name, array) -> kept.put("generatorAdam." + name, array));
        discriminatorParameters.forEach((name, array) -> kept.put("discriminator." + name, array));
        discriminatorAdam
                .moments()
                .forEach((name, array) -> kept.put("discriminatorAdam." + name, array));
        return kept;
    }

    @Override
    public byte[] checkpoint() {
        try (NDManager scratch = manager.newSubManager()) {
            NDList list = new NDList();
            kept().forEach(
                            (name, array) -> {
                                NDArray view = array.stopGradient();
                                view.attach(scratch);
                                NDArray copy = view.duplicate();
                                copy.setName(name);
                                list.add(copy);
                            });
            double[] signs = augmentation.state();
            NDArray state =
                    scratch.create(
                            new double[] {
                                steps,
                                generatorAdam.steps(),
                                discriminatorAdam.steps(),
                                pathPenalty.mean(),
                                lastGradientPenalty,
                                lastPathLength,
                                signs[0],
                                signs[1],
                                signs[2]
                            });
            state.setName(STATE);
            list.add(state);
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    /**
     * Goes on where another one was. Adam begins anew when the checkpoint lacks its moments, as
     * those that are kept for long do.
     *
     * @throws IllegalArgumentException when its networks had other sizes
     */
    void resume(byte[] checkpoint) {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> kept = kept();
            double[] state = null;
            for (NDArray array : NDList.decode(scratch, checkpoint)) {
                if (array.getName().equals(STATE)) {
                    state = array.toDoubleArray();
                    continue;
                }
                NDArray own = kept.remove(array.getName());
                if (own == null || !own.getShape().equals(array.getShape())) {
                    throw new IllegalArgumentException(
                            "the checkpoint's "
                                    + array.getName()
                                    + " "
                                    + array.getShape()
                                    + " is not of this network");
                }
                own.set(array.toType(DataType.FLOAT32, false).toFloatArray());
            }
            boolean forgotten = kept.keySet().removeIf(name -> name.contains(MOMENTS));
            if (state == null || !kept.isEmpty()) {
                throw new IllegalArgumentException(
                        "the checkpoint has no "
                                + (state == null ? STATE : kept.keySet().iterator().next()));
            }
            restore(forgotten ? withoutMoments(state) : state);
        }
    }

    /**
     * Goes on where a learner of smaller pictures was. What it lacks starts so that nothing changes
     * at first: the new colours are none, and the discriminator shrinks the pictures.
     *
     * @throws IllegalArgumentException when the checkpoint has no state
     */
    void grow(byte[] checkpoint) {
        Set<String> fresh = new LinkedHashSet<>(kept().keySet());
        boolean found = false;
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> kept = kept();
            for (NDArray array : NDList.decode(scratch, checkpoint)) {
                String name = array.getName();
                NDArray own = kept.get(name);
                if (name.equals(STATE)) {
                    // The optimizers begin anew, since the loss is another one now.
                    restore(withoutMoments(array.toDoubleArray()));
                    found = true;
                } else if (own != null
                        && !name.contains(MOMENTS)
                        && own.getShape().equals(array.getShape())) {
                    own.set(array.toFloatArray());
                    fresh.remove(name);
                }
            }
            if (!found) {
                throw new IllegalArgumentException("the checkpoint has no " + STATE);
            }
            for (String name : fresh) {
                if (STARTS_AT_NONE.matcher(name).matches()) {
                    kept.get(name).set(new float[(int) kept.get(name).size()]);
                }
            }
        }
    }

    /** Side of the pictures of a checkpoint's generator, pixels. */
    static int resolution(NDManager manager, byte[] checkpoint) {
        int side = 0;
        try (NDManager scratch = manager.newSubManager()) {
            for (NDArray array : NDList.decode(scratch, checkpoint)) {
                Matcher colors = COLORS.matcher(array.getName());
                if (colors.matches()) {
                    side = Math.max(side, Integer.parseInt(colors.group(1)));
                }
            }
        }
        return side;
    }

    private static double[] withoutMoments(double[] state) {
        double[] fresh = state.clone();
        fresh[1] = 0;
        fresh[2] = 0;
        return fresh;
    }

    private void restore(double[] state) {
        steps = (long) state[0];
        generatorAdam.resume((long) state[1]);
        discriminatorAdam.resume((long) state[2]);
        pathPenalty = pathPenalty(state[3]);
        lastGradientPenalty = state[4];
        lastPathLength = state[5];
        augmentation.restore(new double[] {state[6], state[7], state[8]});
    }

    /** Of the averaged generator. */
    @Override
    public byte[] weights() {
        try (NDManager scratch = manager.newSubManager()) {
            return averaged(scratch).write(true);
        }
    }

    private Parameters averaged(NDManager scratch) {
        NDList list = new NDList();
        average.arrays()
                .forEach(
                        (name, array) -> {
                            NDArray copy = array.duplicate();
                            copy.attach(scratch);
                            copy.setName(name);
                            list.add(copy);
                        });
        Parameters parameters =
                Parameters.startingFrom(scratch, list.encode(NDList.Encoding.SAFETENSORS), 0);
        new StyleGenerator(parameters, shape).measureMean(scratch);
        return parameters;
    }

    /**
     * Puts a sheet of what the averaged generator draws beside the weights, always of the same z.
     */
    @Override
    public void saved(Path folder) throws IOException {
        try (NDManager scratch = manager.newSubManager()) {
            StyleGenerator averaged = new StyleGenerator(averaged(scratch), shape);
            SplittableRandom random = new SplittableRandom(seed);
            NDArray z = LayerNoise.normal(scratch, random, SHEET, shape.zSize());
            List<NDArray> noise = LayerNoise.of(scratch, shape, SHEET, random);
            SampleSheet.write(
                    folder.resolve("samples")
                            .resolve(String.format(Locale.ROOT, "step-%07d.png", steps)),
                    averaged.pictures(z, 1, noise).toFloatArray(),
                    shape.resolution(),
                    SHEET_COLUMNS);
        }
    }
}
