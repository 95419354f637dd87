/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** How new categories come about: drafted from a model, trained, measured, packaged. */
@Version("1.3.0")
package org.inverso.api.authoring;

import org.osgi.annotation.versioning.Version;
