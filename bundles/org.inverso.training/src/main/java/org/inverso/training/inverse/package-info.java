/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Learning shape, camera and texture from a generator's pictures alone. */
@Version("1.0.0")
package org.inverso.training.inverse;

import org.osgi.annotation.versioning.Version;
