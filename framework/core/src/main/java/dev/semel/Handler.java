package dev.semel;

/**
 * The body of a write. It runs inside the write's transaction, may run again when the transaction is retried, and may not
 * call out of the database: what must leave is {@linkplain Write#emit emitted}.
 *
 * @param <P> the operation's payload type
 * @param <R> the operation's result type
 */
@FunctionalInterface
public interface Handler<P, R> {
    /**
     * Does the work and returns what the caller shall see, now and at every replay.
     *
     * @throws RejectedException to refuse by a business rule: everything is rolled back and the key stays free
     * @throws Exception any other failure: everything is rolled back
     */
    R handle(Write<P> write) throws Exception;
}
