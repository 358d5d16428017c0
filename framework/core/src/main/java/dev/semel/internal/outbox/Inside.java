package dev.semel.internal.outbox;

import dev.semel.internal.GuardedConnection;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.OutboxEvent;
import dev.semel.outbox.PartlyDeliveredException;
import java.sql.Connection;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn's deliveries to sinks in the database, in the transaction that acknowledges them. What came of them is in the order of the
 * deliveries. Used once, by one thread.
 */
final class Inside {
    private static final Logger LOG = LoggerFactory.getLogger(Inside.class);

    private final Connection connection;
    private final Attempts attempts;

    Inside(Connection connection, Attempts attempts) {
        this.connection = connection;
        this.attempts = attempts;
    }

    /**
     * Sink by sink, all in one go.
     *
     * @throws SinkFailedException if a sink fails: the transaction is to be rolled back
     */
    Map<Delivery, Attempt> together(List<Delivery> deliveries) throws InterruptedException {
        Map<String, Batch> batches = new LinkedHashMap<>();
        Map<Delivery, Attempt> expected = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof DatabaseSink sink) {
                boolean waits = attempts.mustWait(delivery);
                expected.put(delivery, waits ? new Attempt.MustWait() : new Attempt.Delivered());
                if (!waits) {
                    batches.computeIfAbsent(delivery.subscription().sinkName(), name -> new Batch(sink))
                            .add(delivery.event());
                }
            }
        }
        for (Batch batch : batches.values()) {
            batch.apply(GuardedConnection.guard(connection));
        }
        return expected;
    }

    /** With a savepoint around each. */
    Map<Delivery, Attempt> oneByOne(List<Delivery> deliveries) throws InterruptedException {
        Map<Delivery, Attempt> made = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.subscription().sink() instanceof DatabaseSink sink) {
                made.put(delivery, attempts.make(delivery, () -> apply(sink, delivery.event())));
            }
        }
        return made;
    }

    private void apply(DatabaseSink sink, OutboxEvent event) throws Exception {
        Savepoint before = connection.setSavepoint();
        try {
            sink.apply(GuardedConnection.guard(connection), event);
            connection.releaseSavepoint(before);
        } catch (Exception | Error failure) {
            connection.rollback(before);
            if (failure instanceof PartlyDeliveredException) {
                throw new IllegalStateException(
                        "what a sink in the database did is rolled back when it fails", failure);
            }
            throw failure;
        }
    }

    /** What one sink is given at once. */
    private record Batch(DatabaseSink sink, List<OutboxEvent> events) {
        Batch(DatabaseSink sink) {
            this(sink, new ArrayList<>());
        }

        void add(OutboxEvent event) {
            events.add(event);
        }

        void apply(Connection guarded) throws InterruptedException {
            try {
                sink.applyAll(guarded, List.copyOf(events));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | Error e) {
                LOG.debug(
                        "a batch failed and is applied one by one: {}",
                        e.getClass().getName());
                throw new SinkFailedException(e);
            }
        }
    }

    /** A sink did not take what it was given at once. */
    static final class SinkFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SinkFailedException(Throwable cause) {
            super(cause);
        }
    }
}
