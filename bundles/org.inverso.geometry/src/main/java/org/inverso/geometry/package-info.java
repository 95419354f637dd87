/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Meshes on the JVM: reading category templates from glTF, the linear shape space with its pose and
 * their derivatives, welding, Laplacians, normals. Plain Java, no services. Object frame as in
 * glTF: +Y up, the object faces +Z, its left is +X, metres.
 */
@Version("2.2.0")
package org.inverso.geometry;

import org.osgi.annotation.versioning.Version;
