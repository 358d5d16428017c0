package dev.semel.bench.http;

import dev.semel.bench.measure.ClosedLoop;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some clients that ask the server again and again. */
public final class HttpRound implements Round {
    private static final int OLD = 100;

    private final Books books;
    private final Request request;
    private final int clients;
    private final Duration time;
    private final Contender contender;

    /** What they ask for. */
    public enum Request {
        /** A payment that is there: what HTTP, the token and a read cost. */
        READ("GET a payment", "reads a row; the base"),
        /** A payment under a new key. */
        PAY("Semel server, POST", "exactly once, audit, event, metrics and boundary log"),
        /** A payment under a key that was used before. */
        RETRY("Semel server, retry", "the stored answer, byte for byte");

        private final String title;
        private final String promise;

        Request(String title, String promise) {
            this.title = title;
            this.promise = promise;
        }
    }

    /** Prepares rounds on the server. */
    public HttpRound(Books books, Request request, int clients, Duration time) {
        this(books, request, clients, time, new Contender(request.title, request.promise));
    }

    /**
     * Prepares rounds on one of several servers.
     *
     * @param contender what this one is called
     */
    public HttpRound(Books books, Request request, int clients, Duration time, Contender contender) {
        this.contender = contender;
        this.books = books;
        this.request = request;
        this.clients = clients;
        this.time = time;
    }

    @Override
    public Contender contender() {
        return contender;
    }

    @Override
    public Measure run() throws Exception {
        String old = books.newKeys();
        List<String> payments = new ArrayList<>();
        for (int number = 0; number < OLD; number++) {
            payments.add(books.pay(old, number));
        }
        books.expect(OLD);
        String fresh = books.newKeys();
        ClosedLoop loop = new ClosedLoop(clients, number -> ask(number, old, fresh, payments));
        books.awaitDelivered();
        ClosedLoop.Result result = loop.run(time.dividedBy(3), time, Map.of());
        double waiting = books.waitingEvents();
        books.expect(result.acknowledged());
        Map<String, Double> details = new LinkedHashMap<>();
        details.put("p50 ms", result.latencies().percentileMillis(0.5));
        details.put("p95 ms", result.latencies().percentileMillis(0.95));
        details.put("p99 ms", result.latencies().percentileMillis(0.99));
        details.put("events waiting", waiting);
        List<String> faults = new ArrayList<>(books.faults());
        faults.addAll(result.failures());
        return new Measure(result.perSecond(), details, faults);
    }

    private boolean ask(long number, String old, String fresh, List<String> payments) throws Exception {
        int again = (int) (number % OLD);
        switch (request) {
            case READ -> books.read(payments.get(again));
            case RETRY -> books.pay(old, again);
            case PAY -> {
                books.pay(fresh, number);
                return true;
            }
        }
        return false;
    }
}
