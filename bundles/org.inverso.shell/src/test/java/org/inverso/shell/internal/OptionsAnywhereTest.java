/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.inverso.api.InversoException;
import org.junit.jupiter.api.Test;

class OptionsAnywhereTest {

    private static final class Example implements Action {
        @Option(name = "-o", aliases = "--output")
        private String output = "out";

        @Option(name = "--seed")
        private long seed;

        @Option(name = "--all")
        private boolean all;

        @Override
        public Object execute() {
            return null;
        }
    }

    private final Example example = new Example();

    private List<String> take(String... arguments) {
        return new OptionsAnywhere(example).takeFrom(List.of(arguments));
    }

    @Test
    void setsOptionsBehindArguments() {
        assertThat(take("a.jpg", "-o", "x", "b.jpg", "--seed=-7", "--all"))
                .containsExactly("a.jpg", "b.jpg");
        assertThat(example.output).isEqualTo("x");
        assertThat(example.seed).isEqualTo(-7);
        assertThat(example.all).isTrue();
    }

    @Test
    void twoDashesEndTheOptions() {
        assertThat(take("a.jpg", "--", "-o", "--seed")).containsExactly("a.jpg", "-o", "--seed");
        assertThat(example.output).isEqualTo("out");
    }

    @Test
    void aliasesWork() {
        assertThat(take("--output", "y")).isEmpty();
        assertThat(example.output).isEqualTo("y");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> take("--sed", "1"))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("--sed");
        assertThatThrownBy(() -> take("--seed", "one"))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("needs a number");
        assertThatThrownBy(() -> take("a.jpg", "-o"))
                .isInstanceOf(InversoException.class)
                .hasMessageContaining("needs a value");
    }
}
