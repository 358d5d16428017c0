package dev.semel.cli.demo.verify;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Puts what matters of a row into words, the same for a sample, an answer and a row of the database. */
final class Content {

    private Content() {}

    static String customer(String name, @Nullable String email) {
        return "\"" + name + "\" <" + (email == null ? "" : email) + ">";
    }

    static String invoice(String customerId, String status, Amounts amounts) {
        return status + ", " + amounts + ", customer " + customerId;
    }

    static String payment(String invoiceId, BigDecimal amount, String currency) {
        return plain(amount) + " " + currency + " for invoice " + invoiceId;
    }

    /** An invoice's amounts. */
    record Amounts(String currency, BigDecimal total, BigDecimal paid, BigDecimal balance) {

        @Override
        public String toString() {
            return "total " + plain(total) + ", paid " + plain(paid) + ", balance " + plain(balance) + " " + currency;
        }
    }

    private static String plain(BigDecimal amount) {
        // Scale is a matter of presentation: 1.5 and 1.50 are one amount.
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
