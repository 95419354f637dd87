/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The contract of differentiable rasterizers (DIB-R, arXiv 1908.01210, and what makes it whole).
 */
@Version("1.0.0")
package org.inverso.api.raster;

import org.osgi.annotation.versioning.Version;
