/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Assets with a viewer around them. */
@Version("1.0.0")
package org.inverso.export.viewer;

import org.osgi.annotation.versioning.Version;
