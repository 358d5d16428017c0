package dev.semel.books.refunds;

import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The payload of reversing a refund; the path says which.
 *
 * @param reason up to 200 characters
 */
public record ReverseRefund(
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE) @Nullable
        String reason) {}
