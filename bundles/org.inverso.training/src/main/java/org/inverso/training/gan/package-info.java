/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a generator of pictures learns from: discriminator, losses, augmentation, data. */
@Version("1.0.0")
package org.inverso.training.gan;

import org.osgi.annotation.versioning.Version;
