package dev.semel.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.server.Answer;
import dev.semel.server.TestServer;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private final Answer document = TestServer.shared().as("").get("/v3/api-docs");

    @Test
    void documentIsValid() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(document.text(), null, options);
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getInfo().getTitle()).isEqualTo("Semel");
    }

    @Test
    void gatedRouteNeedsItsKeyAndNamesItsAnswers() {
        JsonNode create = operation("/api/customers", "post");
        assertThat(create.path("parameters").values())
                .filteredOn(parameter -> parameter.path("name").asString().equals("Idempotency-Key")
                        && parameter.path("in").asString().equals("header")
                        && parameter.path("required").asBoolean())
                .hasSize(1);
        assertThat(create.path("parameters").values())
                .as("the write is no parameter")
                .hasSize(1);
        assertThat(create.path("responses").propertyNames())
                .contains("200", "201", "400", "401", "403", "404", "409", "422", "503");
        assertThat(create.at("/responses/201/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/Customer");
        assertThat(create.at("/responses/409/content/application~1problem+json/schema/$ref")
                        .asString())
                .endsWith("/Problem");
        assertThat(create.at("/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/NewCustomer");
    }

    @Test
    void fileIsTextOfItsTypes() {
        JsonNode content = operation("/api/bank-transactions/import", "post").at("/requestBody/content");
        assertThat(content.propertyNames()).containsExactlyInAnyOrder("text/csv", "application/xml", "text/xml");
        assertThat(content.at("/text~1csv/schema").has("$ref")).isFalse();
        assertThat(content.at("/text~1csv/schema/description").asString()).isEqualTo("The file as it is.");
    }

    @Test
    void gatedRoutesCarryTheirTermsAndOthersNone() {
        JsonNode terms = operation("/api/payments", "post").path("x-semel");
        assertThat(terms.path("operation").asString()).isEqualTo("createPayment");
        assertThat(terms.path("risk").asString()).isEqualTo("FINANCIAL");
        assertThat(terms.path("keyRequired").asBoolean()).isTrue();
        assertThat(terms.path("keyLifetime").asString()).isEqualTo("PT48H");
        assertThat(terms.path("replayHeader").asString()).isEqualTo("Idempotency-Replayed");
        assertThat(operation("/api/payments", "get").has("x-semel")).isFalse();
    }

    @Test
    void everyMutatingRouteHasItsKeyItsTermsAndItsCodes() {
        Set<String> mutating = new TreeSet<>();
        document.json()
                .path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(method -> !method.getKey().equals("get"))
                        .forEach(method -> {
                            String route = method.getKey() + " " + path.getKey();
                            mutating.add(route);
                            JsonNode operation = method.getValue();
                            assertThat(operation.has("x-semel")).as(route).isTrue();
                            assertThat(operation.path("responses").propertyNames())
                                    .as(route)
                                    .contains("400", "401", "403", "404", "409", "413", "415", "422", "503");
                        }));
        assertThat(mutating)
                .contains(
                        "post /api/customers",
                        "post /api/invoices",
                        "post /api/invoices/{id}/finalize",
                        "post /api/payments",
                        "post /api/tokens",
                        "delete /api/tokens/{id}");
    }

    /** What may be answered whatever the operation is. */
    private static final Set<String> OF_ALL = Set.of(
            "FORBIDDEN",
            "IDEMPOTENCY_KEY_EXPIRED",
            "IDEMPOTENCY_KEY_INVALID",
            "IDEMPOTENCY_KEY_REQUIRED",
            "IDEMPOTENCY_KEY_REUSED",
            "MALFORMED_JSON",
            "NOT_FOUND",
            "PAYLOAD_TOO_LARGE",
            "REQUEST_IN_PROGRESS",
            "UNAUTHENTICATED",
            "UNAVAILABLE",
            "UNSUPPORTED_MEDIA_TYPE",
            "VALIDATION_FAILED");

    @Test
    void gatedRoutesListTheRejectionsOfTheirOperationAndNoOther() {
        Map<String, Set<String>> declared = new TreeMap<>();
        TestServer.shared()
                .as("ACME-ADMIN")
                .get("/api/operations")
                .json()
                .path("items")
                .forEach(operation -> declared.put(
                        operation.path("name").asString(),
                        operation
                                .path("rejections")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toCollection(TreeSet::new))));
        Map<String, Set<String>> listed = new TreeMap<>();
        for (JsonNode path : document.json().path("paths").values()) {
            for (JsonNode operation : path.values()) {
                String name = operation.at("/x-semel/operation").asString("");
                if (!name.isEmpty()) {
                    listed.put(name, codes(operation));
                }
            }
        }

        assertThat(listed).hasSizeGreaterThan(30).containsKey("createCreditNote");
        assertThat(listed)
                .allSatisfy((name, codes) -> assertThat(codes).as(name).isEqualTo(declared.get(name)));
    }

    private static Set<String> codes(JsonNode operation) {
        Set<String> codes = new TreeSet<>();
        operation
                .path("responses")
                .values()
                .forEach(response -> codes.addAll(response.path("content")
                        .path("application/problem+json")
                        .path("examples")
                        .propertyNames()));
        codes.removeAll(OF_ALL);
        return codes;
    }

    @Test
    void reusedKeyIsDocumentedUnderTheStatusThatIsSet() {
        assertThat(reused(document.json(), "409")).isTrue();
        assertThat(reused(document.json(), "422")).isFalse();
        try (TestServer drafted = TestServer.start(Map.of("semel.http.key-reused-status", "422"))) {
            JsonNode other = drafted.as("").get("/v3/api-docs").json();
            assertThat(reused(other, "422")).isTrue();
            assertThat(reused(other, "409")).isFalse();
        }
    }

    private static boolean reused(JsonNode document, String status) {
        return document.at("/paths/~1api~1payments/post/responses/" + status
                        + "/content/application~1problem+json/examples")
                .has("IDEMPOTENCY_KEY_REUSED");
    }

    /** Their handlers read the bodies themselves. */
    @Test
    void bodiesOfReadsThatArePostedAreSaid() {
        JsonNode pull = operation("/v1/sync/pull", "post");
        JsonNode body = pull.at("/requestBody/content/application~1json/schema/properties");
        assertThat(body.propertyNames()).contains("scope", "sinceCursor", "limit", "maxBytes", "wait");
        assertThat(pull.at("/requestBody/content").has("application/octet-stream"))
                .isFalse();
        assertThat(pull.at("/responses/200/content").toString()).contains("PullAnswer");
        assertThat(operation("/v1/blobs/missing", "post")
                        .at("/requestBody/content/application~1json/schema/properties")
                        .has("hashes"))
                .isTrue();
        assertThat(operation("/v1/blobs/{hash}", "put")
                        .at("/requestBody/content")
                        .has("application/octet-stream"))
                .isTrue();
    }

    @Test
    void readsHaveNoKeyAndDeletionsNoBody() {
        assertThat(operation("/api/customers", "get").path("parameters").values())
                .noneMatch(parameter -> parameter.path("name").asString().equals("Idempotency-Key"));
        JsonNode revoke = operation("/api/tokens/{id}", "delete");
        assertThat(revoke.path("responses").propertyNames()).contains("204").doesNotContain("200", "201");
    }

    @Test
    void everyRouteNeedsABearerToken() {
        assertThat(document.json()
                        .at("/components/securitySchemes/bearer/scheme")
                        .asString())
                .isEqualTo("bearer");
        assertThat(document.json().at("/security/0").has("bearer")).isTrue();
    }

    private JsonNode operation(String path, String method) {
        return document.json().path("paths").path(path).path(method);
    }
}
