package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.EveryWrite.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A repeated request for each operation of the books: answered like the first, also by the server that is started next. */
class ReplayTest {
    private static final String AUDIT = "semel.idempotent_write_audit_log";
    /** What differs from one answer to another, whatever is answered. */
    private static final Set<String> OF_EACH_ANSWER = Set.of("date", "x-request-id");

    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void replayAfterARestartHasTheSameBytesAndChangesNothing() {
        List<Done> done = new EveryWrite(server).all();
        assertThat(done).extracting(Done::operation).containsExactlyInAnyOrderElementsOf(BooksManifest.operations());
        List<Answer> replays = replays(done);
        String before = rows();

        server = server.restart();

        List<Answer> later = replays(done);
        for (int i = 0; i < done.size(); i++) {
            String operation = done.get(i).operation();
            Answer first = done.get(i).answer();
            Answer replay = later.get(i);
            assertThat(first.header("Idempotency-Replayed")).as(operation).isEqualTo("false");
            assertThat(replay.header("Idempotency-Replayed")).as(operation).isEqualTo("true");
            assertThat(replay.status())
                    .as(operation)
                    .isEqualTo(done.get(i).order().replayed());
            assertThat(replay.response().body())
                    .as(operation)
                    .isEqualTo(first.response().body());
            assertThat(headers(replay, "idempotency-replayed"))
                    .as(operation)
                    .isEqualTo(headers(first, "idempotency-replayed"));
            assertThat(headers(replay))
                    .as("%s before and after the restart", operation)
                    .isEqualTo(headers(replays.get(i)));
        }
        assertThat(rows()).isEqualTo(before);
    }

    /** A workflow runs for each of these writes, and for none of their replays. */
    @Test
    void replayTriggersNoWorkflow() {
        List<Done> triggering = new EveryWrite(server)
                .all().stream()
                        .filter(done -> Set.of("createPayment", "finalizeInvoice", "executePayroll", "triggerWorkflow")
                                .contains(done.operation()))
                        .toList();
        server.database().awaitQuietOutbox();
        assertThat(runs()).isEqualTo("invoice-finalized 1, payment-received 2, payroll-executed 1");
        String attempts = server.database().query("SELECT sum(attempts) FROM semel_books.workflow_runs");

        for (int i = 0; i < 3; i++) {
            assertThat(replays(triggering))
                    .hasSize(4)
                    .allSatisfy(replay ->
                            assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true"));
        }

        server.database().awaitQuietOutbox();
        assertThat(runs()).isEqualTo("invoice-finalized 1, payment-received 2, payroll-executed 1");
        assertThat(server.database().query("SELECT sum(attempts) FROM semel_books.workflow_runs"))
                .isEqualTo(attempts);
    }

    private List<Answer> replays(List<Done> done) {
        Client client = server.as("ACME-ADMIN");
        List<Answer> replays = new ArrayList<>();
        done.forEach(write -> replays.add(write.again(client)));
        return replays;
    }

    private String rows() {
        server.database().awaitQuietOutbox();
        return server.database().rowsOf("acme", AUDIT);
    }

    private String runs() {
        return server.database().query("""
                SELECT string_agg(name || ' ' || runs, ', ' ORDER BY name)
                FROM (SELECT name, count(*) AS runs FROM semel_books.workflow_runs WHERE tenant_id = 'acme' GROUP BY name) AS each""");
    }

    private static Map<String, List<String>> headers(Answer answer, String... except) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(OF_EACH_ANSWER);
        headers.keySet().removeAll(Set.of(except));
        return headers;
    }
}
