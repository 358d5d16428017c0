package dev.semel.books.receivables;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer owed at the beginning, what was added and paid, and what is owed at the end. Immutable.
 *
 * @param from the first day; null for the beginning
 * @param to the last day; null for now
 * @param opening by currency, before the first day
 * @param closing by currency, at the end of the last day
 * @param items in the order of posting
 * @param nextCursor where to go on; null at the end
 */
public record CustomerStatement(
        UUID customerId,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        SortedMap<String, String> opening,
        SortedMap<String, String> closing,
        List<ReceivableLine> items,
        @Nullable String nextCursor) {
    /** Copies what it is given. */
    public CustomerStatement {
        opening = Collections.unmodifiableSortedMap(new TreeMap<>(opening));
        closing = Collections.unmodifiableSortedMap(new TreeMap<>(closing));
        items = List.copyOf(items);
    }
}
