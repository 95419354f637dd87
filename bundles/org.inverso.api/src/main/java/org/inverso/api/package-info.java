/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Contracts of all stages, and what travels between them. No engine, device or OSGi type appears
 * here.
 */
@Version("1.7.0")
package org.inverso.api;

import org.osgi.annotation.versioning.Version;
