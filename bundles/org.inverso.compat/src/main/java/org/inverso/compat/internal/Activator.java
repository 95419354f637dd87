/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.compat.internal;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Installs the weaving where Java needs it. */
public final class Activator implements BundleActivator {
    private static final int FIRST_WITHOUT_GET_SUBJECT = 23;

    @Override
    public void start(BundleContext context) {
        if (Runtime.version().feature() >= FIRST_WITHOUT_GET_SUBJECT) {
            SubjectCalls calls = new SubjectCalls();
            context.registerService(
                    WeavingHook.class,
                    woven -> {
                        String bundle = woven.getBundleWiring().getBundle().getSymbolicName();
                        if (bundle == null || !isWoven(bundle)) {
                            return;
                        }
                        byte[] replaced = calls.replace(woven.getBytes());
                        if (replaced != null) {
                            woven.setBytes(replaced);
                            woven.getDynamicImports().add("org.inverso.compat");
                        }
                    },
                    null);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the hook.
    }

    private static boolean isWoven(String bundle) {
        return bundle.startsWith("org.apache.karaf.") || bundle.equals("org.inverso.shell");
    }
}
