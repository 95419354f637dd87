/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Layers on DJL arrays, and their parameters in safetensors. All images are {@code float[N, C, H,
 * W]}.
 */
@Version("1.2.0")
package org.inverso.network;

import org.osgi.annotation.versioning.Version;
