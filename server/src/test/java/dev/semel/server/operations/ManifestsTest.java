package dev.semel.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests, which the verifier reads out of the classes, say what the running server does. */
class ManifestsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void whatIsReviewedIsWhatRuns() throws IOException {
        Map<String, String> reviewed = new TreeMap<>();
        for (String module : new String[] {"server", "services/books", "services/documents", "services/sync"}) {
            Path manifest = ROOT.resolve(module).resolve("semel-operations.json");
            for (JsonNode operation : operations(new JsonMapper().readTree(Files.readString(manifest)))) {
                reviewed.put(operation.path("name").asString(), terms(operation));
            }
        }
        Map<String, String> running = new TreeMap<>();
        TestServer.shared()
                .bean(Semel.class)
                .registry()
                .operations()
                .forEach(operation -> running.put(operation.name(), terms(operation)));

        assertThat(running).hasSizeGreaterThan(30).isEqualTo(reviewed);
    }

    private static Iterable<JsonNode> operations(JsonNode manifest) {
        return manifest.path("operations");
    }

    private static String terms(JsonNode operation) {
        TreeSet<String> announced = new TreeSet<>();
        operation.path("events").forEach(event -> announced.add(event.asString()));
        operation.path("rejections").forEach(code -> announced.add(code.asString()));
        return Stream.of("risk", "key", "retention", "workflow")
                        .map(member -> operation.path(member).asString(""))
                        .toList()
                + " " + announced;
    }

    private static String terms(Operation<?, ?> operation) {
        String workflow = operation.workflow();
        return Stream.of(
                                operation.risk().name(),
                                key(operation.keyRule()),
                                operation.retention().toString(),
                                workflow == null ? "" : workflow)
                        .toList()
                + " " + announced(operation);
    }

    private static TreeSet<String> announced(Operation<?, ?> operation) {
        TreeSet<String> announced = new TreeSet<>(operation.events());
        announced.addAll(operation.rejections().keySet());
        return announced;
    }

    private static String key(KeyRule<?> rule) {
        if (rule instanceof KeyRule.Derived<?> derived) {
            return "derived: " + derived.description();
        }
        return rule instanceof KeyRule.FromPayload<?> member ? "member: " + member.member() : "client";
    }
}
