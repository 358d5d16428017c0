package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.RejectedException;
import dev.semel.lease.Lease;
import dev.semel.sync.changesets.ExpireChangeset;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RevertChangeset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every event in every state of a changeset: what is legal comes to what the protocol says, and what is not changes nothing. */
@ExtendWith(SyncExtension.class)
class TransitionsTest {
    private static final List<String> STATES =
            List.of("proposed", "reviewing", "ready", "rejected", "published", "superseded", "withdrawn", "expired");
    private static final List<String> EVENTS = List.of(
            "revise", "decide", "rebase", "publish", "publish_decided", "withdraw", "supersede", "expire", "revert");
    /** As the protocol has it: state and event, and what it comes to. Of a revert it is what becomes of the changeset itself. */
    private static final Map<String, String> LEGAL = Map.ofEntries(
            Map.entry("proposed revise", "proposed"),
            Map.entry("reviewing revise", "reviewing"),
            Map.entry("ready revise", "reviewing"),
            Map.entry("proposed decide", "reviewing"),
            Map.entry("reviewing decide", "reviewing"),
            Map.entry("ready decide", "ready"),
            Map.entry("rejected decide", "ready"),
            Map.entry("proposed rebase", "proposed"),
            Map.entry("reviewing rebase", "reviewing"),
            Map.entry("ready rebase", "ready"),
            Map.entry("ready publish", "published"),
            Map.entry("reviewing publish_decided", "reviewing"),
            Map.entry("ready publish_decided", "published"),
            Map.entry("proposed withdraw", "withdrawn"),
            Map.entry("reviewing withdraw", "withdrawn"),
            Map.entry("ready withdraw", "withdrawn"),
            Map.entry("proposed supersede", "superseded"),
            Map.entry("reviewing supersede", "superseded"),
            Map.entry("ready supersede", "superseded"),
            Map.entry("proposed expire", "expired"),
            Map.entry("reviewing expire", "expired"),
            Map.entry("ready expire", "expired"),
            Map.entry("published revert", "published"));

    /** The same publish asked for again: it is answered with the report of the first. */
    private static final String RETRY = "published publish";

    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();

    TransitionsTest(TestSync sync) {
        this.sync = sync;
    }

    @TestFactory
    Stream<DynamicTest> everyEventInEveryState() {
        return STATES.stream()
                .flatMap(state -> EVENTS.stream()
                        .map(event -> DynamicTest.dynamicTest(state + " " + event, () -> happens(state, event))));
    }

