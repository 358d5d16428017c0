package dev.semel.bench.payments;

import dev.semel.bench.database.BenchDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The books before a round, and what must be true of them after it. Immutable.
 *
 * @param tenants how many companies; each call is for another one
 */
public record Company(int tenants) {
    private static final int LEAST_INVOICES = 1_000;
    private static final String WITHOUT_KEYS = """
            /* all tenants: each round begins without keys */
            TRUNCATE semel.idempotency_keys, bench.idempotency_keys;
            """;
    private static final String RESET = """
            /* all tenants: each round begins with the same books */
            TRUNCATE semel_books.customers, semel_books.invoices, semel_books.payments, semel_books.journal_entries,
                     semel_books.journal_lines, bench.audit_log, bench.outbox,
                     semel.idempotent_write_audit_log, semel.outbox_events CASCADE;
            INSERT INTO semel_books.customers (tenant_id, id, name)
            SELECT 'tenant-' || tenant, '00000000-0000-0000-0000-000000000000', 'Customer'
              FROM generate_series(0, %1$d - 1) AS tenant;
            INSERT INTO semel_books.invoices
                   (tenant_id, number, id, status, customer_id, currency, total, finalization_id)
            SELECT 'tenant-' || invoice %% %1$d, invoice + 1,
                   ('00000000-0000-0000-0000-' || lpad(to_hex(invoice), 12, '0'))::uuid, 'final',
                   '00000000-0000-0000-0000-000000000000', 'EUR', 1e12,
                   ('00000000-0000-0000-0001-' || lpad(to_hex(invoice), 12, '0'))::uuid
              FROM generate_series(0, %2$d - 1) AS invoice;
            ANALYZE semel_books.customers, semel_books.invoices;
            """;

    /** The call of that number: calls in flight at the same time meet no common invoice. */
    public PaymentCall call(String key, long number) {
        long invoice = number % invoices();
        return PaymentCall.of("tenant-" + invoice % tenants, key, new UUID(0, invoice));
    }

    private int invoices() {
        return Math.max(LEAST_INVOICES, tenants);
    }

    /**
     * Makes the books as they are before each round, and has all of it written to the disk.
     *
     * @param further statements that belong to it
     */
    void reset(BenchDatabase database, String further) {
        database.run(WITHOUT_KEYS);
        resetBooks(database);
        if (!further.isEmpty()) {
            database.run(further);
        }
        database.run("CHECKPOINT");
    }

    /** As {@link #reset}, but the keys stay, and it is the caller's to have all written to the disk. */
    public void resetBooks(BenchDatabase database) {
        database.run(RESET.formatted(tenants, invoices()));
    }

    /**
     * What is wrong with the rows.
     *
     * @param expected how many payments were acknowledged
     * @param tables which must have one row for each payment
     */
    public List<String> faults(BenchDatabase database, long expected, List<String> tables) {
        List<String> faults = new ArrayList<>();
        equal(faults, "payments, of those acknowledged", count(database, "semel_books.payments"), expected);
        equal(faults, "payments with a reference of their own", references(database), expected);
        equal(faults, "journal entries", count(database, "semel_books.journal_entries"), expected);
        equal(faults, "journal lines", count(database, "semel_books.journal_lines"), 2 * expected);
        equal(faults, "invoices that were paid another sum", wronglyPaid(database), 0);
        equal(faults, "entries that do not balance", unbalanced(database), 0);
        tables.forEach(table -> equal(faults, "rows in " + table, count(database, table), expected));
        return faults;
    }

    private static long references(BenchDatabase database) {
        return (long) database.number("""
                /* all tenants: the check after a round */
                SELECT count(DISTINCT (tenant_id, reference)) FROM semel_books.payments""");
    }

    private static long wronglyPaid(BenchDatabase database) {
        return (long) database.number("""
                /* all tenants: the check after a round */
                SELECT count(*) FROM semel_books.invoices i
                 WHERE paid <> (SELECT coalesce(sum(amount), 0) FROM semel_books.payments p
                                 WHERE p.tenant_id = i.tenant_id AND p.invoice_id = i.id)""");
    }

    private static long unbalanced(BenchDatabase database) {
        return (long) database.number("""
                /* all tenants: the check after a round */
                SELECT count(*) FROM (SELECT FROM semel_books.journal_lines
                                       GROUP BY tenant_id, entry_id HAVING sum(debit) <> sum(credit)) AS unbalanced""");
    }

    private static long count(BenchDatabase database, String table) {
        return (long) database.number("/* all tenants: the check after a round */ SELECT count(*) FROM " + table);
    }

    private static void equal(List<String> faults, String what, long found, long expected) {
        if (found != expected) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }
}
