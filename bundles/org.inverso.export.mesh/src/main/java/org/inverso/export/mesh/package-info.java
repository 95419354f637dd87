/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Assets as plain meshes, in the pose of the photo: OBJ, PLY, STL. */
@Version("1.0.0")
package org.inverso.export.mesh;

import org.osgi.annotation.versioning.Version;
