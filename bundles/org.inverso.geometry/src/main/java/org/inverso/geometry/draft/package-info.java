/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Templates of categories out of any binary glTF file. */
@Version("1.0.0")
package org.inverso.geometry.draft;

import org.osgi.annotation.versioning.Version;
