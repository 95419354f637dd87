/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The differentiable rasterizer on OpenCL devices. */
@Version("1.0.0")
package org.inverso.rasterizer.opencl;

import org.osgi.annotation.versioning.Version;
