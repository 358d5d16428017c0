package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.documents.content.ContentHash;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client sends does not get into the log: not in the boundary lines, and not in any other line of Semel, down to DEBUG.
 * Every operation is called with marked values and succeeds, is replayed, is refused, and fails.
 */
class BoundaryLogProofTest {
    private static final String MARK = "MARKED";
    private static final String TOKEN = MARK + "-TOKEN";
    /** Nothing that a client sends gets there. */
    private static final Set<String> WITHOUT_ROUTE = Set.of("collectBlobs", "expireChangeset");

    private static final Set<String> ALWAYS = Set.of("boundary", "reqId", "tenantId", "userId", "docId", "operation");

    private final TestServer server = TestServer.startWith(TestServer.TOKENS + ",acme:mark:admin:" + TOKEN);
    private final Client client = server.as(TOKEN);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Logger> loggers = List.of(
            logger("dev.semel"),
            logger("semel"),
            logger("semel.boundary"),
            logger("semel.documents"),
            logger(Logger.ROOT_LOGGER_NAME));
    private final Map<Logger, Level> levels = new LinkedHashMap<>();
    private int requests;

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void listen() {
        log.start();
        loggers.forEach(logger -> {
            levels.put(logger, logger.getLevel());
            logger.addAppender(log);
        });
        logger("dev.semel").setLevel(Level.DEBUG);
        logger("semel").setLevel(Level.DEBUG);
        logger("semel.boundary").setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        loggers.forEach(logger -> {
            logger.detachAppender(log);
            logger.setLevel(levels.get(logger));
        });
        server.close();
    }

    @Test
    void nothingThatAClientSendsIsLogged() {
        String customer = everyEnd(
                "/api/customers",
                "{\"name\":\"%s\",\"email\":\"%s@example.com\"}".formatted(mark("name"), mark("mail")));
        String invoice = everyEnd("/api/invoices", """
            {"customerId":"%s","currency":"EUR","lines":[{"description":"%s","quantity":"1","unitPrice":"98765.43"}]}\
            """.formatted(customer, mark("description")));
        everyEnd("/api/invoices/" + invoice + "/finalize", "{}");
        String payment = everyEnd("/api/payments", """
                {"invoiceId":"%s","amount":"98765.43","currency":"EUR","method":"%s","reference":"%s"}""".formatted(invoice, mark("method"), mark("reference")));
        everyEnd(
                "/api/invoices/" + invoice + "/credit-notes",
                "{\"reason\":\"%s\",\"lines\":[{\"line\":1,\"amount\":\"98765.43\"}]}".formatted(mark("reason")));
        String refund = everyEnd("/api/refunds", """
                {"invoiceId":"%s","amount":"98765.43","currency":"EUR","method":"%s","reference":"%s"}""".formatted(invoice, mark("method"), mark("reference")));
        everyEnd("/api/refunds/" + refund + "/reverse", "{\"reason\":\"%s\"}".formatted(mark("reason")));
        bank(payment);
        people();
        stock();
        documents();
        articles();
        sync();
        repairs();
        String token = everyEnd("/api/tokens", "{\"user\":\"%s\",\"roles\":[\"reader\"]}".formatted(mark("user")));
        everyEndOfADeletion("/api/tokens/" + token);
        String grant =
                everyEnd("/api/access-grants", "{\"userId\":\"%s\",\"role\":\"reader\"}".formatted(mark("user")));
        everyEndOfADeletion("/api/access-grants/" + grant);
        failures();

        assertThat(boundaryLines())
                .extracting(line -> line.path("operation").asString())
                .as("every operation of the registry")
                .containsAll(server.bean(Semel.class).registry().operations().stream()
                        .map(Operation::name)
                        .filter(name -> !WITHOUT_ROUTE.contains(name))
                        .toList());
        assertThat(logged())
                .noneMatch(line -> line.contains(MARK) || line.contains("98765") || line.contains("@example"));
        assertThat(logged()).noneMatch(line -> line.contains("key-") && line.contains("secret"));
        assertThat(boundaryLines())
                .extracting(line -> line.path("boundary").asString() + " "
                        + line.path("code").asString(""))
                .contains(
                        "BEGIN ",
                        "COMMIT ",
                        "COMMIT REPLAYED",
                        "ROLLBACK IDEMPOTENCY_KEY_REUSED",
                        "ROLLBACK HANDLER_FAILED");
    }

