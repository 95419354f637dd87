/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.itests;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is left on the heap after a full collection.
 *
 * @param bundleLoaders class loaders of bundles; each live one keeps all classes of its bundle
 * @param bytes of all objects
 */
record LiveMemory(long bundleLoaders, long bytes) {

    private static final String BUNDLE_LOADER =
            "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    /** Collects garbage, and counts. */
    static LiveMemory measure() {
        try {
            // The histogram makes a full collection first. What only soft or phantom references
            // and finalizers held needs another one.
            histogram();
            return parse(histogram());
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String histogram() throws JMException {
        return (String)
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
    }

    /** Lines have rank, instances, bytes, class and module; the last one has the sums. */
    private static LiveMemory parse(String histogram) {
        long loaders = 0;
        long bytes = -1;
        for (String line : histogram.lines().toList()) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 4 && columns[3].equals(BUNDLE_LOADER)) {
                loaders = Long.parseLong(columns[1]);
            } else if (columns[0].equals("Total")) {
                bytes = Long.parseLong(columns[2]);
            }
        }
        if (loaders == 0 || bytes < 0) {
            throw new IllegalStateException("not the expected histogram: " + histogram);
        }
        return new LiveMemory(loaders, bytes);
    }
}
