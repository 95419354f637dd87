/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** A finished asset, independent of file formats: a scene graph as in glTF. */
@Version("1.4.0")
package org.inverso.api.asset;

import org.osgi.annotation.versioning.Version;
