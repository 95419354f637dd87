/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a category bundle provides. */
@Version("1.2.0")
package org.inverso.api.category;

import org.osgi.annotation.versioning.Version;
