package dev.semel.books.employees;

import dev.semel.spring.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An employee to be created.
 *
 * @param name 1 to 200 characters of any script
 * @param email up to 254 characters
 * @param salary of a month
 */
public record NewEmployee(
        @NotBlank @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String name,

        @Size(max = 254) @Pattern(regexp = Texts.EMAIL, message = Texts.EMAIL_MESSAGE) @Nullable
        String email,

        @NotNull @Valid Salary salary) {}
