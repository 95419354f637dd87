/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;

/**
 * Refuses containers that would do harm when somebody unpacks them: too many files, too large ones,
 * or names that lead elsewhere. It relies on the sizes that a container states; files that are read
 * are counted again while they are read, so that a false statement gains nothing.
 */
final class ContainerCheck {

    static final int MAX_FILES = 2000;
    static final long MAX_FILE = 256L << 20;
    static final long MAX_SUM = 512L << 20;

    private static final int SHOWN = 80;

    private ContainerCheck() {}

    /**
     * @throws CategoryException when the container is out of bounds or cannot be read
     */
    static void check(CategoryContainer container) {
        int files = 0;
        long sum = 0;
        try (Stream<CategoryContainer.Entry> entries = container.entries()) {
            Iterator<CategoryContainer.Entry> it = entries.iterator();
            while (it.hasNext()) {
                CategoryContainer.Entry entry = it.next();
                if (++files > MAX_FILES) {
                    throw new CategoryException("it has more than " + MAX_FILES + " files");
                }
                if (leadsOut(entry.name())) {
                    throw new CategoryException(
                            "the name of its file '" + shown(entry.name()) + "' leads out of it");
                }
                if (entry.bytes() > MAX_FILE) {
                    throw new CategoryException(
                            shown(entry.name()) + " unpacks to more than " + MAX_FILE + " bytes");
                }
                sum += Math.max(0, entry.bytes());
                if (sum > MAX_SUM) {
                    throw new CategoryException(
                            "its files unpack to more than " + MAX_SUM + " bytes in all");
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        }
    }

    /** Whether a name is anything but a plain path downwards, on any platform. */
    static boolean leadsOut(String name) {
        return name.isEmpty()
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || Arrays.stream(name.split("/", -1))
                        .anyMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    private static CategoryException unreadable(IOException e) {
        return new CategoryException(
                "it cannot be read: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
    }
}
