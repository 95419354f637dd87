/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer.opencl;

import org.inverso.rasterizer.RasterizerTiming;

/** Times warm passes as {@link RasterizerTiming} does. Arguments: device, part of a case's name. */
public final class OpenClTiming {

    private OpenClTiming() {}

    public static void main(String[] args) {
        try (OpenClRasterizer rasterizer =
                new OpenClRasterizer(args.length > 0 ? args[0] : "", 2)) {
            System.out.println(rasterizer.device());
            RasterizerTiming.run(rasterizer, args.length > 1 ? args[1] : "");
        }
    }
}
