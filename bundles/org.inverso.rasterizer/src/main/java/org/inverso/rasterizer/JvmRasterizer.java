/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.rasterizer;

import org.inverso.api.Stage;
import org.inverso.api.raster.DifferentiableRasterizer;
import org.inverso.api.raster.RasterSession;
import org.inverso.api.raster.RasterSettings;
import org.inverso.rasterizer.internal.JvmRasterSession;
import org.inverso.rasterizer.internal.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * DIB-R (Chen et al. 2019, arXiv 1908.01210) in plain Java, with perspective-correct interpolation,
 * near-plane clipping, the nearest faces in the soft mask, and edge antialiasing (Laine et al.
 * 2020, arXiv 2011.03277).
 *
 * <p><b>Soft mask.</b> Beside {@code boxLen}, faces farther than sqrt(20 / sigmaInv) are left out:
 * each would add at most 2.1e-9. With n faces in reach and n &gt; knum, those beyond the nearest
 * knum, at distances of at least d_knum, change the mask by at most
 *
 * <pre>prod(1 - A_j, j &lt;= knum) * (1 - (1 - exp(-d_knum^2 sigmaInv))^(n - knum)).</pre>
 *
 * A covered pixel has mask 1 and no gradient.
 *
 * <p><b>Depth.</b> Ties, after rounding to float, go to the lowest face index. Nothing is cut off
 * at the far plane. Faces are lit on both sides by the normal as it is.
 *
 * <p><b>Antialiasing.</b> An edge shared by two faces is known as such by its vertices: along
 * seams, where vertices are doubled, colour is blended though there is no silhouette. Faces that
 * the near plane cuts are not blended.
 *
 * <p><b>Textures.</b> Texels repeat beyond the borders. Mip levels, trilinear, are chosen by the
 * longer of the two steps to neighbouring samples; the choice of level has no gradient.
 *
 * <p><b>Determinism.</b> Images and gradients are the same bits for any number of threads:
 * gradients are gathered by face, then by vertex, in fixed order.
 *
 * <p><b>Memory</b> of a session is O(B (V + F + samples + texels)). With S = width * height *
 * supersampling^2, bytes a view are about 60 V + 27 F + 36 S for the forward pass, 12 S + 4 C S
 * more for colour and attributes, 32 S more for antialiasing, and 4 for each tile (16 x 16 samples)
 * that a face's box with margin meets. The backward pass has 12 F (5 + C) more, up to 72 F more
 * when lit, 12 S more with texture, and 4 Q S, where Q is one more than the interpolated values
 * that have a gradient, made a multiple of four: 32 S for colour and normals. Each thread has some
 * 40 kB and, for the lists of one tile, 6 kB for each of knum faces. Nothing is of size pixels *
 * knum. Passes allocate nothing once they have seen the scene's sizes and the largest bins.
 *
 * <p>Safe for use by several threads, each with sessions of its own; they share the worker threads.
 */
@Component(
        service = DifferentiableRasterizer.class,
        configurationPid = "org.inverso.rasterizer",
        property = {Stage.ID_PROPERTY + "=" + JvmRasterizer.ID, "service.ranking:Integer=0"})
@Designate(ocd = JvmRasterizer.Config.class)
public final class JvmRasterizer implements DifferentiableRasterizer, AutoCloseable {
    /** The stage's id. */
    public static final String ID = "jvm";

    /** Settings of the rasterizer. */
    @ObjectClassDefinition(name = "Inverso rasterizer (JVM)")
    public @interface Config {
        /** Threads. */
        @AttributeDefinition(
                name = "Threads",
                description = "Threads that work on one pass, 0 for one per core",
                min = "0")
        int threads() default 0;
    }

    private final WorkerPool pool;

    /**
     * For use outside OSGi.
     *
     * @param threads that work on one pass, the caller included; 0 for one per core
     */
    public JvmRasterizer(int threads) {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, not " + threads);
        }
        pool =
                new WorkerPool(
                        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
                        "inverso-rasterizer");
    }

    /** Called by the framework. */
    @Activate
    public JvmRasterizer(Config config) {
        this(config.threads());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String device() {
        return "cpu, " + pool.threads() + (pool.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public RasterSession open(int[] faces, int vertexCount, RasterSettings settings) {
        return new JvmRasterSession(pool, faces, vertexCount, settings);
    }

    /** Lets the worker threads end. Open sessions go on, each on its caller's thread alone. */
    @Override
    @Deactivate
    public void close() {
        pool.close();
    }
}
