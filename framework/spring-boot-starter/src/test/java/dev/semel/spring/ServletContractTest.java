package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.KeyExpiredException;
import dev.semel.KeyReusedException;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.Snapshot;
import dev.semel.Write;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract kit against whole servlet applications, asked by HTTP: on platform threads, and on virtual ones where the JDK has
 * them. On a JDK that has none the setting changes nothing, and that is asserted.
 */
@ExtendWith(PostgresExtension.class)
class ServletContractTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final TestDatabase database;
    private final Map<Semel, ConfigurableApplicationContext> nodes = new ConcurrentHashMap<>();

    ServletContractTest(TestDatabase database) {
        this.database = database;
        database.run("""
                CREATE SCHEMA IF NOT EXISTS shop;
                CREATE TABLE IF NOT EXISTS shop.tickets (tenant_id text, id uuid, name text, PRIMARY KEY (tenant_id, id));
                GRANT USAGE ON SCHEMA shop TO semel_app;
                GRANT SELECT, INSERT, UPDATE, DELETE ON shop.tickets TO semel_app;
                """);
    }

    @AfterEach
    void stopNodes() {
        nodes.values().forEach(ConfigurableApplicationContext::close);
    }

    @RestController
    static class Threaded {
        final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final JdbcClient jdbc;

        Threaded(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/tickets")
        @Gate("createTicket")
        TicketShop.Ticket create(Write<TicketShop.NewTicket> write) {
            threads.add(Thread.currentThread().toString().replaceFirst("\\[.*", ""));
            jdbc.sql("INSERT INTO shop.tickets (tenant_id, id, name) VALUES (?, ?, ?)")
                    .params(write.tenant(), write.resultId(), write.payload().name())
                    .update();
            return new TicketShop.Ticket(write.resultId(), write.payload().name());
        }
    }

    private Semel start(DataSource source, boolean virtual) {
        ConfigurableApplicationContext node = new SpringApplicationBuilder(TicketShop.Application.class, Threaded.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=OFF",
                        "semel.migrate=false",
                        "semel.relay.enabled=false",
                        "semel.maintenance.enabled=false",
                        "spring.threads.virtual.enabled=" + virtual)
                .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", source))
                .run();
        Semel semel = node.getBean(Semel.class);
        nodes.put(semel, node);
        return semel;
    }

    private Outcome<?> post(Semel node, Caller caller, Key key, String name) throws Exception {
        int port = ((ServletWebServerApplicationContext) nodes.get(node))
                .getWebServer()
                .getPort();
        HttpResponse<String> answer = new Http("http://127.0.0.1:" + port)
                .send(
                        "POST",
                        "/tickets",
                        JSON.writeValueAsString(Map.of("name", name)),
                        request -> request.header("X-Tenant", caller.tenant())
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key.value()));
        JsonNode body = JSON.readTree(answer.body());
        return switch (answer.statusCode()) {
            case 201, 200 -> outcome(answer, UUID.fromString(body.path("id").asString()));
            default -> throw refusal(body.path("code").asString());
        };
    }

    private static RuntimeException refusal(String code) {
        return switch (code) {
            case "IDEMPOTENCY_KEY_REUSED" -> new KeyReusedException(code);
            case "IDEMPOTENCY_KEY_EXPIRED" -> new KeyExpiredException(code);
            default -> new IllegalStateException(code);
        };
    }

    private static Outcome<?> outcome(HttpResponse<String> answer, UUID id) {
        Snapshot snapshot =
                new Snapshot("createTicket.v1", Snapshot.JSON, answer.body().getBytes(StandardCharsets.UTF_8));
        boolean replayed = answer.statusCode() == 200;
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).hasValue("" + replayed);
        return replayed
                ? new Outcome.Replayed<>(id, snapshot, answer::body)
                : new Outcome.Executed<>(id, snapshot, answer.body());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void servletApplicationKeepsTheContractOnTheThreadsThatWereChosen(boolean virtual) {
        OperationUnderTest<String> creating = OperationUnderTest.<String>of(
                        TicketShop.CREATE, source -> start(source, virtual), this::post)
                .build("tea", "coffee");

        ExactlyOnce.on(database).assertExactlyOnce(creating);
        FaultEnumeration.Report report = FaultEnumeration.run(database, creating);

        assertThat(report.points()).isGreaterThan(30);
        assertThat(threads())
                .containsExactly(virtual && Runtime.version().feature() >= 21 ? "VirtualThread" : "Thread");
    }

    private Set<String> threads() {
        return nodes.values().stream()
                .flatMap(node -> node.getBean(Threaded.class).threads.stream())
                .collect(Collectors.toSet());
    }
}
