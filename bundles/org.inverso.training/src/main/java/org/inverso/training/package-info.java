/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Trainers and dataset synthesis. */
@Version("1.0.0")
package org.inverso.training;

import org.osgi.annotation.versioning.Version;
