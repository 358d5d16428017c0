package dev.semel.books.ledger;

import dev.semel.books.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry to be posted: what goes to the left equals what goes to the right, in one currency. Immutable.
 *
 * @param id the entry's
 * @param operation the name of the operation that posts it
 * @param sourceId the row that is posted
 * @param debits what goes to the left
 * @param credits what goes to the right
 * @param reverses the entry that it takes back; null for all others
 */
public record Posting(
        UUID id,
        String operation,
        UUID sourceId,
        List<Line> debits,
        List<Line> credits,
        @Nullable UUID reverses) {
    /**
     * An amount on one account.
     *
     * @param amount greater than zero
     */
    public record Line(Account account, Money amount) {}

    /** @throws IllegalArgumentException if the sides differ or a line is not greater than zero */
    public Posting {
        debits = List.copyOf(debits);
        credits = List.copyOf(credits);
        if (sum(debits).compareTo(sum(credits)) != 0) {
            throw new IllegalArgumentException("debits and credits of a journal entry differ");
        }
    }

    /** One that takes no other back. */
    public Posting(UUID id, String operation, UUID sourceId, List<Line> debits, List<Line> credits) {
        this(id, operation, sourceId, debits, credits, null);
    }

    /** The whole amount to the left of one account and to the right of another. */
    public static Posting of(UUID id, String operation, UUID sourceId, Line debit, Line credit) {
        return new Posting(id, operation, sourceId, List.of(debit), List.of(credit));
    }

    Money total() {
        return sum(debits);
    }

    Currency currency() {
        return total().currency();
    }

    int lineCount() {
        return debits.size() + credits.size();
    }

    private static Money sum(List<Line> side) {
        return side.stream()
                .map(Posting::positive)
                .reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException("a journal entry has two sides"));
    }

    private static Money positive(Line line) {
        if (line.amount().amount().signum() <= 0) {
            throw new IllegalArgumentException("a journal line is greater than zero");
        }
        return line.amount();
    }
}
