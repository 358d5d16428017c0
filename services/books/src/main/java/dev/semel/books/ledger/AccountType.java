package dev.semel.books.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;

/** What an account counts, which decides on which side it grows. */
public enum AccountType {
    /** What the company has or is owed. */
    ASSET(Side.DEBIT),
    /** What it owes. */
    LIABILITY(Side.CREDIT),
    /** What it earns. */
    REVENUE(Side.CREDIT),
    /** What it spends. */
    EXPENSE(Side.DEBIT);

    /** A side of the journal. */
    public enum Side {
        /** The left one. */
        DEBIT,
        /** The right one. */
        CREDIT;

        /** As in answers. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Side normalSide;

    AccountType(Side normalSide) {
        this.normalSide = normalSide;
    }

    /** The side on which such an account grows. */
    public Side normalSide() {
        return normalSide;
    }

    /** As in answers. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is on the account: positive on its normal side. */
    BigDecimal balance(BigDecimal debit, BigDecimal credit) {
        return normalSide == Side.DEBIT ? debit.subtract(credit) : credit.subtract(debit);
    }
}
