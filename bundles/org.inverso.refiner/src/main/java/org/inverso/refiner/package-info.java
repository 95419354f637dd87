/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Fits scene estimates to pictures. */
@Version("1.0.0")
package org.inverso.refiner;

import org.osgi.annotation.versioning.Version;
