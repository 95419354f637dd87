/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.inverso.imaging.ImageIoImaging;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class ObjExporterTest {

    private final Map<String, byte[]> files =
            new ObjExporter(new ImageIoImaging()).export(TwoBoxes.asset(), "my.car");
    private final List<double[]> points = new ArrayList<>();
    private final List<double[]> uvs = new ArrayList<>();
    private final List<double[]> normals = new ArrayList<>();

    /** Faces as {@code int[9]}: point, uv, normal of three corners; by object and material. */
    private final Map<String, List<int[]>> faces = new LinkedHashMap<>();

    private String text(String extension) {
        return new String(files.get(extension), StandardCharsets.UTF_8);
    }

    private void read() {
        String object = "";
        String material = "";
        for (String line : text("obj").split("\n")) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "#" -> {}
                case "mtllib" -> assertThat(line).isEqualTo("mtllib my.car.mtl");
                case "o" -> object = line.substring(2);
                case "usemtl" -> material = line.substring(7);
                case "v" -> points.add(numbers(words, 3));
                case "vt" -> uvs.add(numbers(words, 2));
                case "vn" -> normals.add(numbers(words, 3));
                case "f" -> {
                    assertThat(words).hasSize(4);
                    String[] corners = String.join("/", List.of(words).subList(1, 4)).split("/");
                    int[] face = new int[9];
                    for (int i = 0; i < 9; i++) {
                        face[i] = Integer.parseInt(corners[i]) - 1;
                    }
                    faces.computeIfAbsent(object + ":" + material, k -> new ArrayList<>())
                            .add(face);
                }
                default -> throw new AssertionError("unexpected line: " + line);
            }
        }
    }

    private static double[] numbers(String[] words, int count) {
        assertThat(words).hasSize(count + 1);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Double.parseDouble(words[i + 1]);
        }
        return numbers;
    }

    @Test
    void partsAreObjectsWithNamesOfTheirOwn() {
        read();
        assertThat(faces.keySet()).containsExactly("front_door:car_paint", "front_door_2:glass");
        assertThat(faces.values()).allSatisfy(part -> assertThat(part).hasSize(12));
    }

    @Test
    void partsStandWhereTheirNodesPutThem() {
        read();
        // Half a metre by half a metre by two metres, turned by a quarter about Y.
        List<double[]> box = points.subList(8, 16);
        assertThat(box.stream().mapToDouble(p -> p[0]).max()).hasValue(2);
        assertThat(box.stream().mapToDouble(p -> p[1]).min()).hasValue(0.5);
        assertThat(box.stream().mapToDouble(p -> p[2]).max()).hasValue(10.5);
    }

    @Test
    void cornersOfOnePointShareIt() {
        read();
        assertThat(points).hasSize(16);
        Map<Long, Integer> edges = new HashMap<>();
        faces.values().stream()
                .flatMap(List::stream)
                .forEach(
                        f -> {
                            for (int c = 0; c < 3; c++) {
                                long from = f[3 * c];
                                long to = f[3 * ((c + 1) % 3)];
                                edges.merge(from << 32 | to, 1, Integer::sum);
                            }
                        });
        // Closed and oriented: each edge once in each direction.
        assertThat(edges)
                .allSatisfy(
                        (edge, count) -> {
                            assertThat(count).isEqualTo(1);
                            assertThat(edges).containsKey(edge << 32 | edge >>> 32);
                        });
    }

    @Test
    void facesLookOutwardsLikeTheirNormals() {
        read();
        faces.values().stream()
                .flatMap(List::stream)
                .forEach(
                        f -> {
                            Vector3d a = new Vector3d(points.get(f[0]));
                            Vector3d ab = new Vector3d(points.get(f[3])).sub(a);
                            Vector3d ac = new Vector3d(points.get(f[6])).sub(a);
                            Vector3d n = new Vector3d(normals.get(f[2]));
                            assertThat(ab.cross(ac).normalize().dot(n)).isCloseTo(1, within(1e-5));
                        });
    }

    @Test
    void textureCoordinatesCountFromBelow() {
        read();
        assertThat(uvs).allSatisfy(uv -> assertThat(uv[1]).isEqualTo(0.875));
    }

    @Test
    void materialsNameTheTextureBesideThem() throws Exception {
        assertThat(files).containsOnlyKeys("obj", "mtl", "base_color.jpg");
        assertThat(text("mtl").split("\n"))
                .containsSubsequence(
                        "newmtl car_paint",
                        "Kd 1 0.5 1",
                        "Ke 0 0 1",
                        "d 1",
                        "Pm 0.25",
                        "Pr 0.5",
                        "Pc 0.75",
                        "map_Kd my.car.base_color.jpg",
                        "newmtl glass",
                        "d 0.25");
        assertThat(text("mtl").split("map_Kd")).hasSize(2);
        var texture = ImageIO.read(new ByteArrayInputStream(files.get("base_color.jpg")));
        assertThat(texture.getWidth()).isEqualTo(4);
        assertThat(texture.getRGB(0, 0) >> 16 & 0xff).isGreaterThan(240);
        assertThat(texture.getRGB(0, 0) & 0xff).isLessThan(30);
    }

    @Test
    void provenanceStaysAComment() {
        assertThat(text("obj")).startsWith("# tool: test f 1 1 1\n");
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        Map<String, byte[]> again =
                new ObjExporter(new ImageIoImaging()).export(TwoBoxes.asset(), "my.car");
        assertThat(again.keySet()).containsExactlyElementsOf(files.keySet());
        again.forEach((extension, bytes) -> assertThat(bytes).isEqualTo(files.get(extension)));
    }
}
