/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.inverso.api.CategoryException;
import org.inverso.api.category.CategoryModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CategoryVerifierTest {

    @TempDir Path folder;

    private final CategoryVerifier verifier = new CategoryVerifier();

    @Test
    void jarAndFolderHaveTheSameCategory() throws IOException {
        CarFiles files = CarFiles.create().version("2.1.0");
        CategoryModel packed = verifier.verify(jar(new CategoryJar(files)));
        CategoryModel unpacked = verifier.verify(files.write(folder.resolve("unpacked")));

        assertThat(packed.id()).isEqualTo("car");
        assertThat(packed.version()).isEqualTo("2.1.0");
        assertThat(packed.sha256()).isEqualTo(unpacked.sha256());
        assertThat(packed.weights("encoder")).isEqualTo(unpacked.weights("encoder")).isNotEmpty();
    }

    static Stream<Arguments> badJars() {
        return Stream.of(
                bad(
                        "the name of its file '../evil.txt' leads out",
                        j -> j.with("../evil.txt", one())),
                bad("the name of its file '/etc/evil' leads out", j -> j.with("/etc/evil", one())),
                bad("a/../../evil' leads out", j -> j.with("a/../../evil", one())),
                bad("..\\evil.txt' leads out", j -> j.with("..\\evil.txt", one())),
                bad("'C:evil.txt' leads out", j -> j.with("C:evil.txt", one())),
                bad("a?b//c' leads out", j -> j.with("a\nb//c", one())),
                bad("zeros.bin unpacks to more than 268435456 bytes", j -> j.withZeros(257L << 20)),
                bad("it has more than 2000 files", CategoryVerifierTest::withManyFiles),
                bad("must declare one category, car, not horse", j -> j.capability("horse")),
                bad(
                        "must declare one category, not 2",
                        j ->
                                j.header(
                                        "Provide-Capability",
                                        "inverso.category;inverso.category=car,"
                                                + "inverso.category;inverso.category=cat")),
                bad(
                        "must declare one category, not 0",
                        j -> j.header("Provide-Capability", "other;x=\"a,inverso.category;b\"")),
                bad(
                        "its manifest names no descriptor in it",
                        j ->
                                j.header(
                                        "Provide-Capability",
                                        "inverso.category;descriptor=\"../category.json\"")),
                bad(
                        "category.json is missing",
                        j -> j.header("Provide-Capability", CATEGORY_AT_ROOT)),
                bad(
                        "its manifest lacks Bundle-SymbolicName",
                        j -> j.header("Bundle-SymbolicName", null)),
                bad(
                        "its manifest lacks Provide-Capability",
                        j -> j.header("Provide-Capability", null)));
    }

    private static final String CATEGORY_AT_ROOT =
            "inverso.category;inverso.category:String=car;uses:=\"x\"";

    private static byte[] one() {
        return new byte[1];
    }

    private static CategoryJar withManyFiles(CategoryJar jar) {
        for (int i = 0; i < 2000; i++) {
            jar.with("many/" + i, one());
        }
        return jar;
    }

    private static Arguments bad(String message, UnaryOperator<CategoryJar> how) {
        return Arguments.of(message, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badJars(String message, UnaryOperator<CategoryJar> how) throws IOException {
        Path jar = jar(how.apply(new CategoryJar(CarFiles.create())));
        assertThatThrownBy(() -> verifier.verify(jar))
                .isInstanceOf(CategoryException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void whatIsNoJar() throws IOException {
        Path missing = folder.resolve("missing.jar");
        assertThatThrownBy(() -> verifier.verify(missing))
                .isInstanceOf(CategoryException.class)
                .hasMessage("there is no such file");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> verifier.verify(text))
                .isInstanceOf(CategoryException.class)
                .hasMessageStartingWith("it is no jar that can be read");
        byte[] whole = new CategoryJar(CarFiles.create()).bytes();
        Path half = Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> verifier.verify(half))
                .isInstanceOf(CategoryException.class)
                .hasMessageStartingWith("it is no jar that can be read");
    }

    /** A jar can state a small size and hold more; then the reading of the file has to stop. */
    @Test
    void falseSizesGainNothing() throws IOException {
        CarFiles files = CarFiles.create();
        files.files.put("template.glb", new byte[65 << 20]);
        byte[] jar = new CategoryJar(files).bytes();
        stateSize(jar, "data/template.glb", 100);
        Path file = Files.write(folder.resolve("false.jar"), jar);
        assertThatThrownBy(() -> verifier.verify(file)).isInstanceOf(CategoryException.class);
    }

    /** Changes the size in the central directory, which is at the jar's end. */
    private static void stateSize(byte[] jar, String name, int size) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = jar.length - 46 - wanted.length; i >= 0; i--) {
            boolean header =
                    jar[i] == 'P' && jar[i + 1] == 'K' && jar[i + 2] == 1 && jar[i + 3] == 2;
            if (header
                    && Arrays.equals(
                            wanted, 0, wanted.length, jar, i + 46, i + 46 + wanted.length)) {
                ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN).putInt(i + 24, size);
                return;
            }
        }
        throw new IllegalStateException(name + " is not in the jar");
    }

    private Path jar(CategoryJar jar) throws IOException {
        return Files.write(folder.resolve("car.jar"), jar.bytes());
    }
}
