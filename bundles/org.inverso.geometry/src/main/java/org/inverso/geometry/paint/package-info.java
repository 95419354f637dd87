/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Albedo textures for templates: coats with their markings, painted onto the atlas. */
@Version("1.0.0")
package org.inverso.geometry.paint;

import org.osgi.annotation.versioning.Version;
