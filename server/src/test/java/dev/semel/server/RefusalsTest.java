package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Whatever the books refuse leaves no row but the audit log's, emits nothing, and leaves its key free. A refusal that the code can
 * raise and that is not listed in {@link RefusedOrders} fails.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RefusalsTest {
    private static final String AUDIT = "semel.idempotent_write_audit_log";
    private static final Pattern RAISED = Pattern.compile(
            "RejectedException\\s*\\.\\s*(rule|conflict|precondition|notFound)\\(\\s*(?:\"([A-Z_]+)\")?");

    private TestServer server;
    private Client client;
    private List<RefusedOrder> refusals;

    @BeforeAll
    void start() {
        server = TestServer.start();
        client = server.as("ACME-ADMIN");
        refusals = new RefusedOrders(server).all();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> refusalLeavesNoRowAndAFreeKey() {
        return refusals.stream()
                .map(refusal -> DynamicTest.dynamicTest(
                        refusal.operation() + " " + refusal.code() + ": " + refusal.when(), () -> tryOut(refusal)));
    }

    private void tryOut(RefusedOrder refusal) {
        RefusedOrder.Attempt attempt = refusal.arranged().get();
        String key = "refused-" + refusals.indexOf(refusal);
        String before = rows();

        Answer refused = attempt.refused().send(client, key);

        assertThat(refused.status()).as(refused.text()).isEqualTo(refusal.status());
        assertThat(refused.code()).isEqualTo(refusal.code());
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().path("retryable").asBoolean()).isFalse();
        assertThat(rows()).isEqualTo(before);
        assertAudited(refusal, key);
        Answer valid = attempt.valid().send(client, key);
        assertThat(valid.status()).as(valid.text()).isEqualTo(attempt.valid().executed());
        assertThat(valid.header("Idempotency-Replayed")).isEqualTo("false");
    }

    /** Once, under its code: by the writer that stands beside the writes' transactions. */
    private void assertAudited(RefusedOrder refusal, String key) {
        String sql = "SELECT string_agg(operation_type || ' ' || status || ' ' || code, ', ') FROM " + AUDIT
                + " WHERE tenant_id = 'acme' AND key = '" + key + "'";
        TestDatabase.await(
                "the refusal is audited", () -> !server.database().query(sql).equals("null"));
        assertThat(server.database().query(sql)).isEqualTo(refusal.operation() + " REFUSED " + refusal.code());
    }

    private String rows() {
        server.database().awaitQuietOutbox();
        return server.database().rowsOf("acme", AUDIT);
    }

    @Test
    void everyRefusalThatTheCodeCanRaiseIsTriedOut() throws IOException {
        Set<String> raised = new TreeSet<>(Set.of("NOT_FOUND"));
        for (Path source : sources()) {
            Matcher matcher = RAISED.matcher(Files.readString(source));
            while (matcher.find()) {
                raised.add(code(matcher, source));
            }
        }
        Set<String> triedOut = refusals.stream().map(RefusedOrder::code).collect(Collectors.toSet());
        assertThat(triedOut).isEqualTo(raised);
    }

    private static String code(Matcher raised, Path source) {
        return switch (raised.group(1)) {
            case "precondition" -> "PRECONDITION_FAILED";
            case "notFound" -> "NOT_FOUND";
            default -> {
                assertThat(raised.group(2)).as("a literal code in " + source).isNotNull();
                yield raised.group(2);
            }
        };
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(BooksManifest.MODULE.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void everyOperationOnSomethingIsTriedOnWhatIsNotThere() {
        assertThat(refusals.stream()
                        .filter(refusal -> refusal.code().equals("NOT_FOUND"))
                        .map(RefusedOrder::operation))
                .containsAll(BooksManifest.operations(route -> route.contains("{")))
                .contains("createInvoice", "createPayment");
    }

    /** On a server of its own: it writes what other tests write too. */
    @Test
    void bodyThatIsMalformedLeavesNoRowAndAFreeKey() {
        try (TestServer own = TestServer.start()) {
            Set<String> tried = new TreeSet<>();
            List<EveryWrite.Done> done = new EveryWrite(own, (operation, order, key) -> {
                        if (!order.isDeletion()) {
                            own.database().awaitQuietOutbox();
                            String before = own.database().rowsOf("acme", AUDIT);
                            Answer refused = order.withBody("{\"nonsense\":").send(own.as("ACME-ADMIN"), key);
                            assertThat(refused.code())
                                    .as(operation)
                                    .isEqualTo(
                                            order.type().equals("text/csv")
                                                    ? "STATEMENT_UNREADABLE"
                                                    : "MALFORMED_JSON");
                            assertThat(own.database().rowsOf("acme", AUDIT))
                                    .as(operation)
                                    .isEqualTo(before);
                            tried.add(operation);
                        }
                    })
                    .all();
            assertThat(tried).hasSize(done.size() - 1);
        }
    }
}
