/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Karaf's checks of users and roles on new Java versions.
 *
 * <p>Since Java 23 {@code Subject.getSubject} fails, because it belongs to the security manager
 * that Java gave up (JEP 411 and 486). Karaf 4.4 still asks it who the current user is. On those
 * Java versions this bundle makes Karaf's classes ask {@link org.inverso.compat.CurrentSubject}
 * instead; on others it does nothing. It can go when Karaf has moved on.
 */
@Version("1.0.0")
package org.inverso.compat;

import org.osgi.annotation.versioning.Version;
