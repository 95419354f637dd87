/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The disentangler's network, for use and for training. */
@Version("2.2.0")
package org.inverso.disentangler.mlp;

import org.osgi.annotation.versioning.Version;
