/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Decoding of untrusted picture bytes, and resampling and writing of pictures. */
@Version("1.0.0")
package org.inverso.imaging;

import org.osgi.annotation.versioning.Version;
