package dev.semel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.documents.content.ContentHash;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Globex calls every route of the OpenAPI document with acme's ids, wherever an id can stand. A route that is new is attacked as
 * well; one whose body has members that are not known here fails until a value for them is added.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CrossTenantTest {
    private static final String SECRET = "ACME-PRIVATE";
    private static final String LARGE_SECRET = SECRET.repeat(1_000);
    private static final String KEY = "key-of-both";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]+}");
    /** Valid values for members that are no ids, so that a call is not refused for another reason. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("name", "\"x\""),
            // Not one that the attack on the route of scopes has made before: what is pushed has to be looked for.
            Map.entry("scope", "\"nowhere\""),
            Map.entry("mode", "\"atomic\""),
            Map.entry("separationOfDuties", "true"),
            Map.entry("targetBranch", "\"main\""),
            Map.entry("message", "\"x\""),
            Map.entry("ops", "[{\"type\":\"delete\",\"fileId\":\"x\",\"baseVersion\":1}]"),
            Map.entry("allowBehind", "true"),
            Map.entry("validateOnly", "false"),
            Map.entry("revision", "1"),
            Map.entry("decisions", "[{\"fileId\":\"x\",\"action\":\"accept\"}]"),
            Map.entry("expectedRevision", "1"),
            Map.entry("decisionsHash", "\"sha256:" + "0".repeat(64) + "\""),
            Map.entry("onlyDecided", "false"),
            Map.entry("title", "\"x\""),
            Map.entry("content", "\"x\""),
            Map.entry("contentHash", "null"),
            Map.entry("contentType", "\"text/plain\""),
            Map.entry("version", "1"),
            Map.entry("baseVersion", "1"),
            Map.entry("email", "\"x@example.com\""),
            Map.entry("currency", "\"EUR\""),
            Map.entry("dueDate", "\"2027-01-01\""),
            Map.entry("description", "\"x\""),
            Map.entry("quantity", "\"1\""),
            Map.entry("unitPrice", "\"1\""),
            Map.entry("amount", "\"1\""),
            Map.entry("method", "\"x\""),
            Map.entry("reference", "\"x\""),
            Map.entry("input", "{}"),
            Map.entry("type", "\"x\""),
            Map.entry("sink", "\"x\""),
            Map.entry("user", "\"x\""),
            Map.entry("roles", "[\"reader\"]"),
            Map.entry("userId", "\"x\""),
            Map.entry("role", "\"reader\""),
            Map.entry("salary", "{\"amount\":\"1\",\"currency\":\"EUR\"}"),
            Map.entry("sku", "\"x\""),
            Map.entry("delta", "1"),
            Map.entry("reason", "\"x\""),
            Map.entry("line", "1"),
            Map.entry("period", "\"2026-11\""),
            Map.entry("legalName", "\"x\""),
            Map.entry("baseCurrency", "\"EUR\""),
            Map.entry("timezone", "\"UTC\""),
            Map.entry("serverPath", "\"x.md\""),
            Map.entry("percent", "\"1\""),
            Map.entry("paidBy", "\"employee\""),
            Map.entry("sinceCursor", "null"),
            Map.entry("limit", "10"),
            Map.entry("maxBytes", "1000000"),
            Map.entry("wait", "0"),
            Map.entry("hashes", "[\"sha256:" + "0".repeat(64) + "\"]"));

    private final JsonMapper json = new JsonMapper();
    private TestServer server;
    private JsonNode document;
    private List<String> ids;
    private String before;

    @BeforeAll
    void acmeHasSomethingToLose() {
        server = TestServer.start();
        document = server.as("").get("/v3/api-docs").json();
        Client acme = server.as("ACME-ADMIN");
        String customer = id(acme.post(
                "/api/customers", "{\"name\":\"%s\",\"email\":\"%s@example.com\"}".formatted(SECRET, SECRET), KEY));
        String draft = id(acme.post("/api/invoices", invoice(customer)));
        String owed = id(acme.post("/api/invoices", invoice(customer)));
        id(acme.post("/api/invoices/" + owed + "/finalize", "{}"));
        String payment = id(acme.post(
                "/api/payments",
                "{\"invoiceId\":\"%s\",\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"%s\"}"
                        .formatted(owed, SECRET)));
        String credit = id(acme.post(
                "/api/invoices/" + owed + "/credit-notes",
                "{\"reason\":\"%s\",\"lines\":[{\"line\":1,\"amount\":\"2\"}]}".formatted(SECRET)));
        id(acme.post("/api/payments", Books.payment(owed, "7")));
        id(acme.post("/api/invoices/" + owed + "/credit-notes", "{}"));
        String refund = id(acme.post(
                "/api/refunds",
                "{\"invoiceId\":\"%s\",\"amount\":\"1\",\"currency\":\"EUR\",\"reference\":\"%s\"}"
                        .formatted(owed, SECRET)));
        String transaction = bankTransaction(acme);
        String token = id(acme.post("/api/tokens", "{\"user\":\"%s\",\"roles\":[\"reader\"]}".formatted(SECRET)));
        String employee = id(acme.post(
                "/api/employees",
                "{\"name\":\"%s\",\"salary\":{\"amount\":\"1\",\"currency\":\"EUR\"}}".formatted(SECRET)));
        String item = id(acme.post("/api/items", "{\"sku\":\"%s\",\"name\":\"x\",\"quantity\":1}".formatted(SECRET)));
        String run = id(acme.post("/api/payroll-runs", "{\"period\":\"2026-11\",\"currency\":\"EUR\"}"));
        String grant = id(acme.post("/api/access-grants", "{\"userId\":\"%s\",\"role\":\"reader\"}".formatted(SECRET)));
        String document = document(acme);
        String changeset = changeset(acme);
        ids = List.of(
                customer,
                draft,
                owed,
                payment,
                credit,
                refund,
                transaction,
                token,
                employee,
                item,
                run,
                grant,
                document,
                changeset);
        server.database().awaitQuietOutbox();
        before = server.database().rowsOf("acme");
        assertThat(before).contains(SECRET).contains(ids);
    }

    private static String invoice(String customer) {
        return """
            {"customerId":"%s","currency":"EUR","lines":[{"description":"%s","quantity":"1","unitPrice":"10"}]}\
            """.formatted(customer, SECRET);
    }

    private static String bankTransaction(Client acme) {
        Answer answer = acme.send(acme.request("/api/bank-transactions/import")
                .header("Content-Type", "text/csv")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(
                        "date,amount,currency,reference\n2026-11-24,1,EUR,%s\n".formatted(SECRET))));
        assertThat(answer.json().path("imported").asInt()).as(answer.text()).isEqualTo(1);
        return acme.get("/api/bank-transactions").json().at("/items/0/id").asString();
    }

    /** With one version in its row and one in the blob store. */
    private static String document(Client acme) {
        String document =
                id(acme.post("/api/documents", "{\"title\":\"%s\",\"content\":\"%s\"}".formatted(SECRET, SECRET)));
        assertThat(acme.post("/api/documents/" + document + "/versions", "{\"content\":\"%s\"}".formatted(LARGE_SECRET))
                        .status())
                .isEqualTo(201);
        return document;
    }

    /** With one content in its row and one in the blob store, in a scope of the tenant's own. */
    private static String changeset(Client acme) {
        id(acme.post("/v1/scopes", "{\"scope\":\"private\",\"mode\":\"reviewed\"}"));
        Answer answer = acme.post("/v1/sync/push", """
            {"scope":"private","clientChangesetId":"%s","message":"%s","ops":[
             {"type":"upsert","fileId":"%s","serverPath":"%s.md","baseVersion":0,"content":"%s"},
             {"type":"upsert","fileId":"large","serverPath":"large.md","baseVersion":0,"content":"%s"}]}\
            """.formatted(KEY, SECRET, SECRET, SECRET, SECRET, LARGE_SECRET));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/changeset/id").asString();
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @AfterAll
    void nothingOfAcmeHasChanged() {
        server.database().awaitQuietOutbox();
        try {
            assertThat(server.database().rowsOf("acme")).isEqualTo(before);
        } finally {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRouteWithAcmesIds() {
        List<DynamicTest> attacks = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Route route = new Route(
                            method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), method.getValue());
                    attacks.add(DynamicTest.dynamicTest(route.method + " " + route.path, () -> attack(route)));
                }));
        assertThat(attacks).hasSizeGreaterThan(10);
        return attacks.stream();
    }

    private record Route(String method, String path, JsonNode operation) {}

    private void attack(Route route) {
        boolean idInPath = PLACEHOLDER.matcher(route.path).find();
        JsonNode schema = route.operation.at("/requestBody/content/application~1json/schema");
        for (String id : ids) {
            String target = PLACEHOLDER.matcher(route.path).replaceAll(id) + query(route, id);
            boolean[] idInBody = {false};
            List<String> bodies = schema.isMissingNode() ? List.of("") : bodies(sample(resolve(schema), id, idInBody));
            for (String body : bodies) {
                attack(route, target, body, idInPath || idInBody[0]);
            }
        }
    }

    private void attack(Route route, String target, String body, boolean namesAnId) {
        Answer answer = send(route.method, target, body);
        assertThat(answer.text()).as(answer.text()).doesNotContain(SECRET);
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
        if (namesAnId) {
            assertThat(answer.status())
                    .as("%s %s %s: %s", route.method, target, body, answer.text())
                    .isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NOT_FOUND");
        } else {
            assertThat(withoutWhatWasAskedFor(answer)).doesNotContain(ids);
        }
    }

    private static final List<List<String>> EXCLUDING =
            List.of(List.of("paymentId", "refundId"), List.of("changesetId", "supersedes"));

    /** Each of two members that exclude one another for itself. */
    private static List<String> bodies(JsonNode body) {
        return EXCLUDING.stream()
                .filter(pair -> pair.stream().allMatch(body::has))
                .findFirst()
                .map(pair -> pair.stream()
                        .map(other ->
                                ((ObjectNode) body.deepCopy()).without(other).toString())
                        .toList())
                .orElseGet(() -> List.of(body.toString()));
    }

    /** Whatever of the query takes an id. */
    private static String query(Route route, String id) {
        String query = route.operation.path("parameters").values().stream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .filter(name -> name.endsWith("Id") && !name.equals("requestId"))
                .map(name -> name + "=" + id)
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** The audit log says which resource a call was about: globex's own rows repeat what globex itself sent. */
    private static String withoutWhatWasAskedFor(Answer answer) {
        return answer.text().replaceAll("\"resourceId\":\"[^\"]*\"", "");
    }

    private Answer send(String method, String target, String body) {
        Client globex = server.as("GLOBEX-ADMIN");
        return globex.send(globex.request(target)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private JsonNode sample(JsonNode schema, String id, boolean[] idInBody) {
        ObjectNode body = json.createObjectNode();
        resolve(schema).path("properties").properties().forEach(member -> {
            JsonNode type = resolve(member.getValue());
            if (type.path("format").asString("").equals("uuid")
                    || member.getKey().endsWith("Id") && !member.getKey().equals("userId")) {
                body.put(member.getKey(), id);
                idInBody[0] = true;
            } else if (!VALUES.containsKey(member.getKey()) && isListOfObjects(type)) {
                body.putArray(member.getKey()).add(sample(type.path("items"), id, idInBody));
            } else {
                assertThat(VALUES).as("values for members of bodies").containsKey(member.getKey());
                body.set(member.getKey(), json.readTree(VALUES.get(member.getKey())));
            }
        });
        return body;
    }

    private boolean isListOfObjects(JsonNode type) {
        return resolve(type.path("items")).has("properties");
    }

    @Test
    void acmesCursorsLeadNowhereElse() {
        for (String collection : List.of(
                "/api/customers",
                "/api/invoices",
                "/api/payments",
                "/api/credit-notes",
                "/api/refunds",
                "/api/bank-transactions",
                "/api/journal",
                "/api/receivables/aging",
                "/api/tokens",
                "/api/writes",
                "/api/employees",
                "/api/items",
                "/api/payroll-runs",
                "/api/access-grants",
                "/api/documents",
                "/v1/scopes")) {
            String cursor = server.as("ACME-ADMIN")
                    .get(collection + "?limit=1")
                    .json()
                    .path("nextCursor")
                    .asString("");
            Answer answer = server.as("GLOBEX-ADMIN").get(collection + "?limit=50&cursor=" + cursor);
            assertThat(withoutWhatWasAskedFor(answer)).doesNotContain(ids).doesNotContain(SECRET);
        }
    }

    @Test
    void acmesScopeIsNotGlobexs() {
        Client globex = server.as("GLOBEX-ADMIN");
        String push = """
            {"scope":"private","clientChangesetId":"x","ops":[
             {"type":"upsert","fileId":"a","serverPath":"a.md","baseVersion":0,"content":"x"}]}\
            """;
        assertThat(globex.post("/v1/sync/push", push).status()).isEqualTo(404);
        assertThat(globex.post("/v1/sync/pull", "{\"scope\":\"private\"}").status())
                .isEqualTo(404);
        for (String path : List.of(
                "/v1/scopes/private",
                "/v1/scopes/private/manifest",
                "/v1/sync/status?scope=private",
                "/v1/blobs/" + ContentHash.of(LARGE_SECRET))) {
            assertThat(globex.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(globex.get("/v1/scopes").text()).doesNotContain("private");
        assertThat(globex.post("/v1/blobs/missing", "{\"hashes\":[\"" + ContentHash.of(LARGE_SECRET) + "\"]}")
                        .json()
                        .path("missing"))
                .hasSize(1);
    }

    @Test
    void acmesContentIsNotGlobexs() {
        String named = "{\"title\":\"x\",\"contentHash\":\"%s\"}".formatted(ContentHash.of(LARGE_SECRET));

        assertThat(server.as("GLOBEX-ADMIN").post("/api/documents", named).code())
                .isEqualTo("CONTENT_UNKNOWN");
        for (String id : ids) {
            for (String route :
                    List.of("/content", "/versions/1/content", "/versions/2/content", "/diff?from=1&to=2")) {
                Answer answer = server.as("GLOBEX-ADMIN").get("/api/documents/" + id + route);
                assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            }
        }
    }

    @Test
    void acmesKeyIsGlobexsOwn() {
        Client globex = server.as("GLOBEX-ADMIN");
        Answer own = globex.post("/api/customers", "{\"name\":\"Globex\"}", KEY);
        assertThat(own.status()).isEqualTo(201);
        assertThat(own.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(own.text()).doesNotContain(SECRET);
        assertThat(globex.post("/api/customers", "{\"name\":\"Globex\"}", KEY).text())
                .isEqualTo(own.text());
    }

    @Test
    void tenantComesFromTheCredentialWhateverTheRequestSays() {
        Client globex = server.as("GLOBEX-ADMIN");
        for (String header : Arrays.asList("X-Tenant", "X-Tenant-Id", "Tenant", "X-Semel-Tenant")) {
            Answer answer = globex.send(globex.request("/api/customers?tenant=acme&tenantId=acme&tenant_id=acme")
                    .header(header, "acme")
                    .GET());
            assertThat(answer.text()).doesNotContain(ids).doesNotContain(SECRET);
        }
    }
}
