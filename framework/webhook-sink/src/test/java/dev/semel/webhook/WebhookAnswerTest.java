package dev.semel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.semel.outbox.UndeliverableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookAnswerTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 415, 422})
    void whatTheReceiverRefusesForGoodIsParked(int status) throws Exception {
        assertThat(failureAfter(status))
                .isInstanceOf(UndeliverableException.class)
                .hasMessage("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 408, 425, 429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) throws Exception {
        assertThat(failureAfter(status)).isInstanceOf(IOException.class).hasMessage("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        try (Receiver other = Receiver.answering(200);
                Receiver receiver = new Receiver(exchange -> {
                    exchange.getResponseHeaders().set("Location", other.uri().toString());
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
                WebhookSink sink = receiver.sink().build()) {
            assertThatThrownBy(() -> sink.deliver(Events.event())).isInstanceOf(IOException.class);
            assertThat(receiver.requests).hasSize(1);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void aReceiverThatNeverAnswersCostsNoMoreThanTheDeadline() throws Exception {
        try (Receiver receiver = new Receiver(exchange -> sleep(Duration.ofSeconds(20)));
                WebhookSink sink = receiver.sink().build()) {
            assertFailsInTime(sink);
        }
    }

    @Test
    void headersThatDripCostNoMoreThanTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread dripping = new Thread(() -> drip(server));
            dripping.setDaemon(true);
            dripping.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
            try (WebhookSink sink = WebhookSink.builder(uri, Receiver.SECRET)
                    .allowPlainHttp()
                    .allowPrivateAddresses()
                    .deadline(Duration.ofSeconds(2))
                    .build()) {
                assertFailsInTime(sink);
            }
        }
    }

    @Test
    void aBodyThatDripsHoldsNobodyAndTheStatusCounts() throws Exception {
        try (Receiver receiver = new Receiver(exchange -> endlessBody(exchange, 503, 1, Duration.ofMillis(100)));
                WebhookSink sink = receiver.sink().build()) {
            assertThat(assertFailsInTime(sink)).hasMessage("HTTP 503");
        }
        try (Receiver receiver = new Receiver(exchange -> endlessBody(exchange, 200, 1, Duration.ofMillis(100)));
                WebhookSink sink = receiver.sink().build()) {
            sink.deliver(Events.event());
        }
    }

    @Test
    void aHugeBodyIsNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        try (Receiver receiver =
                        new Receiver(exchange -> written.set(endlessBody(exchange, 200, 8192, Duration.ZERO)));
                WebhookSink sink =
                        receiver.sink().deadline(Duration.ofSeconds(20)).build()) {
            long start = System.nanoTime();
            sink.deliver(Events.event());
            sink.deliver(Events.event());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(written.get()).isLessThan(32L << 20); // the rest is in the kernel's buffers
        }
    }

    @Test
    void noFailureQuotesTheReceiver() throws Exception {
        try (Receiver receiver = new Receiver(exchange -> {
                    byte[] body = "top secret".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(500, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
                WebhookSink sink = receiver.sink().build()) {
            assertThatThrownBy(() -> sink.deliver(Events.event()))
                    .hasMessage("HTTP 500")
                    .hasNoCause();
        }
    }

    private static Throwable failureAfter(int status) throws Exception {
        try (Receiver receiver = Receiver.answering(status);
                WebhookSink sink = receiver.sink().build()) {
            Throwable failure = catchThrowable(() -> sink.deliver(Events.event()));
            assertThat(receiver.requests).hasSize(1);
            return failure;
        }
    }

    private static Throwable assertFailsInTime(WebhookSink sink) {
        long start = System.nanoTime();
        Throwable failure = catchThrowable(() -> sink.deliver(Events.event()));
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        return failure;
    }

    private static long endlessBody(HttpExchange exchange, int status, int chunk, Duration pause) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        long written = 0;
        try (OutputStream body = exchange.getResponseBody()) {
            while (written < 1L << 30) {
                body.write(new byte[chunk]);
                body.flush();
                written += chunk;
                sleep(pause);
            }
        } catch (IOException e) {
            return written; // the sink has hung up
        }
        return written;
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                sleep(Duration.ofMillis(100));
            }
        } catch (IOException e) {
            return; // the sink has hung up
        }
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