    private void happens(String state, String event) {
        String scope = sync.scope(caller, "reviewed");
        UUID id = in(state, scope);
        assertThat(row(id)).startsWith(state + " ");
        String legal = LEGAL.get(state + " " + event);
        if (RETRY.equals(state + " " + event)) {
            List<String> before = rows(scope, id);
            happen(event, scope, id);
            assertThat(rows(scope, id)).isEqualTo(before);
            return;
        }
        if (legal != null) {
            happen(event, scope, id);
            assertThat(row(id)).startsWith(legal + " ");
            return;
        }
        List<String> before = rows(scope, id);
        RejectedException refused = assertRefused("INVALID_STATE", () -> happen(event, scope, id));
        assertThat(new TreeSet<>(texts(refused.members().get("allowed")))).isEqualTo(allowed(state));
        assertThat(refused.members()).containsEntry("status", state);
        assertThat(rows(scope, id)).isEqualTo(before);
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /** Nobody lets a changeset expire but the job. */
    private static Set<String> allowed(String state) {
        Set<String> allowed = new TreeSet<>();
        EVENTS.stream()
                .filter(event -> !event.equals("expire") && LEGAL.containsKey(state + " " + event))
                .forEach(allowed::add);
        return allowed;
    }

    private UUID in(String state, String scope) {
        UUID id = push(scope, null, null);
        switch (state) {
            case "reviewing" -> decide(id, "accept", "a");
            case "ready" -> decide(id, "accept", "a", "b");
            case "rejected" -> decide(id, "reject", "a", "b");
            case "published" -> {
                decide(id, "accept", "a", "b");
                happen("publish", scope, id);
            }
            case "superseded" -> happen("supersede", scope, id);
            case "withdrawn" -> happen("withdraw", scope, id);
            case "expired" -> happen("expire", scope, id);
            default -> {}
        }
        return id;
    }

    private UUID push(String scope, @Nullable UUID revises, @Nullable UUID supersedes) {
        String text = revises == null ? "A" : "A, revised";
        PushRequest asked = new PushRequest(
                scope,
                newId(),
                "main",
                null,
                List.of(put("a", "a.md", 0, "A"), put("b", "b.md", 0, text)),
                true,
                null,
                revises,
                supersedes);
        PushAnswer answer = sync.engine().push(caller, asked).result();
        return Objects.requireNonNull(answer.changeset()).id();
    }

    private void decide(UUID id, String action, String... files) {
        List<FileDecision> decisions = new ArrayList<>();
        for (String file : files) {
            decisions.add(new FileDecision(file, action, null, "because"));
        }
        int revision = Integer.parseInt(row(id).split(" ")[1]);
        sync.engine().decide(caller, newKey(), id, null, new NewDecisions(revision, decisions));
    }

    private void happen(String event, String scope, UUID id) {
        switch (event) {
            case "revise" -> push(scope, id, null);
            case "decide" -> {
                if (row(id).startsWith("rejected")) {
                    decide(id, "accept", "a", "b");
                } else {
                    decide(id, "accept", "a");
                }
            }
            case "rebase" -> sync.engine().rebase(caller, newKey(), id);
            case "publish" -> publish(id, false);
            case "publish_decided" -> publish(id, true);
            case "withdraw" -> sync.engine().withdraw(caller, newKey(), id);
            case "supersede" -> push(scope, null, id);
            case "expire" ->
                sync.engine()
                        .semel()
                        .execute(
                                ExpireChangeset.OPERATION,
                                caller,
                                newKey(),
                                new ExpireChangeset(id, Long.parseLong(row(id).split(" ")[2])));
            case "revert" -> sync.engine().revert(caller, newKey(), id, new RevertChangeset(null));
            default -> throw new IllegalArgumentException(event);
        }
    }

    private void publish(UUID id, boolean onlyDecided) {
        try (Lease lease = sync.engine()
                .reviewing()
                .leases()
                .tryAcquire(caller.tenant(), newId(), Duration.ofMinutes(5))
                .orElseThrow()) {
            String hash = sync.query(
                            "SELECT decisions_hash FROM semel_sync.changeset_changes WHERE changeset_id = ? ORDER BY seq DESC LIMIT 1",
                            id)
                    .get(0);
            sync.engine()
                    .publish(
                            caller,
                            newKey(),
                            id,
                            new PublishRequest(
                                    null, Integer.parseInt(row(id).split(" ")[1]), hash, null, onlyDecided, null),
                            new PublishLease(lease));
        }
    }

    /** State, revision and decision version. */
    private String row(UUID id) {
        return sync.query(
                        "SELECT status || ' ' || revision || ' ' || decision_version FROM semel_sync.changesets WHERE id = ?",
                        id)
                .get(0);
    }

    private List<String> rows(String scope, UUID id) {
        Map<String, String> rows = new TreeMap<>();
        rows.put("changeset", row(id));
        rows.put("main", String.valueOf(sync.main(caller, scope)));
        for (String table : List.of("changesets", "changeset_changes", "file_changes", "changeset_revisions")) {
            rows.put(
                    table,
                    sync.query("SELECT count(*) FROM semel_sync." + table + " WHERE tenant_id = ?", caller.tenant())
                            .get(0));
        }
        rows.put(
                "feeds",
                String.valueOf(sync.query("SELECT head FROM semel_sync.feeds WHERE scope = ? ORDER BY feed", scope)));
        return rows.entrySet().stream().map(Map.Entry::toString).toList();
    }
}
