package dev.semel.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.Write;
import dev.semel.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A small application on the starter. The caller is who the header {@code X-Tenant} says. */
final class TicketShop implements AutoCloseable {
    record NewTicket(@NotBlank @Size(max = 20) String name, List<@Valid Seat> seats) {}

    record Seat(@NotBlank String row) {}

    record Ticket(UUID id, String name) {}

    record Deleted(UUID id) {}

    record Nothing() {}

    static final Operation<NewTicket, Ticket> CREATE = Operation.highRisk("createTicket", NewTicket.class, Ticket.class)
            .rejects(RejectedException.Reason.RULE, "SOLD_OUT", "NO_BEER")
            .build();
    static final Operation<NewTicket, Ticket> RENAME =
            Operation.standard("renameTicket", NewTicket.class, Ticket.class).build();
    static final Operation<Nothing, Deleted> DELETE = Operation.standard("deleteTicket", Nothing.class, Deleted.class)
            .rejects(RejectedException.Reason.CONFLICT, "ALREADY_GONE")
            .rememberRejections()
            .build();
    static final Operation<NewTicket, Ticket> IMPATIENT = Operation.standard(
                    "impatientTicket", NewTicket.class, Ticket.class)
            .waitLimit(Duration.ofSeconds(1))
            .build();
    static final Operation<NewTicket, Ticket> HASTY = Operation.standard("hastyTicket", NewTicket.class, Ticket.class)
            .waitLimit(Duration.ZERO)
            .build();
    static final Operation<String, Ticket> TEXT =
            Operation.standard("textTicket", String.class, Ticket.class).build();
    static final Operation<RawBody, Ticket> RAW =
            Operation.standard("rawTicket", RawBody.class, Ticket.class).build();
    static final Operation<NewTicket, Ticket> DERIVED = Operation.standard(
                    "derivedTicket", NewTicket.class, Ticket.class)
            .deriveKey("path name", (payload, variables) -> "derived-" + variables.get("name") + "-" + payload.name())
            .build();

    record Ordered(
            @Nullable String clientOrderId,
            String name,
            @Nullable String remark) {}

    static final Operation<Ordered, Ticket> ORDER = Operation.standard("orderTicket", Ordered.class, Ticket.class)
            .keyFromPayload("clientOrderId", new OrderKeying())
            .maxPayloadBytes(2_000_000)
            .rejects(RejectedException.Reason.FORBIDDEN, "NOT_YOURS")
            .rememberRejections()
            .build();

    /** Remarks do not count. */
    private static final class OrderKeying implements KeyRule.Keying<Ordered> {
        @Override
        public @Nullable String key(Ordered payload) {
            return payload.clientOrderId();
        }

        @Override
        public byte[] canonical(Ordered payload) {
            return payload.name().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final List<Operation<?, ?>> OPERATIONS =
            List.of(CREATE, RENAME, DELETE, DERIVED, IMPATIENT, HASTY, TEXT, RAW, ORDER);

    private final ConfigurableApplicationContext context;

    private TicketShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static TicketShop start(TestDatabase database, String... properties) {
        return start(database, Tickets.class, properties);
    }

    static TicketShop start(TestDatabase database, Class<?> controller, String... properties) {
        database.run("""
                CREATE SCHEMA IF NOT EXISTS shop;
                CREATE TABLE IF NOT EXISTS shop.tickets (tenant_id text, id uuid, name text, PRIMARY KEY (tenant_id, id));
                GRANT USAGE ON SCHEMA shop TO semel_app;
                GRANT SELECT, INSERT, UPDATE, DELETE ON shop.tickets TO semel_app;
                TRUNCATE shop.tickets, semel.idempotency_keys;
                TRUNCATE semel.idempotent_write_audit_log, semel.audit_seals, semel.audit_anchors;
                """);
        HikariDataSource pool = database.pool(10);
        return new TicketShop(new SpringApplicationBuilder(Application.class, controller)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=WARN",
                        "semel.migrate=false")
                .properties(properties)
                .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", pool))
                .run());
    }

