/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.compat.internal;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Replaces calls of {@code Subject.getSubject} and {@code doAs} in a class by those of {@code
 * CurrentSubject}.
 */
final class SubjectCalls {
    private static final String SUBJECT = "javax/security/auth/Subject";
    private static final String KARAF = "org/apache/karaf/util/jaas/JaasHelper";
    private static final String CURRENT = "org/inverso/compat/CurrentSubject";
    private static final byte[] MARK = SUBJECT.getBytes(StandardCharsets.US_ASCII);

    /**
     * @return the class with replaced calls, or null when it has none
     */
    byte[] replace(byte[] original) {
        if (!contains(original, MARK)) {
            return null;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        Replacement replacement = new Replacement(writer);
        reader.accept(replacement, 0);
        return replacement.replaced ? writer.toByteArray() : null;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        outer:
        for (int i = 0; i <= bytes.length - part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (bytes[i + j] != part[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    private static final class Replacement extends ClassVisitor {
        private boolean replaced;

        Replacement(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String calledType, boolean itf) {
                    if (opcode == Opcodes.INVOKESTATIC
                            && owner.equals(SUBJECT)
                            && called.equals("getSubject")) {
                        replaced = true;
                        super.visitMethodInsn(
                                opcode,
                                CURRENT,
                                "get",
                                "(Ljava/lang/Object;)Ljavax/security/auth/Subject;",
                                false);
                    } else if (opcode == Opcodes.INVOKESTATIC
                            && (owner.equals(SUBJECT) || owner.equals(KARAF))
                            && called.equals("doAs")) {
                        replaced = true;
                        super.visitMethodInsn(opcode, CURRENT, called, calledType, false);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, calledType, itf);
                    }
                }
            };
        }
    }
}
