package dev.semel.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.cli.server.ConnectionFile;
import dev.semel.cli.server.ServerJar;
import dev.semel.cli.server.ServerLaunch;
import dev.semel.cli.server.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The server's jar in a process of its own, with its embedded PostgreSQL. */
final class RealServer {

    private static final String TOKENS = "acme:alice:admin:ACME-ADMIN,acme:otto:operator:ACME-OPERATOR,"
            + "acme:rita:reader:ACME-READER,globex:carol:admin:GLOBEX-ADMIN";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess process;
    private final Path data;

    private RealServer(ServerProcess process, Path data) {
        this.process = process;
        this.data = data;
    }

    /** The one of all integration tests. */
    static RealServer shared() {
        return Shared.INSTANCE;
    }

    private static RealServer start() {
        try {
            Path folder = Files.createTempDirectory("semel-ops-test");
            RealServer server = start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.end(folder)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RealServer start(Path folder) throws InterruptedException {
        Path data = folder.resolve("data");
        ServerLaunch launch = new ServerLaunch(
                ServerJar.located(), data, 0, Map.of("SEMEL_BOOTSTRAP_TOKENS", TOKENS), folder.resolve("server.log"));
        ServerProcess process = new ServerProcess(launch, Duration.ofSeconds(120));
        process.start();
        return new RealServer(process, data);
    }

    Path data() {
        return data;
    }

    String url() {
        return process.address().toString();
    }

    OpsRun ops(String token, String... arguments) {
        return OpsRun.of(Map.of("SEMEL_TOKEN", token, "SEMEL_URL", url()), arguments);
    }

    /** The status. */
    int createCustomer(String request, String key, String name) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create(url() + "/api/customers"))
                .header("Authorization", "Bearer ACME-ADMIN")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("X-Request-Id", request)
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build();
        return http.send(post, BodyHandlers.discarding()).statusCode();
    }

    /** What a relay leaves behind that has given up; no subscription has the name of the sink. */
    void park(String tenant, String event, String sink) throws Exception {
        execute("""
                INSERT INTO semel.outbox_events (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id,
                                                 attempts, next_attempt_at, sink, parked_at, parked_reason, last_error)
                VALUES ('%s', '%s', '%2$s', 'order.placed', 'SECRET-PAYLOAD', 'placeOrder', 'req-%2$s',
                        3, 'infinity', '%s', clock_timestamp(), 'exhausted', 'http.500')""".formatted(tenant, event, sink));
    }

    void execute(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String query(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    Connection connect() throws Exception {
        return ConnectionFile.in(data).connect();
    }

    /** For what happens in the background. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private void end(Path folder) {
        process.stop();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        private static final RealServer INSTANCE = start();
    }
}