    String url() {
        return "http://127.0.0.1:"
                + ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    HikariDataSource pool() {
        return context.getBean(HikariDataSource.class);
    }

    Tickets tickets() {
        return context.getBean(Tickets.class);
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        HikariDataSource pool = pool();
        context.close();
        pool.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        /** Some controllers here have a route for a few of these only; the rest is there for calls without a route. */
        @Bean
        SemelConfigurer operations(ObjectProvider<Tickets> tickets) {
            boolean routed = tickets.stream().findAny().isPresent();
            return builder -> OPERATIONS.forEach(operation -> register(builder, operation, routed));
        }

        private static <P, R> void register(Semel.Builder builder, Operation<P, R> operation, boolean routed) {
            if (routed) {
                builder.register(operation);
            } else {
                builder.handle(operation, write -> {
                    throw RejectedException.notFound(operation.name());
                });
            }
        }

        @Bean
        CallerResolver callers() {
            return (request, requestId) -> {
                String tenant = request.getHeader("X-Tenant");
                if (tenant == null) {
                    throw new UnauthenticatedException();
                }
                return new Caller(tenant, "alice", requestId);
            };
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @RestController
    static class Tickets {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        private final JdbcClient jdbc;

        Tickets(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/tickets")
        @Gate("createTicket")
        Ticket create(@RequestBody NewTicket body, Write<NewTicket> write) throws InterruptedException {
            if (body.name().equals("held")) {
                entered.countDown();
                release.await(30, TimeUnit.SECONDS);
            }
            if (body.name().equals("sold out")) {
                throw RejectedException.rule("SOLD_OUT", "No tickets left.");
            }
            if (body.name().equals("broken")) {
                throw new IllegalStateException("SECRET of the handler");
            }
            return insert(body, write);
        }

        private Ticket insert(NewTicket body, Write<?> write) {
            jdbc.sql("INSERT INTO shop.tickets (tenant_id, id, name) VALUES (?, ?, ?)")
                    .params(write.tenant(), write.resultId(), body.name())
                    .update();
            return new Ticket(write.resultId(), body.name());
        }

        @PutMapping("/tickets/{id}")
        @Gate("renameTicket")
        Ticket rename(@PathVariable UUID id, @RequestBody NewTicket body, Write<NewTicket> write) {
            int rows = jdbc.sql("UPDATE shop.tickets SET name = ? WHERE tenant_id = ? AND id = ?")
                    .params(body.name(), write.tenant(), id)
                    .update();
            if (rows == 0) {
                throw RejectedException.notFound("There is no such ticket.");
            }
            return new Ticket(id, body.name());
        }

        @DeleteMapping("/tickets/{id}")
        @Gate("deleteTicket")
        Deleted delete(@PathVariable UUID id, Write<Nothing> write) {
            int rows = jdbc.sql("DELETE FROM shop.tickets WHERE tenant_id = ? AND id = ?")
                    .params(write.tenant(), id)
                    .update();
            if (rows == 0) {
                throw RejectedException.conflict("ALREADY_GONE", "The ticket is gone.");
            }
            return new Deleted(id);
        }

        @PostMapping("/tickets/derived/{name}")
        @Gate("derivedTicket")
        Ticket derived(@PathVariable String name, @RequestBody NewTicket body, Write<NewTicket> write) {
            return insert(body, write);
        }

        @PostMapping("/tickets/impatient")
        @Gate("impatientTicket")
        Ticket impatient(@RequestBody NewTicket body) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(400);
            throw new IllegalStateException("fails after a while");
        }

        @PostMapping("/tickets/hasty")
        @Gate("hastyTicket")
        Ticket hasty(@RequestBody NewTicket body, Write<NewTicket> write) throws InterruptedException {
            entered.countDown();
            release.await(30, TimeUnit.SECONDS);
            return insert(body, write);
        }

        @PostMapping("/tickets/text/{id}")
        @Gate("textTicket")
        Ticket text(@PathVariable String id, @RequestBody String body, Write<String> write) {
            return new Ticket(write.resultId(), id + " and " + body);
        }

        @PostMapping(
                path = "/tickets/raw",
                consumes = {"text/csv", "application/xml"})
        @Gate("rawTicket")
        Ticket raw(@RequestBody RawBody body, Write<RawBody> write) {
            return new Ticket(write.resultId(), body.contentType() + " " + body.bytes().length);
        }

        @PostMapping("/tickets/ordered")
        @Gate("orderTicket")
        Ticket order(@RequestBody Ordered body, Write<Ordered> write) {
            if (body.name().equals("forbidden")) {
                throw RejectedException.forbidden("NOT_YOURS", "Not for you.")
                        .with("allowed", List.of("tea"))
                        .with("code", "FORGED");
            }
            return insert(new NewTicket(body.name(), List.of()), write);
        }

        @PostMapping("/echo")
        @Ungated("changes nothing")
        Seat echo(@RequestBody Seat body) {
            return body;
        }

        @PostMapping("/ping")
        @Ungated("changes nothing")
        Map<String, Boolean> ping() {
            return Map.of("pong", true);
        }

        @GetMapping("/tickets")
        Map<String, Long> count() {
            return Map.of(
                    "count",
                    jdbc.sql("SELECT count(*) FROM shop.tickets WHERE tenant_id = 'acme'")
                            .query(Long.class)
                            .single());
        }
    }

    @RestController
    static class Careless {
        @PostMapping("/careless")
        Map<String, Boolean> create() {
            return Map.of();
        }
    }

    @RestController
    static class Readable {
        @RequestMapping("/readable")
        @Gate("createTicket")
        Ticket create(@RequestBody NewTicket body) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class Raw {
        @PostMapping("/raw")
        @Gate("createTicket")
        Ticket create(HttpServletRequest request) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class Wrapped {
        @PostMapping("/wrapped")
        @Gate("createTicket")
        Ticket create(NativeWebRequest request, HttpSession session) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class Uploading {
        @PostMapping("/uploading")
        @Gate("createTicket")
        Ticket create(MultipartFile file, Part part) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class AnyType {
        @PostMapping("/any")
        @Gate("rawTicket")
        Ticket create(@RequestBody RawBody body) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class EveryType {
        @PostMapping(path = "/any", consumes = "*/*")
        @Gate("rawTicket")
        Ticket create(@RequestBody RawBody body) {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Functional {
        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/functional", request -> ServerResponse.ok().build())
                    .POST("/functional", request -> ServerResponse.ok().build())
                    .build();
        }
    }

    /** Some let a POST through, although they speak of GET. */
    @Configuration(proxyBeanMethods = false)
    static class Composed {
        @Bean
        RouterFunction<ServerResponse> routes() {
            HandlerFunction<ServerResponse> done =
                    request -> ServerResponse.ok().build();
            return RouterFunctions.route(RequestPredicates.GET("/read").or(RequestPredicates.GET("/also")), done)
                    .andRoute(
                            RequestPredicates.method(HttpMethod.GET)
                                    .and(RequestPredicates.path("/x").negate()),
                            done)
                    .andRoute(RequestPredicates.method(HttpMethod.GET).negate(), done)
                    .andRoute(RequestPredicates.GET("/either").or(RequestPredicates.path("/any")), done);
        }
    }

    @RestController
    static class Misnamed {
        @PostMapping("/misnamed")
        @Gate("createTickets")
        Ticket create() {
            return new Ticket(UUID.randomUUID(), "x");
        }
    }

    @RestController
    static class Mistyped {
        @PostMapping("/mistyped")
        @Gate("createTicket")
        Map<String, Boolean> create(@RequestBody Seat body) {
            return Map.of();
        }
    }
}
