/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The differentiable rasterizer on the JVM. */
@Version("1.0.0")
package org.inverso.rasterizer;

import org.osgi.annotation.versioning.Version;