    private void bank(String payment) {
        String file = "date,amount,currency,reference,description\n2026-11-24,98765.43,EUR,%s,%s\n%s\n"
                .formatted(mark("bank"), mark("text"), mark("nonsense"));
        assertThat(client.send(client.request("/api/bank-transactions/import")
                                .header("Content-Type", "text/csv")
                                .header("X-Request-Id", "req-" + ++requests)
                                .header("Idempotency-Key", MARK + "-key-secret-import")
                                .POST(BodyPublishers.ofString(file)))
                        .status())
                .isEqualTo(201);
        String transaction =
                client.get("/api/bank-transactions").json().at("/items/0/id").asString();
        everyEnd("/api/bank-transactions/" + transaction + "/reconcile", "{\"paymentId\":\"" + payment + "\"}");
        everyEnd("/api/bank-transactions/" + transaction + "/unreconcile", "{}");
        everyEnd("/api/payments/" + payment + "/reverse", "{\"reason\":\"%s\"}".formatted(mark("reason")));
    }

    private void people() {
        String employee = everyEnd("/api/employees", """
                {"name":"%s","email":"%s@example.com","salary":{"amount":"98765.43","currency":"EUR"}}""".formatted(mark("name"), mark("mail")));
        String run = everyEnd("/api/payroll-runs", "{\"period\":\"2026-11\",\"currency\":\"EUR\"}");
        everyEnd("/api/payroll-runs/" + run + "/reverse", "{\"reason\":\"%s\"}".formatted(mark("reason")));
        everyEnd("/api/employees/" + employee + "/leave", "{}");
        assertThat(send("PUT", "/api/settings", "{\"legalName\":\"%s\"}".formatted(mark("legal")), MARK + "-settings")
                        .status())
                .isEqualTo(201);
    }

    private void stock() {
        String item = everyEnd(
                "/api/items", "{\"sku\":\"%s\",\"name\":\"%s\",\"quantity\":1}".formatted(mark("sku"), mark("name")));
        everyEnd("/api/items/" + item + "/adjustments", "{\"delta\":1,\"reason\":\"%s\"}".formatted(mark("reason")));
    }

    private void articles() {
        String article = "/api/docs/jrn%3A%2Fglobal%3Adocs%3Aarticle%2Flogged";
        String body = "{\"content\":\"%s\",\"version\":0}".formatted(mark("article"));
        assertThat(send("PUT", article, body, MARK + "-article").status()).isEqualTo(200);
        assertThat(send("PUT", article, body, MARK + "-article").status()).isEqualTo(200);
        everyEndOfADeletion(article);
    }

    private void documents() {
        String document = everyEnd(
                "/api/documents", "{\"title\":\"%s\",\"content\":\"%s\"}".formatted(mark("title"), mark("one")));
        String versions = "/api/documents/" + document + "/versions";
        everyEnd(versions, "{\"content\":\"%s\"}".formatted(mark("two").repeat(2_000)));
        everyEnd(versions, "{\"content\":\"%s\",\"contentType\":\"text/html\"}".formatted(mark("three")));
        assertThat(send("PUT", "/api/documents/" + document + "/active-version", "{\"version\":2}", MARK + "-activate")
                        .status())
                .isEqualTo(201);
        everyEndOfADeletion(versions + "/1");
        everyEnd(versions + "/1/restore", "{}");
        send("PUT", "/api/blobs/" + ContentHash.of(MARK), MARK, MARK + "-blob");
    }

    private void sync() {
        everyEnd("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"direct\"}".formatted(mark("scope")));
        String push = """
            {"scope":"%s","clientChangesetId":"%s","message":"%s","ops":[
             {"type":"upsert","fileId":"%s","serverPath":"%s","baseVersion":%d,"content":"%s"}]}\
            """;
        for (String id : List.of("one", "one", "stale", "missing-hash")) {
            String content = id.equals("missing-hash")
                    ? "\",\"contentHash\":\"" + MARK
                    : mark("text").repeat(2_000);
            send(
                    "POST",
                    "/v1/sync/push",
                    push.formatted(mark("scope"), mark(id), mark("message"), mark("file"), mark("path"), 0, content),
                    MARK + "-push");
        }
        send(
                "POST",
                "/v1/sync/push",
                push.formatted(mark("scope"), mark("one"), "other", mark("file"), "../" + MARK, 7, mark("x")),
                MARK + "-push");
        send("POST", "/v1/sync/pull", "{\"scope\":\"%s\",\"sinceCursor\":\"%s\"}".formatted(mark("scope"), MARK), "x");
        send("POST", "/v1/blobs/missing", "{\"hashes\":[\"" + MARK + "\"]}", "x");
        send("PUT", "/v1/blobs/" + ContentHash.of(MARK), MARK, MARK + "-blob");
        everyEnd("/v1/scopes", "{\"scope\":\"%s\",\"mode\":\"reviewed\"}".formatted(mark("reviewed")));
        review(push.formatted(
                mark("reviewed"), mark("changeset"), mark("message"), mark("file"), mark("path"), 0, mark("text")));
    }

