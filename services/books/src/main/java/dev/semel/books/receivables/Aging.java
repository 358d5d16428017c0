package dev.semel.books.receivables;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all customers owe at the end of a day. Immutable.
 *
 * @param items one for each customer and currency in which anything is owed, by the customer's id
 * @param totals by currency, over all customers and not only those of this page: the balance of the receivable account
 * @param nextCursor where to go on; null at the end
 */
public record Aging(
        LocalDate asOf,
        List<AgedCustomer> items,
        SortedMap<String, Aged> totals,
        @Nullable String nextCursor) {
    /** Copies what it is given. */
    public Aging {
        items = List.copyOf(items);
        totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    }
}
