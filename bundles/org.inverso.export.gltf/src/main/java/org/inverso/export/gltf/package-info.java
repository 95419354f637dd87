/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Assets as binary glTF 2.0. */
@Version("1.0.0")
package org.inverso.export.gltf;

import org.osgi.annotation.versioning.Version;