    private void review(String push) {
        String id = send("POST", "/v1/sync/push", push, MARK + "-push")
                .json()
                .at("/changeset/id")
                .asString();
        String changeset = "/v1/changesets/" + id;
        send("POST", changeset + "/rebase", "{}", MARK + "-rebase");
        String decision = """
            {"revision":2,"decisions":[{"fileId":"%s","action":"amend","content":"%s","reason":"%s"}]}\
            """.formatted(mark("file"), mark("amended"), mark("reason"));
        String hash = send("POST", changeset + "/decisions", decision, MARK + "-decide")
                .json()
                .path("decisionsHash")
                .asString();
        send("POST", changeset + "/decisions", decision.replace("2", "7"), MARK + "-decide-again");
        assertThat(send(
                                "POST",
                                changeset + "/publish",
                                "{\"expectedRevision\":2,\"decisionsHash\":\"" + hash + "\"}",
                                MARK + "-publish")
                        .status())
                .isEqualTo(201);
        String inverse = send("POST", changeset + "/revert", "{\"message\":\"" + MARK + "\"}", MARK + "-revert")
                .json()
                .at("/changeset/id")
                .asString();
        assertThat(send("POST", "/v1/changesets/" + inverse + "/withdraw", "{}", MARK + "-withdraw")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void versionIsReconstructedByTheRequestThatMadeIt() {
        String document = send("POST", "/api/documents", "{\"title\":\"x\",\"content\":\"x\"}", "create")
                .json()
                .path("id")
                .asString();
        String versions = "/api/documents/" + document + "/versions";
        send("POST", versions, "{\"content\":\"two\"}", "append");
        String made = "req-" + requests;
        send("POST", versions, "{\"content\":\"three\",\"baseVersion\":1}", "conflict");
        String refused = "req-" + requests;

        assertThat(story(made)).containsExactly("BEGIN " + document, "version " + document + "2", "COMMIT " + document);
        assertThat(story(refused))
                .as("the version that would have been made")
                .containsExactly(
                        "BEGIN " + document, "version " + document + "3", "ROLLBACKVERSION_CONFLICT " + document);

        send("POST", versions, "{\"contentHash\":\"sha256:" + "0".repeat(64) + "\"}", "unknown");
        assertThat(story("req-" + requests))
                .as("a version that was not made after all")
                .containsExactly(
                        "BEGIN " + document, "version " + document + "3", "ROLLBACKCONTENT_UNKNOWN " + document);
    }

    @Test
    void refusalNamesTheVersionThatItIsAbout() {
        String document = send("POST", "/api/documents", "{\"title\":\"x\",\"content\":\"x\"}", "create-refused")
                .json()
                .path("id")
                .asString();

        send("DELETE", "/api/documents/" + document + "/versions/1", "", "delete-active");

        assertThat(story("req-" + requests))
                .containsExactly(
                        "BEGIN " + document, "version " + document + "1", "ROLLBACKVERSION_ACTIVE " + document);
    }

    /** Which line is about which version of which document. */
    private List<String> story(String request) {
        return linesOf(request).stream()
                .map(line -> line.path("boundary").asString("version")
                        + line.path("code").asString("")
                        + " "
                        + line.path("docId").asString()
                        + line.path("version").asString(""))
                .toList();
    }

    private List<JsonNode> linesOf(String request) {
        return List.copyOf(log.list).stream()
                .filter(event -> Set.of("semel.boundary", "semel.documents").contains(event.getLoggerName()))
                .map(event -> new JsonMapper().readTree(event.getFormattedMessage()))
                .filter(line -> line.path("reqId").asString().equals(request))
                .toList();
    }

    /** Most of these find nothing to mend and are refused. */
    private void repairs() {
        String run = everyEnd(
                "/api/workflows/payment-received/trigger",
                "{\"input\":{\"%s\":\"%s\"}}".formatted(MARK, mark("input")));
        everyRefusal("POST", "/api/workflow-runs/" + run + "/retry", "{}");
        everyRefusal("POST", "/api/outbox/" + run + "/replay", "{}");
        everyRefusal("DELETE", "/api/outbox/" + run, "");
        send("POST", "/api/outbox/replay", "{\"type\":\"%s\"}".formatted(mark("type")), MARK + "-key-secret-replay");
    }

    private void everyRefusal(String method, String path, String body) {
        assertThat(send(method, path, body, MARK + "-key-secret-" + requests).status())
                .isBetween(400, 499);
        send(method, path + MARK + "@example.com", body, MARK + "-key-secret-" + requests);
    }

    @Test
    void linesHaveExactlyTheAgreedMembersAndBelongTogetherByTheirRequestId() {
        everyEnd("/api/customers", "{\"name\":\"%s\"}".formatted(mark("name")));

        assertThat(boundaryLines()).isNotEmpty().allSatisfy(line -> {
            Set<String> members = new TreeSet<>(line.propertyNames());
            assertThat(members).containsAll(ALWAYS);
            members.removeAll(ALWAYS);
            switch (line.path("boundary").asString()) {
                case "BEGIN" -> assertThat(members).isEmpty();
                case "COMMIT" -> assertThat(members).contains("durationMs").isSubsetOf("durationMs", "code");
                case "ROLLBACK" -> assertThat(members).containsExactly("code", "durationMs");
                default -> assertThat(line.toString()).as("a boundary").isEmpty();
            }
        });
        Map<String, List<String>> byRequest = new LinkedHashMap<>();
        boundaryLines()
                .forEach(line -> byRequest
                        .computeIfAbsent(line.path("reqId").asString(), request -> new ArrayList<>())
                        .add(line.path("boundary").asString()));
        assertThat(byRequest.keySet()).allMatch(request -> request.startsWith("req-"));
        assertThat(byRequest.values())
                .allSatisfy(lines -> assertThat(lines)
                        .hasSize(2)
                        .startsWith("BEGIN")
                        .endsWith(lines.get(1).equals("COMMIT") ? "COMMIT" : "ROLLBACK"));
    }

    private String mark(String what) {
        return MARK + "-" + what;
    }

    /** Executed, replayed, refused as another payload, refused as invalid. */
    private String everyEnd(String path, String body) {
        String key = MARK + "-key-secret-" + requests;
        Answer executed = send("POST", path, body, key);
        assertThat(executed.status()).as(executed.text()).isEqualTo(201);
        assertThat(send("POST", path, body, key).status()).isEqualTo(200);
        send("POST", path, "{\"name\":\"other " + MARK + "\",\"" + MARK + "\":1}", key);
        assertThat(send("POST", "/api/customers", "{\"name\":\"other " + MARK + "\"}", key)
                        .status())
                .isEqualTo(409);
        send("POST", path, "{\"" + MARK + "\":", key + "-malformed");
        send("POST", path, body.replace("-", "\\u0000"), key + "-hostile");
        send("POST", path, body, MARK + " é key");
        return executed.json().path("id").asString();
    }

    private void everyEndOfADeletion(String path) {
        String key = MARK + "-key-secret-delete-" + requests;
        assertThat(send("DELETE", path, "", key).status()).isEqualTo(204);
        assertThat(send("DELETE", path, "", key).status()).isEqualTo(204);
        send("DELETE", "/api/tokens/" + MARK + "@example.com", "", key);
    }

    /** The database refuses: with a message that has the row in it, and as a whole. */
    private void failures() {
        server.database()
                .execute("ALTER TABLE semel_books.customers ADD CONSTRAINT spoiled CHECK (name NOT LIKE 'MARKED%') NOT"
                        + " VALID");
        assertThat(send("POST", "/api/customers", "{\"name\":\"" + mark("failing") + "\"}", MARK + "-failing")
                        .status())
                .isEqualTo(500);
        server.database().execute("ALTER TABLE semel_books.customers DROP CONSTRAINT spoiled");
        server.database().execute("ALTER TABLE semel_books.customers RENAME TO gone");
        assertThat(send("POST", "/api/customers", "{\"name\":\"" + mark("gone") + "\"}", MARK + "-gone")
                        .status())
                .isEqualTo(500);
        server.database().execute("ALTER TABLE semel_books.gone RENAME TO customers");
    }

    private Answer send(String method, String path, String body, String key) {
        return client.send(client.request(path)
                .header("Content-Type", "application/json")
                .header("User-Agent", MARK + "-agent")
                .header("Cookie", MARK + "=1")
                .header("X-Request-Id", "req-" + ++requests)
                .header("Idempotency-Key", key)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private List<JsonNode> boundaryLines() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLoggerName().equals("semel.boundary"))
                .map(event -> new JsonMapper().readTree(event.getFormattedMessage()))
                .toList();
    }

    private List<String> logged() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getLoggerName() + " " + event.getFormattedMessage() + event.getMDCPropertyMap()
                        + text(event.getThrowableProxy()))
                .toList();
    }

    private static String text(IThrowableProxy failure) {
        return failure == null
                ? ""
                : " " + failure.getClassName() + ": " + failure.getMessage() + text(failure.getCause());
    }
}
