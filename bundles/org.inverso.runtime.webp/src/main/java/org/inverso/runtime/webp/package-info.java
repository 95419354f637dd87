/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Pictures as WebP, through libwebp.
 *
 * <p>Why a bundle of its own, and none of the plug-in's types in the signatures: native code is
 * loaded once in a process, and the plug-in never lets go of settings that it once made, nor so of
 * its class loader. Bundles that write WebP can be updated any number of times because nothing of
 * theirs but pixels gets here.
 */
@Version("1.0.0")
package org.inverso.runtime.webp;

import org.osgi.annotation.versioning.Version;
