/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

/** Sheets of random objects of the installed categories. */
public interface CategorySheets {

    /**
     * Draws a sheet in the calling thread, with the stages that are in use now.
     *
     * @param category its id
     * @param seed the same one gives the same sheet
     * @return a PNG file
     * @throws StageUnavailableException when there is no such category, or nothing to draw it with
     * @throws CancelledException when {@code progress} says so
     */
    byte[] draw(String category, long seed, Progress progress);
}
