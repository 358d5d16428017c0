package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * For one operation after the other: 500 identical requests of one company, and 500 different ones of fifty others. What each made is
 * kept, for the operations that come after it.
 */
final class Waves implements AutoCloseable {
    static final int COMPANIES = 50;
    private static final int STORM = 500;

    /** The company that all ask in the name of. */
    private static final int ONE = 0;

    private static final JsonMapper JSON = new JsonMapper();

    private final String schema;
    private final TestServer server = TestServer.startWith(tokens());
    private final List<Client> companies = IntStream.rangeClosed(0, COMPANIES)
            .mapToObj(company -> server.as("STORM-" + company))
            .toList();
    private final Storm storm = new Storm(companies.get(ONE).http());
    /** Ids of what was made, by operation, company and number. */
    private final Map<String, String> made = new HashMap<>();

    private final Set<String> operations = new TreeSet<>();

    /** @param schema of the tables in which effects are counted */
    Waves(String schema) {
        this.schema = schema;
    }

    private static String tokens() {
        return IntStream.rangeClosed(0, COMPANIES)
                .mapToObj(company -> "company-%d:alice:admin:STORM-%d".formatted(company, company))
                .collect(Collectors.joining(","));
    }

    /** What a company asks for as its n-th. */
    interface Orders {
        Order of(int company, int n);
    }

    TestServer server() {
        return server;
    }

    Client company(int number) {
        return companies.get(number);
    }

    /** The operations that have had their waves. */
    Set<String> operations() {
        return operations;
    }

    void put(String operation, int company, int n, String id) {
        made.put(name(operation, company, n), id);
    }

    /** @param effects the table, and the condition, under which each effect is a row */
    void wave(String operation, String effects, Orders orders) {
        operations.add(operation);
        long before = count(effects);
        same(operation, orders);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1);
        each(operation, orders);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1 + STORM);
    }

    private void same(String operation, Orders orders) {
        Order order = orders.of(ONE, 0);
        HttpRequest request = order.request(companies.get(ONE), operation);
        List<HttpResponse<String>> answers = storm.send(Collections.nCopies(STORM, request));
        assertExecuted(operation, order, answers, 1);
        assertThat(answers)
                .as(operation)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        keep(operation, ONE, 0, answers.get(0));
        HttpRequest misuse = orders.of(ONE, 1).request(companies.get(ONE), operation);
        HttpResponse<String> refused = storm.send(List.of(misuse)).get(0);
        assertThat(refused.statusCode()).as(operation).isEqualTo(409);
        assertThat(refused.body()).contains("IDEMPOTENCY_KEY_REUSED");
    }

    private void each(String operation, Orders orders) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < STORM; i++) {
            int company = 1 + i % COMPANIES;
            requests.add(
                    orders.of(company, i / COMPANIES).request(companies.get(company), operation + "-" + i / COMPANIES));
        }
        List<HttpResponse<String>> answers = storm.send(requests);
        assertExecuted(operation, orders.of(ONE, 0), answers, STORM);
        for (int i = 0; i < STORM; i++) {
            keep(operation, 1 + i % COMPANIES, i / COMPANIES, answers.get(i));
        }
    }

    /** So many are executed, and the others replayed; nothing else happens to any of them. */
    private static void assertExecuted(
            String operation, Order order, List<HttpResponse<String>> answers, int executed) {
        Map<String, Long> ends = answers.stream()
                .map(answer -> answer.statusCode() + " "
                        + answer.headers().firstValue("Idempotency-Replayed").orElse(answer.body()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        Map<String, Long> expected = new TreeMap<>(Map.of(order.executed() + " false", (long) executed));
        if (executed < answers.size()) {
            expected.put(order.replayed() + " true", (long) answers.size() - executed);
        }
        assertThat(ends).as(operation).isEqualTo(expected);
    }

    private void keep(String operation, int company, int n, HttpResponse<String> answer) {
        if (!answer.body().isEmpty()) {
            made.put(
                    name(operation, company, n),
                    JSON.readTree(answer.body()).path("id").asString(""));
        }
    }

    /** One that exists nowhere for what was not made: the key is what the request is refused for. */
    String made(String operation, int company, int n) {
        return made.getOrDefault(name(operation, company, n), new UUID(0, n).toString());
    }

    private static String name(String operation, int company, int n) {
        return operation + " " + company + " " + n;
    }

    private long count(String effects) {
        return Long.parseLong(server.database().query("SELECT count(*) FROM " + schema + "." + effects));
    }

    @Override
    public void close() {
        server.close();
    }
}
