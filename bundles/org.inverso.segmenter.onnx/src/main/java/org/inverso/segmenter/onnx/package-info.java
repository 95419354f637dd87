/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Foreground mattes from ONNX models in the format of the rembg project. */
@Version("1.0.0")
package org.inverso.segmenter.onnx;

import org.osgi.annotation.versioning.Version;
