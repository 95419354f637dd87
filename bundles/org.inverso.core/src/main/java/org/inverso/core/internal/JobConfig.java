/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.inverso.core.PipelineSettings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Inverso jobs", description = "How requests are worked on.")
@interface JobConfig {

    @AttributeDefinition(
            description = "Requests that run at once; the stages use several cores themselves")
    int parallelism() default 1;

    @AttributeDefinition(
            description =
                    "How long running requests may go on when the service stops, milliseconds")
    long stopMillis() default 30_000;

    @AttributeDefinition(
            description = "Confidence from which on a category is taken without being asked for")
    double recognitionThreshold() default PipelineSettings.DEFAULT_RECOGNITION_THRESHOLD;

    @AttributeDefinition(description = "Side of the square that encoder and refiner see, pixels")
    int cropSize() default PipelineSettings.DEFAULT_CROP_SIZE;

    @AttributeDefinition(
            description = "Longer side of the mask on which the fit is measured, pixels")
    int maskSize() default PipelineSettings.DEFAULT_MASK_SIZE;
}
