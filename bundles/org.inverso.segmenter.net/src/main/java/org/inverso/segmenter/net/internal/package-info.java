/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/** Implementation. */
package org.inverso.segmenter.net.internal;
