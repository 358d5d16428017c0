package dev.semel.books.invoices;

import dev.semel.spring.web.Filters;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which invoices are asked for; null means any. Immutable.
 *
 * @param dueBefore the first day on which an invoice is not asked for when it is due on it, nor if it names no due date
 */
public record InvoiceFilter(
        @Nullable InvoiceStatus status,
        @Nullable UUID customerId,
        @Nullable LocalDate dueBefore) {
    /** All invoices. */
    public static final InvoiceFilter NONE = new InvoiceFilter(null, null, null);

    /**
     * As a request names it.
     *
     * @throws dev.semel.InvalidPayloadException if a status, an id or a day is none
     */
    public static InvoiceFilter of(@Nullable String status, @Nullable String customerId, @Nullable String dueBefore) {
        return new InvoiceFilter(
                Filters.constant(InvoiceStatus.class, "status", status),
                Filters.id("customerId", customerId),
                Filters.day("dueBefore", dueBefore));
    }

    /** Each twice: whether it is asked for, and what it is compared with. */
    List<@Nullable Object> parameters() {
        String text = status == null ? null : status.text();
        return Arrays.asList(text, text, customerId, customerId, dueBefore, dueBefore);
    }
}
