/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Inverso stages",
        description =
                "Which stages are used. Besides the attributes below, one property for each kind"
                        + " names the id to use, or several in order of preference: imaging, segmenter,"
                        + " recognizer, category, encoder, disentangler, rasterizer, refiner,"
                        + " assetBuilder, exporter, previewPainter, inpainter, sheetPainter. Without it service ranking decides, among"
                        + " those that rank 0 or higher.")
@interface StageConfig {

    @AttributeDefinition(
            description =
                    "How long a stage that goes away waits for the requests that use it,"
                            + " milliseconds")
    long drainMillis() default 30_000;

    @AttributeDefinition(
            description = "How long a request waits for a stage that is missing, milliseconds")
    long waitMillis() default 10_000;
}
