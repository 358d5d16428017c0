package dev.semel.books.workflows;

import dev.semel.TransactionBody;
import dev.semel.Transactions;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the transactions of one tenant: other tests' runs come along. One of them can be made to fail. Thread-safe. */
final class TenantTransactions implements Transactions {
    private static final int NEXT_FAILS = 1;
    private static final int HAS_FAILED = 2;

    private final Transactions transactions;
    private final String counted;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();

    TenantTransactions(Transactions transactions, String counted) {
        this.transactions = transactions;
        this.counted = counted;
    }

    @Override
    public <T> T run(TransactionBody<T> body) throws Exception {
        return transactions.run(body);
    }

    @Override
    public <T> T run(String tenant, TransactionBody<T> body) throws Exception {
        if (tenant.equals(counted)) {
            count.incrementAndGet();
            if (failing.compareAndSet(NEXT_FAILS, HAS_FAILED)) {
                throw new SQLException("deadlock detected", "40P01");
            }
        }
        return transactions.run(tenant, body);
    }

    int count() {
        return count.get();
    }

    /** Has the next one fail, once. */
    void failOnce() {
        failing.compareAndSet(0, NEXT_FAILS);
    }

    boolean haveFailed() {
        return failing.get() == HAS_FAILED;
    }
}
