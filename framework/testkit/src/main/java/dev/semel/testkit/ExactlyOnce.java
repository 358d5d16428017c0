package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.KeyExpiredException;
import dev.semel.Risk;

/**
 * The contract of an operation, as assertions: it executes, and then
 *
 * <ul>
 *   <li>a retry, on another node too, is answered with the same bytes and writes nothing;
 *   <li>something else under the key is refused and writes nothing;
 *   <li>another tenant's call under the same key is a call of its own;
 *   <li>a storm of duplicates, let go at one moment on two nodes, has one effect and one answer;
 *   <li>a call whose last statements fail leaves nothing, and its retry makes the same rows with the same ids;
 *   <li>each execution leaves an audit row for each key, and one event of each type that the operation declares, or as many as
 *       {@link OperationUnderTest.Builder#emits} says, and no other; its result id is the documented one;
 *   <li>after its retention a {@link Risk#FINANCIAL} operation is answered again and never executed again, also when its key has
 *       been pruned; any other is executed anew, once, under its old result id, or answered from its row, or refused with
 *       {@link KeyExpiredException} and writes nothing.
 * </ul>
 *
 * <p>It compares the rows of every table that has a column {@code tenant_id}. Nothing is to be written means that they stay as they
 * are to the byte; each execution must change them alike, but for ids, times and {@linkplain OperationUnderTest.Builder#varies
 * what varies}; other tenants' rows are never touched. So nothing else may write to the database meanwhile. Moves the database's
 * {@linkplain TestDatabase#passTime time} and prunes its keys.
 */
public final class ExactlyOnce {
    private static final int CONNECTIONS = 8;
    private static final int DUPLICATES = 100;

    private final TestDatabase database;
    private final int duplicates;

    private ExactlyOnce(TestDatabase database, int duplicates) {
        this.database = database;
        this.duplicates = duplicates;
    }

    /** On this database, with storms of 100 duplicates. */
    public static ExactlyOnce on(TestDatabase database) {
        return new ExactlyOnce(database, DUPLICATES);
    }

    /** With storms of that many duplicates, each in a thread of its own. */
    public ExactlyOnce duplicates(int number) {
        return new ExactlyOnce(database, number);
    }

    /**
     * Asserts the whole contract. Builds the application twice, each on a pool of its own, as two nodes would be.
     *
     * @throws AssertionError naming the promise that was broken
     */
    public <I> void assertExactlyOnce(OperationUnderTest<I> tested) {
        FailingEnd failingEnd = new FailingEnd();
        try (HikariDataSource here = database.pool(CONNECTIONS);
                HikariDataSource there = database.pool(CONNECTIONS)) {
            Trial<I> trial = new Trial<>(
                    database, tested, tested.on(InterceptedDataSource.of(here, failingEnd)), tested.on(there));
            new Contract<>(trial, failingEnd, duplicates).check();
            new LateContract<>(trial).check();
        }
    }
}
