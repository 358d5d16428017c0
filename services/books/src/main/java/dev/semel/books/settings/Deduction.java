package dev.semel.books.settings;

import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What payroll takes from each salary. Immutable.
 *
 * @param name 1 to 50 characters
 * @param percent of the salary, greater than 0 and up to 100, with at most 6 fraction digits
 * @param paidBy {@code employee}: taken from the salary; {@code employer}: paid on top of it
 */
public record Deduction(
        @NotBlank @Pattern(regexp = Texts.SHORT, message = Texts.SHORT_MESSAGE)
        String name,

        @NotNull
        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        String percent,

        @NotNull @Pattern(regexp = "employee|employer", message = "must be employee or employer")
        String paidBy) {}
