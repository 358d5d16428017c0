package dev.semel.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook's receiver on loopback that keeps what it got. */
final class Receiver implements AutoCloseable {
    static final byte[] SECRET = "a secret of at least 16 bytes".getBytes(StandardCharsets.UTF_8);

    /** What arrived. */
    record Request(HttpExchange exchange, byte[] body) {
        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Receiver(HttpHandler answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(new Request(exchange, exchange.getRequestBody().readAllBytes()));
            answer.handle(exchange);
        });
        server.start();
    }

    static Receiver answering(int status) throws IOException {
        return new Receiver(exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/hook?a=b");
    }

    WebhookSinkBuilder sink() {
        return WebhookSink.builder(uri(), SECRET)
                .allowPlainHttp()
                .allowPrivateAddresses()
                .deadline(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
