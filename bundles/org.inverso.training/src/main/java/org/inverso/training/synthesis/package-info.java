/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pictures for training, rendered from category templates. */
@Version("2.0.0")
package org.inverso.training.synthesis;

import org.osgi.annotation.versioning.Version;
