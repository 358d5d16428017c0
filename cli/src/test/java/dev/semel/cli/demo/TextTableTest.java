package dev.semel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void namesStandLeftAndNumbersRight() {
        TextTable table = new TextTable("", "sent", "rows found");
        table.add(List.of("customers", "170", "48"));
        table.add(List.of("payments", "12345", "655"));

        assertThat(table.lines())
                .containsExactly(
                        "            sent  rows found",
                        "----------------------------",
                        "customers    170          48",
                        "payments   12345         655");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable("one", "two");

        assertThatThrownBy(() -> table.add(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
    }
}
