package dev.semel.bench.rivals;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.outbox.Deliveries;
import dev.semel.bench.outbox.OutboxContender;
import dev.semel.bench.outbox.OutboxSession;
import dev.semel.bench.round.Contender;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** gruelbox transaction-outbox: submitted after the commit to an executor, as its documentation recommends. */
public record Gruelbox(String version) implements OutboxContender {
    private static final int THREADS = 8;

    /** What is scheduled: transaction-outbox calls a method of a class through a proxy. */
    public static class Receiver {
        private final Deliveries deliveries;

        /** Tells those deliveries. */
        public Receiver(Deliveries deliveries) {
            this.deliveries = deliveries;
        }

        /** An event arrives. */
        public void receive(int number) {
            deliveries.delivered(number);
        }
    }

    @Override
    public Contender contender() {
        return new Contender(
                "transaction-outbox " + version,
                "calls at least once after the commit; a transaction is open meanwhile");
    }

    @Override
    public String pending() {
        return "SELECT count(*) FROM rival.txno_outbox WHERE NOT processed";
    }

    @Override
    public OutboxSession open(Pools pools, Deliveries deliveries) {
        HikariDataSource pool = pools.rival();
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        TransactionManager transactions = TransactionManager.fromDataSource(pool);
        TransactionOutbox outbox = TransactionOutbox.builder()
                .transactionManager(transactions)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                .submitter(Submitter.withExecutor(workers))
                .instantiator(Instantiator.using(type -> new Receiver(deliveries)))
                .build();
        return new Session(outbox, transactions, workers, pool);
    }

    private record Session(
            TransactionOutbox outbox, TransactionManager transactions, ExecutorService workers, HikariDataSource pool)
            implements OutboxSession {
        @Override
        public void start() {
            // Each commit submits its own; a sweep would only find what a crash has left.
        }

        @Override
        public void enqueue(int first, int count) {
            transactions.inTransaction(() -> {
                for (int number = first; number < first + count; number++) {
                    outbox.schedule(Receiver.class).receive(number);
                }
            });
        }

        @Override
        public void close() throws InterruptedException {
            workers.shutdown();
            var unused = workers.awaitTermination(10, TimeUnit.SECONDS);
            pool.close();
        }
    }
}
