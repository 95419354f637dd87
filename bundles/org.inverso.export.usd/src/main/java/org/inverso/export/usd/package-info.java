/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Assets as OpenUSD: text layers, and packages with all that they need. */
@Version("1.0.0")
package org.inverso.export.usd;

import org.osgi.annotation.versioning.Version;
