/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** Through which long work tells how far it is, and learns that it is no longer wanted. */
public interface Progress {

    /** For callers that do not watch; never cancelled. */
    Progress NONE =
            new Progress() {
                @Override
                public void report(double fraction, String what) {}

                @Override
                public boolean cancelled() {
                    return false;
                }
            };

    /**
     * @param fraction of the work of this stage that is done, 0 to 1
     * @param what a few words for people
     */
    void report(double fraction, String what);

    boolean cancelled();

    /**
     * @throws CancelledException when the work is no longer wanted
     */
    default void checkCancelled() {
        if (cancelled()) {
            throw new CancelledException();
        }
    }
}
