/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.segmenter.alpha.internal;

import org.inverso.api.PhotoException;
import org.inverso.api.PhotoException.Reason;
import org.inverso.api.image.Matte;
import org.inverso.api.image.Plane;

/** A matte that is known to hold an object. */
final class Foreground {

    private Foreground() {}

    /**
     * @param complaint the whole message when no pixel reaches {@link Matte#THRESHOLD}
     */
    static Matte checked(Plane alpha, String segmenterId, String complaint) {
        for (float value : alpha.values()) {
            if (value >= Matte.THRESHOLD) {
                return new Matte(alpha, segmenterId);
            }
        }
        throw new PhotoException(Reason.NO_OBJECT, complaint);
    }
}
