/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.inject.Inject;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A category that comes, changes and goes as a file in {@code deploy/}, without a restart and
 * without anything else in the container taking notice.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeployIT {

    /** Each kind of damage, and a part of the message that it gets. */
    private static final Map<String, UnaryOperator<WagonJar>> DAMAGES = new LinkedHashMap<>();

    static {
        DAMAGES.put("encoder.safetensors: its SHA-256 is not the declared", WagonJar::wrongHash);
        DAMAGES.put("no node with a mesh for part sail", WagonJar::missingPart);
        DAMAGES.put("holds a number that is not finite", WagonJar::vertexThatIsNoNumber);
        DAMAGES.put("shape.bias has the shape", WagonJar::weightsOfAnotherShape);
        DAMAGES.put("schema 2.0 is not supported", wagon -> wagon.schema("2.0"));
        DAMAGES.put("zeros.bin unpacks to more than", WagonJar::zipBomb);
        DAMAGES.put("'../../evil.txt' leads out of it", WagonJar::entryOutside);
        DAMAGES.put("template '../template.glb' is not valid", WagonJar::templateOutside);
    }

    @Inject private BundleContext context;
    @Inject private Reconstructor reconstructor;
    @Inject private CategoryRegistry categories;

    private final BlockingQueue<BundleEvent> news = new LinkedBlockingQueue<>();
    private final Queue<String> disturbed = new ConcurrentLinkedQueue<>();

    /** What is not to change: identity of the bundle, of its content and of its wiring. */
    private record Standing(long id, long lastModified, BundleWiring wiring) {

        static Standing of(Bundle bundle) {
            return new Standing(
                    bundle.getBundleId(),
                    bundle.getLastModified(),
                    bundle.adapt(BundleWiring.class));
        }
    }

    @Configuration
    public Option[] distribution() {
        return Distribution.options(
                editConfigurationFilePut(
                        "etc/org.apache.felix.fileinstall-deploy.cfg",
                        "felix.fileinstall.poll",
                        "250"));
    }

    @Test
    public void aCategoryComesChangesAndGoesAsAFile() throws Exception {
        Path jar = Path.of(System.getProperty("karaf.base"), "deploy", "wagon.jar");
        Map<String, Standing> before = standing();
        // Not a synchronous listener: it is told when the extender has done its work.
        BundleListener listener = this::note;
        context.addBundleListener(listener);

        new WagonJar("1.0.0").write(jar);
        await(active("1.0.0"));
        requireUse("1.0.0");

        for (Map.Entry<String, UnaryOperator<WagonJar>> damage : DAMAGES.entrySet()) {
            damage.getValue().apply(new WagonJar("1.1.0")).write(jar);
            await(refused(damage.getKey()).and(active("1.0.0")));
        }
        requireUse("1.0.0");

        // A later minor schema is no damage.
        new WagonJar("2.0.0").schema("1.9").write(jar);
        await(active("2.0.0").and(all -> wagons(all).size() == 1));
        requireUse("2.0.0");

        Files.delete(jar);
        await(all -> wagons(all).isEmpty());
        assertEquals(Optional.empty(), categories.find(WagonJar.ID));

        context.removeBundleListener(listener);
        assertEquals("other bundles that were stopped", List.of(), List.copyOf(disturbed));
        assertEquals(before, standing());
        requireLog();
    }

    private Map<String, Standing> standing() {
        Map<String, Standing> standing = new LinkedHashMap<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> Distribution.MUST_STAY.contains(bundle.getSymbolicName()))
                .forEach(bundle -> standing.put(bundle.getSymbolicName(), Standing.of(bundle)));
        assertEquals(Set.copyOf(Distribution.MUST_STAY), standing.keySet());
        return standing;
    }

    private void note(BundleEvent event) {
        boolean wagon = event.getBundle().getLocation().endsWith("wagon.jar");
        boolean harmless =
                Set.of(BundleEvent.INSTALLED, BundleEvent.RESOLVED, BundleEvent.STARTED)
                        .contains(event.getType());
        if (!wagon && !harmless) {
            disturbed.add(event.getBundle().getSymbolicName() + ", event " + event.getType());
        }
        news.add(event);
    }

    private void await(Predicate<List<CategoryStatus>> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Distribution.PATIENCE_SECONDS);
        while (!condition.test(categories.categories())) {
            if (news.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) == null) {
                throw new AssertionError("not in time: " + categories.categories());
            }
        }
    }

    private static List<CategoryStatus> wagons(List<CategoryStatus> all) {
        return all.stream().filter(s -> s.id().equals(WagonJar.ID)).toList();
    }

    private static Predicate<List<CategoryStatus>> active(String version) {
        return all ->
                wagons(all).stream()
                        .anyMatch(s -> s.state().equals("active") && s.version().equals(version));
    }

    private static Predicate<List<CategoryStatus>> refused(String problem) {
        return all ->
                wagons(all).stream()
                        .anyMatch(
                                s -> s.state().equals("refused") && s.problem().contains(problem));
    }

    private void requireUse(String version) throws Exception {
        Reconstruction result =
                reconstructor
                        .submit(
                                new ReconstructionRequest(
                                        "wagon-" + version,
                                        Distribution.example("car.jpg"),
                                        Optional.empty(),
                                        WagonJar.ID,
                                        List.of("glb"),
                                        50,
                                        256,
                                        0))
                        .result()
                        .get(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(WagonJar.ID, result.report().category());
        assertEquals(version, result.report().categoryVersion());
        assertTrue(result.files().get("glb").length > 0);
    }

    /** One line for each damage, and no other complaint. */
    private static void requireLog() throws Exception {
        List<String> lines = Distribution.trouble();
        Consumer<String> isThere =
                problem ->
                        assertTrue(
                                problem + " in the log",
                                lines.stream().anyMatch(line -> line.contains(problem)));
        DAMAGES.keySet().forEach(isThere);
        assertEquals(
                List.of(), lines.stream().filter(line -> !line.contains(" refused: ")).toList());
    }
}
