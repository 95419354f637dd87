/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The encoder's network, for use and for training. */
@Version("1.1.0")
package org.inverso.encoder.cnn;

import org.osgi.annotation.versioning.Version;
