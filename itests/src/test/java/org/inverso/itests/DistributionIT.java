/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.inverso.api.CategoryRegistry;
import org.inverso.api.Job;
import org.inverso.api.PhotoException;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.api.StageRegistry;
import org.junit.After;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * The distribution as users get it: it starts whole, reconstructs, lets stages be replaced, and has
 * a clean log.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class DistributionIT {
    private static final String ENCODER = "org.inverso.encoder.cnn";

    @Inject private BundleContext context;
    @Inject private ServiceComponentRuntime components;
    @Inject private Reconstructor reconstructor;
    @Inject private StageRegistry stages;
    @Inject private CategoryRegistry categories;

    @Configuration
    public Option[] distribution() {
        return Distribution.options();
    }

    /** Whatever a test did, nobody may have found reason to complain. */
    @After
    public void logIsClean() throws IOException {
        assertEquals("unexpected lines in the log", List.of(), Distribution.trouble());
    }

    @Test
    public void aEveryBundleIsActive() {
        List<String> others =
                Arrays.stream(context.getBundles())
                        .filter(b -> b.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                        .filter(b -> b.getState() != Bundle.ACTIVE)
                        .map(b -> b.getSymbolicName() + " in state " + b.getState())
                        .toList();
        assertEquals(List.of(), others);
    }

    @Test
    public void bEveryComponentIsSatisfied() {
        List<String> unsatisfied = new ArrayList<>();
        int count = 0;
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            if (!component.bundle.symbolicName.startsWith("org.inverso.")) {
                continue;
            }
            count++;
            for (ComponentConfigurationDTO configuration :
                    components.getComponentConfigurationDTOs(component)) {
                if (configuration.state != ComponentConfigurationDTO.ACTIVE
                        && configuration.state != ComponentConfigurationDTO.SATISFIED) {
                    unsatisfied.add(component.name + " in state " + configuration.state);
                }
            }
        }
        assertEquals(List.of(), unsatisfied);
        assertTrue("components of ours: " + count, count >= 10);
    }

    @Test
    public void cEveryStageIsThereAndCarsAreKnown() {
        List<String> kinds =
                stages.stages().stream()
                        .filter(StageRegistry.StageInfo::chosen)
                        .map(StageRegistry.StageInfo::kind)
                        .toList();
        for (String kind :
                List.of(
                        "Imaging",
                        "Segmenter",
                        "Recognizer",
                        "Encoder",
                        "Disentangler",
                        "Refiner",
                        "DifferentiableRasterizer",
                        "AssetBuilder",
                        "Exporter")) {
            assertTrue("a chosen " + kind + " among " + kinds, kinds.contains(kind));
        }
        assertTrue(
                categories.categories().stream()
                        .anyMatch(c -> c.id().equals("car") && c.state().equals("active")));
    }

    @Test
    public void dReconstructsAPhoto() throws Exception {
        Reconstruction result = await(reconstructor.submit(request("car.jpg")));
        ByteBuffer glb = ByteBuffer.wrap(result.files().get("glb")).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("glTF", 0x46546C67, glb.getInt(0));
        assertEquals(2, glb.getInt(4));
        assertEquals(glb.capacity(), glb.getInt(8));
        assertEquals("car", result.report().category());
        assertTrue("mask IoU " + result.report().maskIou(), result.report().maskIou() > 0.7);
        assertEquals((byte) 'P', result.previewPng()[1]);
        assertTrue(result.reportJson().contains("\"maskIou\""));
    }

    @Test
    public void eRefusesWhatIsNoPhoto() throws Exception {
        Job<Reconstruction> job =
                reconstructor.submit(
                        ReconstructionRequest.of(
                                "text.jpg", "no picture".getBytes(StandardCharsets.UTF_8)));
        try {
            await(job);
        } catch (ExecutionException e) {
            assertTrue(e.getCause().toString(), e.getCause() instanceof PhotoException);
            return;
        }
        throw new AssertionError("a text file was reconstructed");
    }

    @Test
    public void fReplacesTheEncoderWhileRequestsRun() throws Exception {
        Bundle encoder =
                Arrays.stream(context.getBundles())
                        .filter(b -> ENCODER.equals(b.getSymbolicName()))
                        .findFirst()
                        .orElseThrow();
        Path jar = Distribution.jarOf(encoder);
        List<Job<Reconstruction>> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(reconstructor.submit(request("before-" + i)));
        }
        await(jobs.get(0));
        long before = encoder.getLastModified();
        try (InputStream in = Files.newInputStream(jar)) {
            encoder.update(in);
        }
        for (int i = 0; i < 2; i++) {
            jobs.add(reconstructor.submit(request("between-" + i)));
        }
        refresh(encoder);
        for (int i = 0; i < 2; i++) {
            jobs.add(reconstructor.submit(request("after-" + i)));
        }
        for (Job<Reconstruction> job : jobs) {
            assertNotNull(await(job).files().get("glb"));
        }
        assertTrue(encoder.getLastModified() > before);
        assertEquals(Bundle.ACTIVE, encoder.getState());
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(
                        List.of(bundle),
                        event -> {
                            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                                refreshed.countDown();
                            }
                        });
        assertTrue(refreshed.await(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static ReconstructionRequest request(String name) throws IOException {
        return ReconstructionRequest.of(name, Distribution.example("car.jpg"));
    }

    private static Reconstruction await(Job<Reconstruction> job)
            throws InterruptedException, ExecutionException, TimeoutException {
        return job.result().get(Distribution.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
