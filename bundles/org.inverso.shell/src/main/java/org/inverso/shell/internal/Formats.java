/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.util.SortedSet;
import java.util.TreeSet;
import org.inverso.api.Exporter;
import org.inverso.api.InversoException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The file formats that the installed exporters write. */
final class Formats {

    private static final String PROPERTY = "inverso.format";

    /** An exporter that is just being replaced is back sooner. */
    private static final long WAIT_MILLIS = 1_000;

    private final BundleContext context;

    Formats(BundleContext context) {
        this.context = context;
    }

    /** All that are there now. */
    SortedSet<String> all() {
        SortedSet<String> formats = new TreeSet<>();
        try {
            for (ServiceReference<Exporter> exporter :
                    context.getServiceReferences(Exporter.class, "(" + PROPERTY + "=*)")) {
                formats.add(exporter.getProperty(PROPERTY).toString());
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return formats;
    }

    /**
     * @throws InversoException when no exporter writes the format, with those that there are
     */
    void require(String format) throws InversoException, InterruptedException {
        if (all().contains(format) || appears(format)) {
            return;
        }
        throw new InversoException(
                "There is no format "
                        + format
                        + "; there "
                        + (all().size() == 1 ? "is " : "are ")
                        + String.join(", ", all()));
    }

    private boolean appears(String format) throws InterruptedException {
        if (!format.chars().allMatch(Character::isLetterOrDigit)) {
            return false;
        }
        try {
            ServiceTracker<Exporter, Exporter> tracker =
                    new ServiceTracker<>(
                            context,
                            FrameworkUtil.createFilter(
                                    "(&(objectClass="
                                            + Exporter.class.getName()
                                            + ")("
                                            + PROPERTY
                                            + "="
                                            + format
                                            + "))"),
                            null);
            tracker.open();
            try {
                return tracker.waitForService(WAIT_MILLIS) != null;
            } finally {
                tracker.close();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
