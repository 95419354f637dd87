/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.export.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inverso.api.Exporter;
import org.inverso.api.asset.Asset;
import org.junit.jupiter.api.Test;

class ViewerExporterTest {

    private static final byte[] GLB = {103, 108, 84, 70, 0, 1, 2, 3};

    private final Exporter glb =
            new Exporter() {
                @Override
                public String id() {
                    return "glb";
                }

                @Override
                public String format() {
                    return "glb";
                }

                @Override
                public byte[] export(Asset asset) {
                    return GLB;
                }
            };

    private final Asset asset =
            new Asset("car", List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());

    private String page(String name) {
        Map<String, byte[]> files = new ViewerExporter(glb).export(asset, name);
        assertThat(files).containsOnlyKeys("html");
        return new String(files.get("html"), StandardCharsets.UTF_8);
    }

    @Test
    void pageHoldsTheAssetAndFetchesNothing() {
        String page = page("my car");
        assertThat(page).contains(">" + Base64.getEncoder().encodeToString(GLB) + "</script>");
        assertThat(page).contains("src=\"my car.png\"").doesNotContain("@ASSET@", "@IMPORTS@");
        assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    @Test
    void everyImportIsInThePage() {
        String page = page("car");
        Matcher map =
                Pattern.compile("\"([\\w-]+)\": \"data:text/javascript;base64,([^\"]+)\"")
                        .matcher(page);
        TreeSet<String> known = new TreeSet<>();
        TreeSet<String> wanted = new TreeSet<>();
        collect(page.substring(page.lastIndexOf("<script type=\"module\">")), wanted);
        while (map.find()) {
            known.add(map.group(1));
            byte[] module = Base64.getDecoder().decode(map.group(2));
            collect(new String(module, StandardCharsets.UTF_8), wanted);
        }
        assertThat(known).hasSize(6).containsAll(wanted);
        assertThat(wanted).contains("three", "three-core", "gltf-loader", "geometry-utils");
    }

    /** What a module imports; examples in its comments import, too. */
    private static void collect(String module, TreeSet<String> imports) {
        String code = module.replaceAll("(?m)^\\s*\\*.*$", "");
        Matcher from = Pattern.compile("(?:}|as \\w+) ?from ?['\"]([^'\"]+)['\"];").matcher(code);
        while (from.find()) {
            imports.add(from.group(1));
        }
    }

    @Test
    void namesCannotBreakThePage() {
        assertThat(page("a\"<b&c")).contains("<title>a&quot;&lt;b&amp;c</title>");
    }

    @Test
    void theSameAssetGivesTheSameBytes() {
        assertThat(page("car")).isEqualTo(page("car"));
    }
}
