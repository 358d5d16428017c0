package dev.semel.cli.ops;

import static dev.semel.cli.ops.ScriptedServer.answer;
import static dev.semel.cli.ops.ScriptedServer.json;
import static dev.semel.cli.ops.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever answers: a code, a cause and the next command; no stack trace, no token, no more waiting than was asked for. */
@Timeout(60)
class HostileAnswersTest {

    private static final String EVENT = "01234567-89ab-cdef-0123-456789abcdef";
    private static final String EMPTY = "{\"items\":[],\"nextCursor\":null}";

    @Test
    void aWebPageIsNoAnswer() throws Exception {
        OpsRun run = run(answer(200, "text/html", "<html>Welcome</html>"), "writes");

        assertExplained(run, 1, "UNEXPECTED_ANSWER");
        assertThat(run.err())
                .contains("status 200, text/html", "/actuator/health")
                .doesNotContain("Welcome");
    }

    @Test
    void halfAJsonDocumentIsNoAnswer() throws Exception {
        assertExplained(run(json(200, "{\"items\":[{\"at\":"), "writes"), 1, "UNEXPECTED_ANSWER");
        assertExplained(run(json(200, "[1,2]"), "writes"), 1, "UNEXPECTED_ANSWER");
        assertExplained(run(json(200, ""), "writes"), 1, "UNEXPECTED_ANSWER");
        assertExplained(run(json(204, ""), "writes"), 1, "UNEXPECTED_ANSWER");
    }

    @Test
    void deepNestingIsNoAnswer() throws Exception {
        assertExplained(run(json(200, "[".repeat(200_000)), "operations"), 1, "UNEXPECTED_ANSWER");
    }

    @Test
    void anAnswerWithoutEndIsLeftUnread() throws Exception {
        String huge = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"items\":[\""
                + "x".repeat(17 << 20);

        OpsRun run = run(huge, "writes");

        assertExplained(run, 1, "UNEXPECTED_ANSWER");
        assertThat(run.err()).contains("more than 16 MiB");
    }

    @Test
    void anAnswerThatIsCutIsTemporary() throws Exception {
        String cut = json(200, EMPTY).replaceFirst("Content-Length: \\d+", "Content-Length: 4000");

        OpsRun run = run(cut, "writes");

        assertExplained(run, 8, "NO_ANSWER");
        assertThat(run.err()).contains("broke before the answer was complete", "next:  semel ops");
    }

    @Test
    void noHttpAtAllIsTemporary() throws Exception {
        assertExplained(run("SSH-2.0-OpenSSH_9.6\r\n", "writes"), 8, "NO_ANSWER");
        assertExplained(run("", "writes"), 8, "NO_ANSWER");
    }

