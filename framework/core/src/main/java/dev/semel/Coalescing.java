package dev.semel;

import java.time.Duration;

/**
 * How calls of {@linkplain Operation.Builder#coalesced coalesced} operations share transactions. Immutable.
 *
 * @param transactionsPerTenant how many run at once for one tenant; calls wait, without a connection, when there are no more, and
 *     those that wait go together. Fewer make larger batches; with one, the tenant has no other batch to wait for. With more than
 *     one, twice as many run as long as the tenant has no more calls than that: so few would only wait for each other
 * @param transactions how many run at once for all tenants together; each takes a connection. Less than the pool has, because
 *     all other operations need theirs
 * @param batchSize how many calls go into one transaction at most. PostgreSQL keeps 64 subtransactions of a transaction at hand, and
 *     handlers may use some themselves. With one, nothing is shared: calls go at once, as those of other operations
 * @param patience how long one runs until another may run beside it, as if it were not there: a single call that waits for a lock
 *     does not hold up its tenant; the number for all tenants stays the limit
 * @param longestWait for a transaction; whoever is not served by then is {@linkplain UnavailableException told to come back}, and
 *     has written nothing
 */
public record Coalescing(
        int transactionsPerTenant, int transactions, int batchSize, Duration patience, Duration longestWait) {
    private static final int MAX_TRANSACTIONS = 1_000;
    private static final int MAX_BATCH = 60;

    /**
     * @throws IllegalArgumentException unless there are 1 to 1,000 transactions, no more per tenant than for all, 1 to 60 calls in
     *     a batch, and patience and wait are positive
     */
    public Coalescing {
        if (transactions < 1 || transactions > MAX_TRANSACTIONS) {
            throw new IllegalArgumentException(
                    "there must be 1 to 1000 transactions for calls that are taken together");
        }
        if (transactionsPerTenant < 1 || transactionsPerTenant > transactions) {
            throw new IllegalArgumentException("a tenant must have 1 to " + transactions + " transactions");
        }
        if (batchSize < 1 || batchSize > MAX_BATCH) {
            throw new IllegalArgumentException("1 to 60 calls must be taken together");
        }
        if (isNothing(patience) || isNothing(longestWait)) {
            throw new IllegalArgumentException("patience with a transaction and the wait for one must be positive");
        }
    }

    private static boolean isNothing(Duration duration) {
        return duration.isNegative() || duration.isZero();
    }

    /** Two transactions per tenant, six for all, 50 calls in each; a quarter of a second of patience, 10 seconds of waiting. */
    public static Coalescing ofDefaults() {
        return new Coalescing(2, 6, 50, Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    /** Whether calls share transactions at all. */
    public boolean shares() {
        return batchSize > 1;
    }

    /** With that many transactions at once for one tenant. */
    public Coalescing withTransactionsPerTenant(int number) {
        return new Coalescing(number, Math.max(number, transactions), batchSize, patience, longestWait);
    }

    /** With that many transactions at once for all tenants. */
    public Coalescing withTransactions(int number) {
        return new Coalescing(Math.min(number, transactionsPerTenant), number, batchSize, patience, longestWait);
    }

    /** With that many calls in a transaction. */
    public Coalescing withBatchSize(int calls) {
        return new Coalescing(transactionsPerTenant, transactions, calls, patience, longestWait);
    }

    /** With that patience with a transaction that takes long. */
    public Coalescing withPatience(Duration duration) {
        return new Coalescing(transactionsPerTenant, transactions, batchSize, duration, longestWait);
    }

    /** With that longest wait for a transaction. */
    public Coalescing withLongestWait(Duration wait) {
        return new Coalescing(transactionsPerTenant, transactions, batchSize, patience, wait);
    }
}
