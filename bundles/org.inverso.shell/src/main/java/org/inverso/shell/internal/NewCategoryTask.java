/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.karaf.shell.api.action.Option;
import org.inverso.api.authoring.CategoryWorkshop;
import org.inverso.api.authoring.CategoryWorkshop.Draft;

/** {@code category new}: a category's source folder out of a model. */
final class NewCategoryTask extends CategoryTask {

    @Option(name = "--from")
    private String from;

    @Option(name = "-o", aliases = "--output")
    private String output;

    @Option(name = "--label")
    private String label;

    @Option(name = "--front")
    private String front = "+z";

    @Option(name = "--length")
    private double length;

    NewCategoryTask() {
        super(
                "new ID --from FILE.glb [-o DIR] [--label TEXT] [--front +z|-z|+x|-x] [--length"
                        + " METRES]");
    }

    @Override
    void run(String id, Place place) throws InterruptedException {
        if (from == null) {
            throw new UsageException("Name the model: category new " + id + " --from FILE.glb");
        }
        if (length < 0 || !Double.isFinite(length)) {
            throw new UsageException("--length is in metres, above 0");
        }
        String shown = output == null ? id : output;
        Path folder = place.resolve(shown);
        CategoryWorkshop.Order order =
                new CategoryWorkshop.Order(
                        place.resolve(from),
                        folder,
                        id,
                        label == null ? capitalised(id) : label,
                        front,
                        length > 0 ? OptionalDouble.of(length) : OptionalDouble.empty());
        Draft draft = place.services().use(CategoryWorkshop.class, w -> w.create(order));
        Console console = place.console();
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s%s -> %s  %d triangles, %d vertices, %d parts%n",
                        console.green("ok "),
                        from,
                        console.bold(shown),
                        draft.triangles(),
                        draft.vertices(),
                        draft.parts().size());
        console.out().println("   parts: " + String.join(", ", draft.parts()));
        console.out().println("   materials: " + String.join(", ", draft.materials()));
        draft.notes().forEach(note -> console.out().println(" - " + note));
        console.out()
                .println(
                        "Next: look through "
                                + shown
                                + "/category.json (kinds of materials, limits and std of the"
                                + " shape), then inverso category train "
                                + shown);
    }

    private static String capitalised(String id) {
        return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1).replace('_', ' ');
    }
}
