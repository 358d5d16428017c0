package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small project that keeps the contract, for tests to break in one place. */
abstract class VerifierFixture {
    static final String OPERATIONS = """
            public final class Operations {
                static final Operation<String, String> SELL = Operation.financial("sell", String.class, String.class)
                        .emits("ticket.sold").retention(java.time.Duration.ofHours(24)).build();
            }
            """;
    static final String CONFIGURER = """
            final class Configurer implements SemelConfigurer {
                public void configure(Semel.Builder builder) {
                    builder.register(Operations.SELL).recall(Operations.SELL, (connection, tenant, id) -> null);
                }
            }
            """;
    static final String TEST = """
            class ContractTest {
                Object tested() { return OperationUnderTest.of(Operations.SELL, source -> null).build("a", "b"); }
            }
            """;
    static final String TABLE = """
            CREATE TABLE shop.tickets (id uuid, tenant_id text NOT NULL, price numeric(19, 2), PRIMARY KEY (tenant_id, id));
            CREATE TABLE shop.currencies (code text PRIMARY KEY);
            """;

    @TempDir
    Path directory;

    SmallProject project;

    @BeforeEach
    void soundProject() throws IOException {
        project = new SmallProject(directory)
                .main("Operations", OPERATIONS)
                .main("Configurer", CONFIGURER)
                .main("Tickets", controller("return body;"))
                .test("ContractTest", TEST)
                .migration(TABLE);
    }

    static String controller(String body) {
        return controller("@Gate(\"sell\")", body);
    }

    static String controller(String gate, String body) {
        return """
                @RestController @RequestMapping("/tickets")
                class Tickets {
                    @PostMapping %s
                    String sell(@RequestBody String body, Write<String> write) throws Exception { %s }
                    @GetMapping("/{id}")
                    String get(@PathVariable String id) { return java.util.UUID.randomUUID().toString(); }
                }
                """.formatted(gate, body);
    }

    static String route(String annotations) {
        return "@RestController class Refunds { " + annotations + " void refund() {} }";
    }

    void assertFound(Code... codes) throws IOException {
        assertThat(project.codes()).containsOnlyKeys(codes);
    }
}
