/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.compat;

import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;

/**
 * The subject that a thread works for, with the meaning it had under the security manager: threads
 * inherit it from the thread that makes them.
 */
public final class CurrentSubject {
    private static final InheritableThreadLocal<Subject> CURRENT = new InheritableThreadLocal<>();

    private CurrentSubject() {}

    /**
     * Stands in for {@code Subject.getSubject}.
     *
     * @param context not looked at; there is only the thread's own
     * @return the subject, or null
     */
    public static Subject get(Object context) {
        return CURRENT.get();
    }

    /** Stands in for {@code Subject.doAs}. */
    public static Object doAs(Subject subject, PrivilegedAction<?> action) {
        Subject before = CURRENT.get();
        CURRENT.set(subject);
        try {
            return action.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Stands in for {@code Subject.doAs}. */
    public static Object doAs(Subject subject, PrivilegedExceptionAction<?> action)
            throws PrivilegedActionException {
        Subject before = CURRENT.get();
        CURRENT.set(subject);
        try {
            return action.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PrivilegedActionException(e);
        } finally {
            CURRENT.set(before);
        }
    }
}
