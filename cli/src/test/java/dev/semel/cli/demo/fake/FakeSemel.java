package dev.semel.cli.demo.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.semel.cli.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server that follows the contract, but for its fault. Its state survives {@link #killAndRestart}. */
public final class FakeSemel implements RunningServer, AutoCloseable {

    private final JsonMapper json = JsonMapper.builder().build();
    private final ExecutorService executor = Executors.newFixedThreadPool(32);
    private final AtomicInteger kills = new AtomicInteger();
    private final Map<String, Stored> stored = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final FakeBooks books;
    private final Fault fault;
    private final String token;
    private volatile HttpServer http;

    private record Stored(String payload, String answer) {}

    public FakeSemel(Fault fault, String token) {
        this.fault = fault;
        this.token = token;
        this.books = new FakeBooks(fault);
        this.http = listen();
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public Duration killAndRestart() throws InterruptedException {
        kills.incrementAndGet();
        http.stop(0);
        Thread.sleep(100);
        http = listen();
        return Duration.ofMillis(100);
    }

    public int kills() {
        return kills.get();
    }

    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
    }

    private HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(executor);
            server.createContext("/", this::handle);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                refuse(exchange, 401, "UNAUTHENTICATED");
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, read(exchange.getRequestURI()).toString());
            } else {
                post(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode read(URI uri) {
        if (uri.getPath().equals("/api/trial-balance")) {
            return books.trialBalance();
        }
        List<ObjectNode> all = books.list(uri.getPath());
        int from = parameter(uri, "cursor", 0);
        int to = Math.min(all.size(), from + Math.min(20, parameter(uri, "limit", 50)));
        ObjectNode page = json.createObjectNode();
        page.putArray("items").addAll(all.subList(from, to));
        return to < all.size() ? page.put("nextCursor", Integer.toString(to)) : page.putNull("nextCursor");
    }

    private void post(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String payload = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (strikes(3)) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            refuse(exchange, strikes(50) ? 503 : 429, "UNAVAILABLE");
        } else if (fault == Fault.FAILS && path.equals("/api/payments")) {
            refuse(exchange, 500, "INTERNAL");
        } else if (!claim(key)) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            refuse(exchange, 409, "REQUEST_IN_PROGRESS");
        } else {
            try {
                execute(exchange, path, key, payload);
            } finally {
                release(key);
            }
        }
    }

    private void execute(HttpExchange exchange, String path, String key, String payload)
            throws IOException, InterruptedException {
        Stored known = fault == Fault.EXECUTES_EVERY_COPY && path.equals("/api/payments") ? null : stored(key);
        if (known == null) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(8));
            JsonNode body = json.readTree(payload);
            String answer = books.write(path, body).toString();
            store(key, new Stored(payload, answer));
            answerWrite(exchange, 201, "false", answer);
        } else if (!known.payload().equals(payload) && fault != Fault.ACCEPTS_CHANGED_PAYLOADS) {
            refuse(exchange, 409, "IDEMPOTENCY_KEY_REUSED");
        } else {
            String answer = fault == Fault.REWRITES_REPLAYS ? known.answer() + " " : known.answer();
            answerWrite(exchange, 200, fault == Fault.WRONG_HEADER ? "false" : "true", answer);
        }
    }

    private void answerWrite(HttpExchange exchange, int status, String replayed, String body) throws IOException {
        exchange.getResponseHeaders().set("Idempotency-Replayed", replayed);
        if (strikes(5)) {
            // The write is done, and the connection breaks before its answer.
            exchange.close();
        } else {
            answer(exchange, status, body);
        }
    }

    private void refuse(HttpExchange exchange, int status, String code) throws IOException {
        answer(
                exchange,
                status,
                json.createObjectNode().put("status", status).put("code", code).toString());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static boolean strikes(int percent) {
        return ThreadLocalRandom.current().nextInt(100) < percent;
    }

    private synchronized boolean claim(String key) {
        return running.add(key);
    }

    private synchronized void release(String key) {
        running.remove(key);
    }

    private synchronized Stored stored(String key) {
        return stored.get(key);
    }

    private synchronized void store(String key, Stored outcome) {
        stored.put(key, outcome);
    }

    private static int parameter(URI uri, String name, int fallback) {
        Matcher parameter = Pattern.compile("\\b" + name + "=(\\d+)").matcher(uri.getQuery());
        return parameter.find() ? Integer.parseInt(parameter.group(1)) : fallback;
    }
}
