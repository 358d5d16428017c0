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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * For one operation after another five hundred clients ask for the same write at once, and five hundred of fifty tenants for one each.
 * What one operation has made, the next one builds on. Not thread-safe.
 */
final class StormWaves {
    /** Beside the one that all ask in the name of, which is number 0. */
    static final int COMPANIES = 50;

    private static final int STORM = 500;
    private static final int ONE = 0;
    private static final JsonMapper JSON = new JsonMapper();

    private final TestServer server;
    private final List<Client> companies;
    private final Storm storm;
    /** Ids of what was made, by operation, company and number. */
    private final Map<String, String> made = new HashMap<>();

    private final Set<String> operations = new TreeSet<>();

    /** On a server that knows the {@link #tokens}. */
    StormWaves(TestServer server) {
        this.server = server;
        this.companies = IntStream.rangeClosed(0, COMPANIES)
                .mapToObj(company -> server.as("STORM-" + company))
                .toList();
        this.storm = new Storm(companies.get(ONE).http());
    }

    static String tokens() {
        return IntStream.rangeClosed(0, COMPANIES)
                .mapToObj(company -> "company-%d:alice:admin:STORM-%d".formatted(company, company))
                .collect(Collectors.joining(","));
    }

    /** What a company asks for as its n-th. */
    interface Orders {
        Order of(int company, int n);
    }

    /**
     * Something else under the key of the first order.
     *
     * @param code that it is refused with
     */
    record Misuse(Order order, String code) {}

    Client company(int number) {
        return companies.get(number);
    }

    /** Which operations have had their wave. */
    Set<String> operations() {
        return operations;
    }

    /**
     * A wave, whose misuse is the company's second order.
     *
     * @param operation its name, and after a dot which of its waves this is
     * @param effects the table, and the condition, under which each effect is a row
     */
    void wave(String operation, String effects, Orders orders) {
        wave(operation, effects, orders, new Misuse(orders.of(ONE, 1), "IDEMPOTENCY_KEY_REUSED"));
    }

    void wave(String operation, String effects, Orders orders, Misuse misuse) {
        operations.add(operation.split("\\.", 2)[0]);
        long before = count(effects);
        same(operation, orders.of(ONE, 0), misuse);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1);
        each(operation, orders);
        assertThat(count(effects)).as(operation).isEqualTo(before + 1 + STORM);
    }

    private void same(String operation, Order order, Misuse misuse) {
        HttpRequest request = order.request(companies.get(ONE), operation);
        List<HttpResponse<String>> answers = askedAgain(request, storm.send(Collections.nCopies(STORM, request)));
        assertExecuted(operation, order, answers, 1);
        assertThat(answers)
                .as(operation)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        keep(operation, ONE, 0, answers.get(0));
        HttpRequest other = misuse.order().request(companies.get(ONE), operation);
        HttpResponse<String> refused = storm.send(List.of(other)).get(0);
        assertThat(refused.statusCode()).as(operation).isEqualTo(409);
        assertThat(refused.body()).contains(misuse.code());
    }

    /** Whoever is told that somebody else is publishing asks once more when the storm is over, as clients do. */
    private List<HttpResponse<String>> askedAgain(HttpRequest request, List<HttpResponse<String>> answers) {
        List<HttpResponse<String>> last = new ArrayList<>();
        for (HttpResponse<String> answer : answers) {
            boolean busy = answer.statusCode() == 409 && answer.body().contains("PUBLISH_IN_PROGRESS");
            if (busy) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
            last.add(busy ? storm.send(List.of(request)).get(0) : answer);
        }
        return last;
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
            keep(operation, company, n, id(JSON.readTree(answer.body())));
        }
    }

    private static String id(JsonNode answer) {
        return answer.path("id").asString(answer.at("/changeset/id").asString(""));
    }

    /** An id, for orders to come. */
    void keep(String what, int company, int n, String id) {
        made.put(name(what, company, n), id);
    }

    /** One that exists nowhere for what was not made: the key is what the request is refused for. */
    String made(String operation, int company, int n) {
        return made.getOrDefault(name(operation, company, n), new UUID(0, n).toString());
    }

    private static String name(String operation, int company, int n) {
        return operation + " " + company + " " + n;
    }

    private long count(String effects) {
        return Long.parseLong(server.database().query("SELECT count(*) FROM " + effects));
    }
}
