package dev.semel.books.payments;

import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The payload of reversing a payment; the path says which.
 *
 * @param reason up to 200 characters
 */
public record ReversePayment(
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE) @Nullable
        String reason) {}