    @Test
    void aRedirectIsNotFollowedWithTheToken() throws Exception {
        try (ScriptedServer elsewhere = new ScriptedServer(json(200, EMPTY));
                ScriptedServer server = new ScriptedServer("HTTP/1.1 302 X\r\nLocation: " + elsewhere.url()
                        + "/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertExplained(run(server, "writes"), 1, "UNEXPECTED_ANSWER");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aListIsFollowedFromPageToPageUpToTheLimit() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                json(200, "{\"items\":[{\"target\":\"a\"},{\"target\":\"b\"}],\"nextCursor\":\"to c\"}"),
                json(200, "{\"items\":[{\"target\":\"c\"}],\"nextCursor\":\"to d\"}"))) {
            OpsRun run = run(server, "leases", "--limit", "3");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out().lines()).hasSize(4);
            assertThat(run.err()).contains("There is more: raise --limit.");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(0)).startsWith("GET /api/leases?limit=3 ");
            assertThat(server.requests().get(1)).contains("limit=1", "cursor=to+c");
        }
    }

    @Test
    void pagesThatGoInCirclesEnd() throws Exception {
        String page = json(200, "{\"items\":[{}],\"nextCursor\":\"again\"}");

        assertExplained(run(page, "writes", "--limit", "1000"), 1, "UNEXPECTED_ANSWER");
    }

    @Test
    void whatWouldMoveTheCursorIsShownAsAQuestionMark() throws Exception {
        String row = "{\"items\":[{\"target\":\"\\u001b[2Jrm\\u202e\\u009b1m\\u0000x\",\"fence\":{\"a\":1}}]}";

        OpsRun text = run(json(200, row), "leases");
        OpsRun document = run(json(200, row), "leases", "--json");
        OpsRun trace =
                run(json(200, "{\"requestId\":\"\\u001b[2J\",\"delivery\":\"\\u001b]0;x\\u0007\"}"), "trace", "r");
        OpsRun refusal = run(
                answer(404, "application/problem+json", "{\"code\":\"NOT_FOUND\",\"detail\":\"\\u001b[2J\"}"),
                "leases");

        assertThat(text.row("rm")).contains("?[2Jrm??1m?x");
        assertThat(document.out()).contains("\\u001B[2Jrm\\u202E\\u009B1m\\u0000x");
        assertThat(trace.out()).startsWith("Request ?[2J");
        for (OpsRun run : List.of(text, document, trace, refusal)) {
            assertThat(run.out() + run.err()).doesNotContainPattern("[\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F\u202e]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, VALIDATION_FAILED, 2",
        "401, UNAUTHENTICATED, 4",
        "403, FORBIDDEN, 4",
        "404, NOT_FOUND, 5",
        "409, EVENT_NOT_PARKED, 5",
        "409, IDEMPOTENCY_KEY_REUSED, 5",
        "409, REQUEST_IN_PROGRESS, 8",
        "422, IDEMPOTENCY_KEY_REUSED, 5",
        "429, RATE_LIMITED, 8",
        "500, INTERNAL, 1",
        "503, UNAVAILABLE, 8"
    })
    void everyRefusalHasItsExitCode(int status, String code, int exit) throws Exception {
        OpsRun run = run(problem(status, code), "outbox", "replay", EVENT);

        assertExplained(run, exit, code);
        assertThat(run.err()).contains("Because.", "(request ops-");
    }

    @Test
    void aGatewayWithoutASemelBehindItIsTemporary() throws Exception {
        assertExplained(run(answer(502, "text/html", "<h1>Bad gateway</h1>"), "usage"), 8, "HTTP_502");
    }

    @Test
    void aRepairIsSentAgainUnderTheSameKeyUntilItsAnswerArrives() throws Exception {
        String cut = json(201, "{\"deliveries\":2}").replaceFirst("Content-Length: \\d+", "Content-Length: 4000");
        try (ScriptedServer server = new ScriptedServer(
                "",
                problem(503, "UNAVAILABLE"),
                cut,
                problem(409, "REQUEST_IN_PROGRESS"),
                json(200, "{\"deliveries\":2}"))) {
            OpsRun run =
                    OpsRun.of(Map.of("SEMEL_TOKEN", "SECRET-TOKEN"), "--url", server.url(), "outbox", "replay", EVENT);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("2 deliveries are tried again.\n");
            assertThat(server.requests()).hasSize(5);
            assertThat(server.header("Idempotency-Key"))
                    .hasSize(5)
                    .containsOnly(server.header("Idempotency-Key").get(0));
            assertThat(run.err())
                    .contains("Idempotency key: "
                            + server.header("Idempotency-Key").get(0));
        }
    }

    @Test
    void aRepairThatIsGivenUpSaysHowToAskAgainUnderItsKey() throws Exception {
        try (ScriptedServer server = new ScriptedServer("")) {
            OpsRun run = run(server, "outbox", "replay", EVENT);

            assertExplained(run, 8, "NO_ANSWER");
            String key = server.header("Idempotency-Key").get(0);
            assertThat(run.err()).contains("outbox replay " + EVENT + " --patience 0 --key " + key + "\n");
            assertThat(run(server, "outbox", "replay", EVENT, "--key", key).err())
                    .contains("outbox replay " + EVENT + " --key " + key + " --patience 0\n");
            assertThat(server.header("Idempotency-Key")).containsOnly(key);
        }
    }

    @Test
    void aServerThatWantsToBeLeftAloneForLongIsLeftAlone() throws Exception {
        String busy = problem(429, "RATE_LIMITED").replace("Connection:", "Retry-After: 600\r\nConnection:");
        try (ScriptedServer server = new ScriptedServer(busy)) {
            OpsRun run = OpsRun.of(
                    Map.of("SEMEL_TOKEN", "SECRET-TOKEN", "SEMEL_URL", server.url()), "usage", "--patience", "5");

            assertExplained(run, 8, "RATE_LIMITED");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whereNobodyListensIsSaid() throws Exception {
        String url;
        try (ScriptedServer gone = new ScriptedServer("")) {
            url = gone.url();
        }
        OpsRun run = OpsRun.of(Map.of("SEMEL_TOKEN", "SECRET-TOKEN"), "--url", url, "--patience", "0", "writes");

        assertExplained(run, 8, "NO_ANSWER");
        assertThat(run.err()).contains("Nobody answers at " + url);
    }

    @Test
    void filtersCannotBreakOutOfTheirParameter() throws Exception {
        try (ScriptedServer server = new ScriptedServer(json(200, EMPTY))) {
            run(server, "writes", "--key", "a&status=FAILED#?%00 b", "--limit", "7");

            assertThat(server.requests().get(0))
                    .contains("key=a%26status%3DFAILED%23%3F%2500+b")
                    .contains("limit=7");
        }
    }

    private static OpsRun run(String script, String... arguments) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            return run(server, arguments);
        }
    }

    private static OpsRun run(ScriptedServer server, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--patience";
        all[arguments.length + 1] = "0";
        OpsRun run = OpsRun.of(Map.of("SEMEL_TOKEN", "SECRET-TOKEN", "SEMEL_URL", server.url()), all);
        assertThat(server.header("Authorization")).containsOnly("Bearer SECRET-TOKEN");
        return run;
    }

    private static void assertExplained(OpsRun run, int exit, String code) {
        assertThat(run.code()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("semel: " + code + ": ", "\nnext:  ")
                .doesNotContain("\tat ", "Exception", "SECRET-TOKEN");
    }
}
