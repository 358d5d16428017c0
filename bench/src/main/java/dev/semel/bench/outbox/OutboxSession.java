package dev.semel.bench.outbox;

/** A contender at work. */
public interface OutboxSession extends AutoCloseable {
    /** Starts to deliver. */
    void start();

    /**
     * Inserts events with the numbers from {@code first} on, in one transaction or in the batch that the contender offers.
     *
     * @throws Exception if they were not inserted
     */
    void enqueue(int first, int count) throws Exception;

    @Override
    void close() throws Exception;
}
