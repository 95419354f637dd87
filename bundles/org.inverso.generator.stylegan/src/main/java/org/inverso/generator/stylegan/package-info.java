/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** StyleGAN2's generator, for use and for training. */
@Version("1.0.0")
package org.inverso.generator.stylegan;

import org.osgi.annotation.versioning.Version;
