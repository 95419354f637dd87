/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.inverso.api.CategoryException;
import org.inverso.api.authoring.CategoryWorkshop;
import org.inverso.api.authoring.CategoryWorkshop.Draft;
import org.inverso.api.authoring.CategoryWorkshop.Order;
import org.inverso.api.authoring.CategoryWorkshop.Packaged;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.internal.CategoryFiles;
import org.inverso.category.internal.CategoryWorkshopComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's aeroplane on its way to a bundle. */
class CategoryWorkshopTest {

    private static final Path AEROPLANE = Path.of("../../examples/aeroplane/aeroplane.glb");

    private final CategoryWorkshop workshop = new CategoryWorkshopComponent();
    @TempDir private Path folder;

    private Order order(String id, Path model) {
        return new Order(model, folder.resolve("plane"), id, "Plane", "+z", OptionalDouble.of(35));
    }

    @Test
    void theExampleBecomesACategoryThatLoads() {
        Draft draft = workshop.create(order("plane", AEROPLANE));

        assertThat(draft.targets()).hasSize(8).contains("fuselage_length", "wing_sweep");
        assertThat(draft.parts()).contains("fuselage", "wing_l", "wing_r", "engine_l");
        assertThat(draft.materials()).contains("paint (paint)", "glass (glass)");
        assertThat(draft.notes()).anyMatch(n -> n.contains("its own reflection"));
        assertThat(draft.notes()).noneMatch(n -> n.contains("share their colours"));
        CategoryModel plane = new CategoryLoader().load(folder.resolve("plane"));
        assertThat(plane.id()).isEqualTo("plane");
        assertThat(plane.label()).isEqualTo("Plane");
        assertThat(plane.template().mirrorVertex()).isNotEmpty();
        assertThat(plane.shapePrior().components()).hasSize(1);
        assertThat(plane.template().faceCount()).isEqualTo(draft.triangles());
        assertThat(folder.resolve("plane")).isDirectoryNotContaining("glob:**.draft*");
    }

    @Test
    void whatCannotBeMadeLeavesNothingBehind() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.glb"), "no model");
        assertThatThrownBy(() -> workshop.create(order("plane", broken)))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("broken.glb: ");
        assertThatThrownBy(() -> workshop.create(order("My Plane", AEROPLANE)))
                .hasMessageContaining("is no id");
        assertThat(folder.resolve("plane")).doesNotExist();

        workshop.create(order("plane", AEROPLANE));
        assertThatThrownBy(() -> workshop.create(order("plane", AEROPLANE)))
                .hasMessageContaining("holds a category already");
    }

    @Test
    void aCategoryWithoutNetworksIsNotPacked() {
        workshop.create(order("plane", AEROPLANE));

        assertThatThrownBy(() -> workshop.pack(folder.resolve("plane"), folder.resolve("p.jar")))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining("no weights 'encoder'")
                .hasMessageContaining("category train");
        assertThat(folder.resolve("p.jar")).doesNotExist();
    }

    @Test
    void theBundleHoldsWhatTheDescriptorNamesAndIsTheSameEachTime() throws Exception {
        workshop.create(order("plane", AEROPLANE));
        Path plane = folder.resolve("plane");
        addWeights(plane);
        Files.writeString(plane.resolve("notes.txt"), "not for others");

        Packaged first = workshop.pack(plane, folder.resolve("a/plane.jar"));
        Packaged second = workshop.pack(plane, folder.resolve("b.jar"));

        assertThat(second).isEqualTo(first);
        assertThat(folder.resolve("b.jar")).hasSameBinaryContentAs(folder.resolve("a/plane.jar"));
        try (JarFile jar = new JarFile(folder.resolve("b.jar").toFile())) {
            assertThat(jar.stream().map(e -> e.getName()))
                    .containsExactly(
                            "META-INF/MANIFEST.MF",
                            "MODEL_CARD.md",
                            "category.json",
                            "template.glb",
                            "weights/disentangler.safetensors",
                            "weights/encoder.safetensors");
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Bundle-Version")).isEqualTo("1.0.0");
            assertThat(manifest.getValue("Provide-Capability"))
                    .isEqualTo("inverso.category;inverso.category=plane");
        }
    }

    /** Networks of one number; what they compute is no matter here. */
    private static void addWeights(Path plane) throws IOException {
        byte[] header =
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] file =
                ByteBuffer.allocate(8 + header.length + 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array();
        ObjectMapper mapper = new ObjectMapper();
        Path descriptor = plane.resolve("category.json");
        ObjectNode json = (ObjectNode) mapper.readTree(descriptor.toFile());
        ArrayNode weights = json.putArray("weights");
        Files.createDirectory(plane.resolve("weights"));
        for (String name : List.of("encoder", "disentangler")) {
            String path = "weights/" + name + ".safetensors";
            Files.write(plane.resolve(path), file);
            weights.addObject()
                    .put("name", name)
                    .put("file", path)
                    .put("sha256", CategoryFiles.sha256(file))
                    .put("bytes", file.length);
        }
        mapper.writeValue(descriptor.toFile(), json);
    }
}
