/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Descriptions of a scene. Object frame as in glTF: +Y up, the object faces +Z, its left is +X,
 * metres, standing on y = 0.
 */
@Version("1.0.0")
package org.inverso.api.scene;

import org.osgi.annotation.versioning.Version;
