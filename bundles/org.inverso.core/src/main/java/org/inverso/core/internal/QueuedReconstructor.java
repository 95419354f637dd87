/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import java.time.Duration;
import org.inverso.api.Job;
import org.inverso.api.Reconstruction;
import org.inverso.api.ReconstructionRequest;
import org.inverso.api.Reconstructor;
import org.inverso.core.Pipeline;
import org.inverso.core.PipelineSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reconstructor service: a queue in front of the pipeline. Immediate, so that jobs outlive the
 * client that submitted them.
 */
@Component(
        service = Reconstructor.class,
        immediate = true,
        configurationPid = QueuedReconstructor.PID)
@Designate(ocd = JobConfig.class)
public final class QueuedReconstructor implements Reconstructor {

    static final String PID = "org.inverso.core.jobs";

    private static final Logger LOG = LoggerFactory.getLogger(QueuedReconstructor.class);

    private final LeasingStageRegistry registry;
    private final JobQueue queue;
    private volatile Duration stopBound;

    @Activate
    public QueuedReconstructor(@Reference LeasingStageRegistry registry, JobConfig config) {
        this.registry = registry;
        this.stopBound = stopBound(config);
        this.queue = new JobQueue(registry.pool(), settings(config));
    }

    @Modified
    void modified(JobConfig config) {
        stopBound = stopBound(config);
        queue.configure(settings(config));
    }

    @Deactivate
    void close() {
        if (!queue.close(stopBound)) {
            LOG.warn("A request did not end in time; its thread is left behind");
        }
    }

    @Override
    public Job<Reconstruction> submit(ReconstructionRequest request) {
        return queue.submit(request);
    }

    private static Duration stopBound(JobConfig config) {
        if (config.stopMillis() < 0) {
            throw new IllegalArgumentException(PID + ": stopMillis must not be negative");
        }
        return Duration.ofMillis(config.stopMillis());
    }

    private JobQueue.Settings settings(JobConfig config) {
        PipelineSettings pipeline =
                new PipelineSettings(
                        config.cropSize(), config.maskSize(), config.recognitionThreshold());
        return new JobQueue.Settings(
                new Pipeline(pipeline), config.parallelism(), registry::waitBound);
    }
}
