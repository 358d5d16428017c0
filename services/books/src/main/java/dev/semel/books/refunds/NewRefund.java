package dev.semel.books.refunds;

import dev.semel.books.input.Finding;
import dev.semel.books.input.SelfCheck;
import dev.semel.books.input.SelfChecked;
import dev.semel.books.money.AmountFindings;
import dev.semel.books.money.DecimalText;
import dev.semel.books.money.Decimals;
import dev.semel.books.money.Money;
import dev.semel.spring.web.StrictId;
import dev.semel.spring.web.Texts;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A refund to be recorded.
 *
 * @param invoiceId whose credit notes it pays back
 * @param amount greater than zero, with no more fraction digits than the currency has
 * @param currency ISO 4217 code, the invoice's
 * @param method how it was paid back, up to 50 characters
 * @param reference what the payee reads, up to 200 characters
 */
@SelfChecked
public record NewRefund(
        @NotNull @JsonDeserialize(using = StrictId.class) UUID invoiceId,

        @NotNull
        @Pattern(regexp = Decimals.PATTERN, message = Decimals.PATTERN_MESSAGE)
        @JsonDeserialize(using = DecimalText.class)
        String amount,

        @NotNull String currency,

        @Pattern(regexp = Texts.SHORT, message = Texts.SHORT_MESSAGE) @Nullable
        String method,

        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE) @Nullable
        String reference)
        implements SelfCheck {

    Money money() {
        return Money.of(amount, currency);
    }

    @Override
    public List<Finding> findings() {
        return AmountFindings.of(amount, currency);
    }
}
