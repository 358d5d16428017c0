package dev.semel.bench.http;

import dev.semel.bench.measure.ClosedLoop;
import dev.semel.bench.measure.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured of a server that has just started. */
final class ColdFigures {
    private static final int FIRST_PAYMENTS = 100;
    private static final int INVOICES = 32;
    private static final int CLIENTS = 16;

    private ColdFigures() {}

    /**
     * Pays at once, rests, works.
     *
     * @param pause how long it rests, and how long it works after that
     */
    static Measure measure(ServerProcess server, Books books, Duration pause) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        double ready = server.residentMegabytes();
        List<Double> millis = firstPayments(books);
        figures.put("first payment ms", millis.get(0));
        figures.put(FIRST_PAYMENTS + "th payment ms", millis.get(FIRST_PAYMENTS - 1));
        figures.put("MB when ready", ready);
        Thread.sleep(pause.toMillis());
        figures.put("MB at rest", server.residentMegabytes());
        List<String> faults = new ArrayList<>(load(books.with(INVOICES), pause));
        figures.put("MB under load", server.residentMegabytes());
        faults.addAll(books.faults());
        return new Measure(server.startMillis(), figures, faults);
    }

    private static List<Double> firstPayments(Books books) throws Exception {
        String keys = books.newKeys();
        List<Double> millis = new ArrayList<>();
        for (int number = 0; number < FIRST_PAYMENTS; number++) {
            long start = System.nanoTime();
            books.pay(keys, number);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        books.expect(FIRST_PAYMENTS);
        return millis;
    }

    private static List<String> load(Books books, Duration time) throws Exception {
        String keys = books.newKeys();
        ClosedLoop loop = new ClosedLoop(CLIENTS, number -> {
            books.pay(keys, number);
            return true;
        });
        ClosedLoop.Result result = loop.run(Duration.ZERO, time, Map.of());
        books.expect(result.acknowledged());
        return result.failures();
    }
}
