package dev.semel.bench.growth;

import dev.semel.bench.database.BenchDatabase;
import dev.semel.bench.payments.Company;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A database with keys of one tenant that were used before. It is filled once; after a round only what the round made is taken
 * away. Not thread-safe.
 */
public final class GrownDatabase implements AutoCloseable {
    /**
     * In the order in which they were made, as in a table that has grown: first the tombstones of financial writes of two years, then keys
     * whose time was over within the last day and that nobody has pruned, then those whose responses are kept for one or two days more. Of
     * the last two every third is financial and leaves a tombstone. The keys are as random as clients make them.
     */
    private static final String FILL = """
            INSERT INTO semel.idempotency_keys
                   (tenant_id, key, operation_type, payload_hash, fingerprint_version, result_id, response_type,
                    response_content_type, response_body, request_id, created_at, expires_at, purge_at)
            SELECT 'tenant-0', md5('key' || number)::uuid, CASE WHEN financial THEN 'createPayment' ELSE 'updateCustomer' END,
                   decode(md5('one' || number) || md5('two' || number), 'hex'), 1, md5('result' || number)::uuid,
                   'createPayment.v1', 'application/json',
                   CASE WHEN share > 0.4 THEN convert_to(rpad(md5('response' || number), 250, md5('more' || number)), 'UTF8') END,
                   md5('request' || number)::uuid, expires_at - interval '48 hours', expires_at,
                   CASE WHEN financial THEN expires_at + interval '7 years' ELSE expires_at END
              FROM (SELECT number, share, share <= 0.4 OR number %% 3 = 0 AS financial,
                           CASE WHEN share <= 0.4 THEN now() - interval '3 days' - interval '2 years' * (0.4 - share) / 0.4
                                WHEN share <= 0.7 THEN now() - interval '1 hour' - interval '1 day' * (0.7 - share) / 0.3
                                ELSE now() + interval '1 day' + interval '1 day' * (share - 0.7) / 0.3 END AS expires_at
                      FROM (SELECT number, number / %1$d.0::float8 AS share FROM generate_series(1, %1$d) AS number) AS shares
                   ) AS old
            """;

    /** Empty ones: an insert goes to one month, and what the others hold is none of its business. */
    private static final String MAKE_MONTHS = """
            SELECT semel.audit_make_month((date_trunc('month', now() AT TIME ZONE 'UTC') - ago * interval '1 month')::date)
              FROM generate_series(1, %d) AS ago
            """;

    private static final String TAKE_AWAY = """
            DELETE FROM semel.idempotency_keys AS k USING semel_books.payments AS p
             WHERE k.tenant_id = p.tenant_id AND k.key = p.reference
            """;

    /** Keys that may not go, with what they must still have. */
    private static final String TO_STAY = """
            /* all tenants: the check after a round */
            SELECT count(*) FROM semel.idempotency_keys
             WHERE purge_at > now() AND (response_body IS NOT NULL OR expires_at <= now())
            """;

    private static final String DUE = """
            /* all tenants: the check after a round */
            SELECT count(*) FROM semel.idempotency_keys WHERE response_body IS NOT NULL AND expires_at <= now()
            """;

    private final BenchDatabase database;
    private final Company company = new Company(1);
    private final int keys;
    private final int months;
    private final long toStay;

    private GrownDatabase(BenchDatabase database, int keys, int months) {
        this.database = database;
        this.keys = keys;
        this.months = months;
        database.run(MAKE_MONTHS.formatted(months));
        database.run(FILL.formatted(keys));
        database.run("VACUUM (ANALYZE) semel.idempotency_keys");
        toStay = toStay();
    }

    /** Starts and fills one: ten million keys take some minutes and five gigabytes. */
    public static GrownDatabase with(int keys) {
        return with(keys, 0);
    }

    /**
     * As {@link #with(int)}.
     *
     * @param months of the audit log that have a partition, besides those that are made in any case
     */
    public static GrownDatabase with(int keys, int months) {
        BenchDatabase database = BenchDatabase.start();
        try {
            return new GrownDatabase(database, keys, months);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** For tables. */
    String name() {
        String name = String.format(Locale.ROOT, "%,d keys", keys);
        return months == 0 ? name : name + ", " + months + " more months of audit log";
    }

    BenchDatabase database() {
        return database;
    }

    Company company() {
        return company;
    }

    /** Takes away what the last round made, and has all of it written to the disk. What was pruned stays away. */
    void reset() {
        database.run(TAKE_AWAY);
        company.resetBooks(database);
        database.run("VACUUM semel.idempotency_keys");
        settle();
    }

    /** Has all written to the disk, so that it is not written during another database's round. */
    void settle() {
        database.run("CHECKPOINT");
    }

    /** How many keys could be pruned now. */
    long due() {
        return (long) database.number(DUE);
    }

    private long toStay() {
        return (long) database.number(TO_STAY);
    }

    /**
     * What is wrong with the rows.
     *
     * @param expected how many payments were acknowledged since the reset
     */
    List<String> faults(long expected) {
        List<String> faults = new ArrayList<>(
                company.faults(database, expected, List.of("semel.idempotent_write_audit_log", "semel.outbox_events")));
        long lost = toStay + expected - toStay();
        if (lost != 0) {
            faults.add("keys, or their responses, that should be there and are not: " + lost);
        }
        return faults;
    }

    @Override
    public void close() {
        database.close();
    }
}
