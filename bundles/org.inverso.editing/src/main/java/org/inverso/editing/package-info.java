/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Checks and changes of finished assets. */
@Version("1.0.0")
package org.inverso.editing;

import org.osgi.annotation.versioning.Version;
