package dev.semel.bench.http;

import dev.semel.bench.measure.Burst;
import dev.semel.bench.measure.Measure;
import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Contender;
import dev.semel.bench.round.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many clients that send the same payment at once, some times over with another key. */
public final class HttpStormRound implements Round {
    private static final int STORMS = 5;

    private final Books books;
    private final int clients;

    /** Prepares rounds of storms of so many clients. */
    public HttpStormRound(Books books, int clients) {
        this.books = books;
        this.clients = clients;
    }

    @Override
    public Contender contender() {
        return new Contender("Semel server, storm", "one payment and the same answer for all");
    }

    @Override
    public Measure run() throws Exception {
        String keys = books.newKeys();
        List<Double> millis = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int storm = 0; storm < STORMS; storm++) {
            long number = storm;
            Burst.Result result = Burst.run(clients, () -> books.pay(keys, number), () -> 0);
            millis.add(result.millis());
            faults.addAll(result.faults());
        }
        books.expect(STORMS);
        faults.addAll(books.faults());
        return new Measure(
                Spread.of(millis).median(),
                Map.of("slowest ms", Spread.of(millis).most()),
                faults);
    }
}
