/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Looking into finished assets, and changing them. */
@Version("1.2.0")
package org.inverso.api.editing;

import org.osgi.annotation.versioning.Version;
