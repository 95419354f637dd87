/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.api;

import java.util.List;

/** Sheets of objects that do not exist, each seen from several cameras. */
public interface ViewSheets {

    /**
     * Draws a sheet in the calling thread, with the stages that are in use now. Objects are the
     * rows, cameras the columns, in order of azimuth.
     *
     * @throws CategoryException when the category has no generator, or one without views
     * @throws StageUnavailableException when there is no such category, or nothing to draw it with
     * @throws CancelledException when {@code progress} says so
     */
    Sheet draw(Order order, Progress progress);

    /**
     * What is to be drawn.
     *
     * @param category its id
     * @param seed of the first object; the same one gives the same sheet
     * @param objects rows of the sheet
     * @param views columns of the sheet at most; fewer when the generator knows fewer
     * @param truncationPsi 0 gives the mean object, 1 the full variety
     */
    record Order(String category, long seed, int objects, int views, double truncationPsi) {

        public Order {
            if (objects < 1 || views < 1) {
                throw new InversoException("a sheet needs at least one object and one view");
            }
            if (!(truncationPsi >= 0 && truncationPsi <= 1)) {
                throw new InversoException(
                        "truncation is " + truncationPsi + "; give a number from 0 to 1");
            }
        }
    }

    /**
     * @param png a PNG file
     * @param azimuthsDeg of the columns
     */
    record Sheet(byte[] png, List<Double> azimuthsDeg) {}
}
