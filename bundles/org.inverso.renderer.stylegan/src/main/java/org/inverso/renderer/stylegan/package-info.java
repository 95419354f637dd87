/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The neural renderer's network, for use and for training. */
@Version("1.0.0")
package org.inverso.renderer.stylegan;

import org.osgi.annotation.versioning.Version;
