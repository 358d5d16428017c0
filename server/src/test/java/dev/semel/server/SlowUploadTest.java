package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that sends a byte now and then is not waited for, and holds nothing. */
class SlowUploadTest {
    private static final Duration ALLOWANCE = Duration.ofMillis(800);
    private static final int LENGTH = 50_000;

    private static TestServer server;

    /** How a connection ended. */
    private record End(String answer, Duration after) {}

    @BeforeAll
    static void start() {
        server = Settings.during(
                Map.of("semel.uploads.allowance", ALLOWANCE.toMillis() + "ms", "semel.uploads.rate", "100KB"),
                TestServer::start);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String head(String method, String path, String token, String type, int length) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n".formatted(method, path, token)
                + "Content-Type: %s\r\nIdempotency-Key: slow\r\nContent-Length: %d\r\n\r\n".formatted(type, length);
    }

    /** Sends a byte each 20 ms until the server ends the connection, or for ten seconds. */
    private static End trickle(String head) throws Exception {
        URI base = URI.create(server.server().url());
        long start = System.nanoTime();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            Thread sender = new Thread(() -> send(socket, head));
            sender.start();
            byte[] answer = read(socket);
            sender.interrupt();
            return new End(new String(answer, StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static void send(Socket socket, String head) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 500; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            // The server has ended it.
        }
    }

    /** What has arrived before the connection was ended or broken. */
    private static byte[] read(Socket socket) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                answer.write(read);
            }
        } catch (IOException e) {
            // Broken: the server does not read to the end.
        }
        return answer.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/blobs/sha256:%064d, ACME-WRITER, application/octet-stream",
        "POST, /api/documents, ACME-WRITER, application/json",
        "POST, /api/bank-transactions/import, ACME-ADMIN, text/csv",
        "POST, /api/documents?x=1, ACME-WRITER, application/x-www-form-urlencoded"
    })
    void bodyThatTricklesIsRefusedInTime(String method, String path, String token, String type) throws Exception {
        End end = trickle(head(method, path.formatted(0), token, type, LENGTH));

        assertThat(end.answer()).startsWith("HTTP/1.1 408").contains("\"REQUEST_TIMEOUT\"", "\"retryable\":true");
        assertThat(end.after()).isBetween(ALLOWANCE, ALLOWANCE.plusSeconds(4));
        assertThat(server.database().query("SELECT count(*) FROM semel_documents.blobs"))
                .isEqualTo("0");
    }

    /** Refused before its body is read: the rest of it is not waited for either. */
    @ParameterizedTest
    @CsvSource({"NOBODY, 401", "ACME-READER, 403"})
    void bodyThatNobodyReadsHoldsNoConnection(String token, int status) throws Exception {
        End end = trickle(head("PUT", "/api/blobs/" + ContentHash.of("x"), token, "text/plain", LENGTH));

        assertThat(end.answer()).startsWith("HTTP/1.1 " + status);
        assertThat(end.after()).isLessThan(ALLOWANCE.plusSeconds(4));
    }

    @Test
    void bodyThatKeepsPaceMayTakeLongerThanTheAllowance() throws Exception {
        byte[] block = "x".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        int blocks = 20;
        String hash = ContentHash.of("x".repeat(block.length * blocks));
        URI base = URI.create(server.server().url());
        long start = System.nanoTime();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("PUT", "/api/blobs/" + hash, "ACME-WRITER", "text/plain", block.length * blocks)
                    .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < blocks; i++) {
                out.write(block);
                out.flush();
                Thread.sleep(80);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains(hash);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(ALLOWANCE);
        server.database().execute("DELETE FROM semel_documents.blobs");
    }

    /** What follows on the same connection is the next request, whether the body before was read or not. */
    @Test
    void connectionGoesOnAfterABodyThatNobodyRead() throws Exception {
        URI base = URI.create(server.server().url());
        String body = "x".repeat(1_000);
        String refused = head("PUT", "/api/blobs/" + ContentHash.of("x"), "NOBODY", "text/plain", body.length());
        String last = "GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream()
                    .write((refused + body + refused + body + last).getBytes(StandardCharsets.ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 401", -1)).hasSize(3);
            assertThat(answers).contains("HTTP/1.1 200", "\"UP\"");
        }
    }

    @Test
    void manySlowClientsKeepNobodyElseWaiting() throws Exception {
        String head = head("POST", "/api/documents", "ACME-WRITER", "application/json", LENGTH);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<End>> slow = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> trickle(head)))
                    .toList();
            assertThat(server.as("ACME-READER").get("/api/documents").status()).isEqualTo(200);
            for (Future<End> end : slow) {
                assertThat(end.get().answer()).startsWith("HTTP/1.1 408");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
