package dev.semel.books.ledger;

import dev.semel.InvalidPayloadException;
import dev.semel.books.settings.Period;
import dev.semel.spring.web.Filters;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null means any. Immutable.
 *
 * @param from the first day, the company's
 * @param to the last day
 * @param account the code of an account that the entry has a line on
 * @param operation the operation that posted it
 * @param sourceId the row that was posted
 */
public record JournalFilter(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String account,
        @Nullable String operation,
        @Nullable UUID sourceId) {
    /** All entries. */
    public static final JournalFilter NONE = new JournalFilter(null, null, null, null, null);

    /**
     * As a request names it.
     *
     * @throws InvalidPayloadException if a day, an id or an account is none
     */
    public static JournalFilter of(
            @Nullable String from,
            @Nullable String to,
            @Nullable String account,
            @Nullable String operation,
            @Nullable String sourceId) {
        return new JournalFilter(
                Filters.day("from", from),
                Filters.day("to", to),
                code(Filters.text("account", account)),
                Filters.text("operation", operation),
                Filters.id("sourceId", sourceId));
    }

    private static @Nullable String code(@Nullable String account) {
        if (account != null && Account.find(account).isEmpty()) {
            throw InvalidPayloadException.invalid("/account", "must be a code of the chart of accounts");
        }
        return account;
    }

    /** Each twice: whether it is asked for, and what it is compared with. */
    List<@Nullable Object> parameters(Period period) {
        List<@Nullable Object> parameters = new ArrayList<>(period.parameters());
        parameters.addAll(Arrays.asList(operation, operation, sourceId, sourceId, account, account));
        return Collections.unmodifiableList(parameters);
    }
}
