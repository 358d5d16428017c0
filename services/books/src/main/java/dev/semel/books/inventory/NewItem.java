package dev.semel.books.inventory;

import dev.semel.books.input.WholeNumber;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An item to be created.
 *
 * @param sku 1 to 50 characters, unique in the tenant
 * @param name 1 to 200 characters of any script
 * @param quantity what is in stock now: a whole number, zero or more
 */
public record NewItem(
        @NotBlank @Pattern(regexp = Texts.SHORT, message = Texts.SHORT_MESSAGE)
        String sku,

        @NotBlank @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String name,

        @NotNull @Min(0) @JsonDeserialize(using = WholeNumber.class)
        Long quantity) {}
