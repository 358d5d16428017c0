package dev.semel.books.bank;

import dev.semel.RejectedException;
import dev.semel.books.ledger.Account;
import dev.semel.books.ledger.Posting;
import dev.semel.books.money.Money;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.UUID;

/**
 * What explains a bank transaction.
 *
 * @param kind which way the money went
 * @param amount greater than zero
 * @param reversed whether it does not stand any more
 */
record Explanation(Kind kind, Money amount, boolean reversed) {
    /** What explains money that came in, and money that went out. */
    enum Kind {
        PAYMENT,
        REFUND;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws RejectedException if the bank has seen something else */
    void requireMatch(BankTransaction transaction) {
        if (reversed) {
            throw kind == Kind.PAYMENT
                    ? RejectedException.conflict("PAYMENT_REVERSED", "The payment is reversed.")
                    : RejectedException.conflict("REFUND_REVERSED", "The refund is reversed.");
        }
        if (!transaction.currency().equals(amount.currency().getCurrencyCode())) {
            throw RejectedException.rule("AMOUNT_MISMATCH", "The " + kind.text() + " has another currency.");
        }
        if (new BigDecimal(transaction.amount()).compareTo(signed()) != 0) {
            throw RejectedException.rule("AMOUNT_MISMATCH", "The " + kind.text() + " has another amount.");
        }
    }

    /** As the bank spells it. */
    private BigDecimal signed() {
        return kind == Kind.PAYMENT ? amount.amount() : amount.amount().negate();
    }

    /** What came in was on its way and lies at the bank; what went out left it. */
    Posting posting(UUID id, String operation, UUID transaction) {
        Posting.Line bank = new Posting.Line(Account.BANK, amount);
        Posting.Line clearing = new Posting.Line(Account.CLEARING, amount);
        return kind == Kind.PAYMENT
                ? Posting.of(id, operation, transaction, bank, clearing)
                : Posting.of(id, operation, transaction, clearing, bank);
    }
}
