package dev.semel.bench.http;

import dev.semel.bench.measure.ClosedLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A server whose books are ready to be paid into, and a count of what was paid. Thread-safe. */
public final class Books {
    private static final int WARM_UP_CLIENTS = 4;
    private static final String PAYMENTS = """
            /* all tenants: the check after a round */
            SELECT count(*) FROM semel_books.payments""";
    private static final String REFERENCES = """
            /* all tenants: the check after a round */
            SELECT count(DISTINCT (tenant_id, reference)) FROM semel_books.payments""";
    private static final String UNBALANCED = """
            /* all tenants: the check after a round */
            SELECT count(*) FROM (SELECT FROM semel_books.journal_lines
                                   GROUP BY tenant_id, entry_id HAVING sum(debit) <> sum(credit)) AS unbalanced""";
    private static final String WAITING = """
            /* all tenants: the check after a round */
            SELECT count(*) FROM semel.outbox_events""";
    private static final Duration LONGEST_DELIVERY = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final ServerProcess server;
    private final BooksClient client;
    private final List<String> invoices;
    private final AtomicLong rounds;
    private final AtomicLong paid;

    private Books(ServerProcess server, BooksClient client, List<String> invoices, AtomicLong rounds, AtomicLong paid) {
        this.server = server;
        this.client = client;
        this.invoices = List.copyOf(invoices);
        this.rounds = rounds;
        this.paid = paid;
    }

    /** Makes a customer and so many invoices on the server. */
    public static Books on(ServerProcess server, int invoices) throws IOException, InterruptedException {
        BooksClient client = BooksClient.of(server);
        return new Books(server, client, client.invoices(invoices), new AtomicLong(), new AtomicLong());
    }

    /** The same books with so many invoices; those that are there are asked for again. */
    Books with(int manyInvoices) throws IOException, InterruptedException {
        return new Books(server, client, client.invoices(manyInvoices), rounds, paid);
    }

    /** The same books, asked for nothing yet, on a server that was started on their data. */
    Books continuedOn(ServerProcess next) throws IOException {
        return new Books(next, BooksClient.of(next), invoices, rounds, paid);
    }

    /** Whether the server counts its writes in metrics. */
    public boolean areCounted() throws IOException, InterruptedException {
        return client.metrics().contains("idempotent_writes_total");
    }

    /** Whether the server logs its writes' boundaries. */
    public boolean areLogged() throws IOException {
        return server.hasLogged("\"boundary\":\"COMMIT\"");
    }

    /** Pays, reads and pays again for so long, with few clients, so that the server has compiled what it runs. */
    public void warmUp(Duration time) throws IOException, InterruptedException {
        String keys = newKeys();
        ClosedLoop loop = new ClosedLoop(WARM_UP_CLIENTS, number -> {
            read(pay(keys, number));
            pay(keys, number);
            return true;
        });
        ClosedLoop.Result result = loop.run(Duration.ZERO, time, Map.of());
        if (!result.failures().isEmpty()) {
            throw new IOException("the server did not get warm: " + result.failures());
        }
        expect(result.acknowledged());
    }

    /** A prefix for keys that no round had before. */
    String newKeys() {
        return "round-" + rounds.incrementAndGet() + "-";
    }

    /** Pays under the key. */
    String pay(String keys, long number) throws IOException, InterruptedException {
        return client.pay(invoices.get((int) (number % invoices.size())), keys + number);
    }

    void read(String payment) throws IOException, InterruptedException {
        client.read(payment);
    }

    /** So many more payments must be there now. */
    void expect(long payments) {
        paid.addAndGet(payments);
    }

    /** Events that were not delivered yet. */
    long waitingEvents() {
        return server.count(WAITING);
    }

    /** So that no round has to bear what the one before it has left to do. */
    void awaitDelivered() throws InterruptedException {
        long start = System.nanoTime();
        while (waitingEvents() > 0) {
            if (System.nanoTime() - start > LONGEST_DELIVERY.toNanos()) {
                throw new IllegalStateException(waitingEvents() + " events were not delivered");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** What is wrong with the rows. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        equal(faults, "payments, of those acknowledged", server.count(PAYMENTS), paid.get());
        equal(faults, "payments with a reference of their own", server.count(REFERENCES), paid.get());
        equal(faults, "entries that do not balance", server.count(UNBALANCED), 0);
        return faults;
    }

    private static void equal(List<String> faults, String what, long found, long expected) {
        if (found != expected) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }
}
