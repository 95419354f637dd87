/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The neural runtime: DJL with its PyTorch engine, started once in a Java process.
 *
 * <p>All other bundles get tensors from {@link org.inverso.runtime.djl.DjlRuntime} and never deal
 * with class loaders, native libraries or caches themselves.
 */
@Version("1.0.0")
package org.inverso.runtime.djl;

import org.osgi.annotation.versioning.Version;
