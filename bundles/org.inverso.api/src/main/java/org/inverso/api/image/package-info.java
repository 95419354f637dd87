/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pictures and masks. Pixel (0, 0) is the top left one; its centre lies at (0.5, 0.5). */
@Version("1.1.0")
package org.inverso.api.image;

import org.osgi.annotation.versioning.Version;
