/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.PrivilegedAction;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.security.auth.Subject;
import org.inverso.compat.CurrentSubject;
import org.junit.jupiter.api.Test;

class SubjectCallsTest {

    /** As Karaf does it: who am I, on this thread and on one that was made here. */
    public static final class Asking implements Callable<Subject[]> {
        private final Subject subject = new Subject();

        @Override
        @SuppressWarnings("removal")
        public Subject[] call() {
            return Subject.doAs(
                    subject,
                    (PrivilegedAction<Subject[]>)
                            () -> {
                                FutureTask<Subject> other = new FutureTask<>(Asking::current);
                                new Thread(other).start();
                                try {
                                    return new Subject[] {subject, current(), other.get()};
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }

        @SuppressWarnings("removal")
        private static Subject current() {
            return Subject.getSubject(java.security.AccessController.getContext());
        }
    }

    @Test
    void replacedCallsFindTheSubjectOnEveryJava() throws Exception {
        byte[] replaced = new SubjectCalls().replace(bytes(Asking.class));
        Subject[] subjects = (Subject[]) instance(replaced).call();
        assertThat(subjects[1]).isNotNull().isSameAs(subjects[0]);
        assertThat(subjects[2]).isSameAs(subjects[0]);
        assertThat(CurrentSubject.get(null)).isNull();
    }

    @Test
    void leavesOtherClassesAlone() throws IOException {
        assertThat(new SubjectCalls().replace(bytes(Activator.class))).isNull();
    }

    private static Callable<?> instance(byte[] type) throws ReflectiveOperationException {
        ClassLoader loader =
                new ClassLoader(SubjectCallsTest.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve)
                            throws ClassNotFoundException {
                        if (name.equals(Asking.class.getName())) {
                            Class<?> loaded = findLoadedClass(name);
                            return loaded != null
                                    ? loaded
                                    : defineClass(name, type, 0, type.length);
                        }
                        return super.loadClass(name, resolve);
                    }
                };
        return (Callable<?>)
                loader.loadClass(Asking.class.getName()).getDeclaredConstructor().newInstance();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }
}
