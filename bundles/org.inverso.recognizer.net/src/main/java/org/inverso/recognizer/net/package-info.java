/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** The recognizer's network, for use and for training. */
@Version("1.2.0")
package org.inverso.recognizer.net;

import org.osgi.annotation.versioning.Version;
