package dev.semel.sync.proof;

import dev.semel.testkit.StatementHook;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Delays statements, and fails some transactions after they have drawn their number. */
final class Weather implements StatementHook {
    private static final String BUMP = "UPDATE semel_sync.feeds SET head";

    private final AtomicInteger rollbacks = new AtomicInteger();

    int rollbacks() {
        return rollbacks.get();
    }

    @Override
    public void before(String sql) {
        delay(3);
    }

    @Override
    public void after(String sql) throws SQLException {
        if (sql.contains(BUMP)) {
            delay(30);
            if (ThreadLocalRandom.current().nextInt(100) < 3) {
                rollbacks.incrementAndGet();
                throw new SQLException(
                        "the weather", ThreadLocalRandom.current().nextBoolean() ? "40001" : "XX000");
            }
        }
    }

    private static void delay(int percent) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(100) < percent) {
            LockSupport.parkNanos(random.nextInt(2_000_000));
        }
    }
}
