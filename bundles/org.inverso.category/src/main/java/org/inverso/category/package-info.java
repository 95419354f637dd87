/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Category data, checked and loaded. Trainers and tests load a folder; in OSGi the bundle's
 * extender turns each bundle with the capability {@code inverso.category} into a service.
 */
@Version("1.0.0")
package org.inverso.category;

import org.osgi.annotation.versioning.Version;
