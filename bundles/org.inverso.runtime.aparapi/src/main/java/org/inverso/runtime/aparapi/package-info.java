/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * OpenCL devices and kernels, through Aparapi's native part.
 *
 * <p>Why a bundle of its own, and none of Aparapi's types in the signatures: native code is loaded
 * once in a process, and Aparapi's keeps a global reference to the device of every kernel it ever
 * made, for good. Bundles with kernels can be updated any number of times because nothing of theirs
 * but arrays gets here.
 */
@Version("1.0.0")
package org.inverso.runtime.aparapi;

import org.osgi.annotation.versioning.Version;
