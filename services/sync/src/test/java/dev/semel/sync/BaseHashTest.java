package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.Refusals.results;
import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.RejectedException;
import dev.semel.documents.content.ContentHash;
import dev.semel.lease.Lease;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishReport;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RebaseConflict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same number of a version can be another content's, after a backup was restored: the hash of the base tells. */
@ExtendWith(SyncExtension.class)
class BaseHashTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private String scope = "";

    BaseHashTest(TestSync sync) {
        this.sync = sync;
    }

    @BeforeEach
    void scope() {
        scope = sync.scope(caller, "direct");
    }

    /** @param seen what the client has seen as that version */
    static PushOp put(String fileId, String path, long base, String seen, String content) {
        return new PushOp("upsert", fileId, path, base, content, null, ContentHash.of(seen));
    }

    private static PushOp remove(String fileId, long base, String hash) {
        return new PushOp("delete", fileId, null, base, null, null, hash);
    }

    @Test
    void sameVersionOfAnotherContentIsAConflict() {
        sync.push(caller, scope, TestSync.put("a", "a.md", 0, "A"), TestSync.put("b", "b.md", 0, "B"));

        RejectedException refused = assertRefused(
                "BASE_VERSION_CONFLICT",
                () -> sync.push(
                        caller,
                        scope,
                        put("a", "a.md", 1, "of a lost history", "edited"),
                        put("b", "b.md", 1, "B", "B2")));
        assertThat(results(refused)).containsExactly("a conflict 1", "b ok 1");
        assertRefused(
                "BASE_VERSION_CONFLICT",
                () -> sync.push(caller, scope, remove("a", 1, ContentHash.of("of a lost history"))));
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md A", "b 1 b.md B");

        sync.push(caller, scope, put("a", "a.md", 1, "A", "A2"), remove("b", 1, ContentHash.of("B")));
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md A2", "b 2 b.md ✗");
    }

    /** A tombstone keeps the hash of its content: seen live, it is another thing all the same. */
    @Test
    void deletedFileIsNotWhatWasSeenLive() {
        sync.push(caller, scope, TestSync.put("a", "a.md", 0, "A"));
        sync.push(caller, scope, delete("a", 1));
        assertRefused("BASE_VERSION_CONFLICT", () -> sync.push(caller, scope, put("a", "a.md", 2, "A", "A, edited")));
        sync.push(caller, scope, new PushOp("upsert", "a", "a.md", 2, "back", null, PushOp.DELETED));
        assertRefused(
                "BASE_VERSION_CONFLICT",
                () -> sync.push(caller, scope, new PushOp("upsert", "a", "a.md", 3, "again", null, PushOp.DELETED)));
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md back");
    }

    @Test
    void hashOfNoBaseBreaksARule() {
        assertThatThrownBy(() -> sync.push(caller, scope, put("a", "a.md", 0, "A", "A")))
                .isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void anotherBaseMakesAnotherPush() {
        sync.push(caller, scope, TestSync.put("a", "a.md", 0, "A"));
        String id = newId();
        sync.engine().push(caller, TestSync.request(scope, id, put("a", "a.md", 1, "A", "A2")));
        assertThatThrownBy(() ->
                        sync.engine().push(caller, TestSync.request(scope, id, put("a", "a.md", 1, "other", "A2"))))
                .isInstanceOf(dev.semel.KeyReusedException.class);
    }

    private UUID proposeBehind(PushOp... ops) {
        PushRequest asked = new PushRequest(scope, newId(), "main", null, List.of(ops), true, null, null, null);
        return Objects.requireNonNull(sync.engine().push(caller, asked).result().changeset())
                .id();
    }

    private ChangesetAnswer accept(UUID id) {
        return sync.engine()
                .decide(
                        caller,
                        newKey(),
                        id,
                        null,
                        new NewDecisions(1, List.of(new FileDecision("a", "accept", null, null))))
                .result();
    }

    private PublishReport publish(UUID id, ChangesetAnswer decided) {
        try (Lease lease = sync.engine()
                .reviewing()
                .leases()
                .tryAcquire(caller.tenant(), newId(), Duration.ofMinutes(5))
                .orElseThrow()) {
            return sync.engine()
                    .publish(
                            caller,
                            newKey(),
                            id,
                            new PublishRequest(null, decided.revision(), decided.decisionsHash(), null, null, null),
                            new PublishLease(lease))
                    .result();
        }
    }

    /** Neither published, nor merged with a base that its author has never seen, in which main's own changes would be lost. */
    @Test
    void proposalFromALostHistoryIsNeitherPublishedNorRebased() {
        scope = sync.scope(caller, "reviewed");
        UUID first = proposeBehind(TestSync.put("a", "a.md", 0, "one\ntwo\nthree\n"));
        publish(first, accept(first));
        for (PushOp op : List.of(
                put("a", "a.md", 1, "one\ntwo\n", "one\ntwo\nmine\n"),
                TestSync.put("a", "a.md", 7, "of version 7\n"),
                new PushOp("upsert", "a", "a.md", 1, "one\ntwo\n", null, PushOp.DELETED))) {
            UUID lost = proposeBehind(op);
            PublishReport report = publish(lost, accept(lost));
            assertThat(report.files().get(0).conflict()).isEqualTo("BASE_CHANGED");
            RejectedException refused =
                    assertRefused("REBASE_CONFLICT", () -> sync.engine().rebase(caller, newKey(), lost));
            assertThat(((List<?>) refused.members().get("results")).get(0))
                    .isEqualTo(new RebaseConflict("a", "base_unknown", List.of()));
        }
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md one\ntwo\nthree\n");
    }

    /** A tombstone has the hash of what was deleted: who has seen that live has not seen the deletion. */
    @Test
    void deletionThatItsAuthorHasNotSeenIsNotPublishedOver() {
        scope = sync.scope(caller, "reviewed");
        for (PushOp op : List.of(TestSync.put("a", "a.md", 0, "A"), delete("a", 1))) {
            UUID id = proposeBehind(op);
            publish(id, accept(id));
        }
        UUID unseen = proposeBehind(put("a", "a.md", 2, "A", "A, edited"));
        assertThat(publish(unseen, accept(unseen)).files().get(0).conflict()).isEqualTo("BASE_DELETED");
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md ✗");

        UUID seen = proposeBehind(new PushOp("upsert", "a", "a.md", 2, "back", null, PushOp.DELETED));
        publish(seen, accept(seen));
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md back");
    }

    /** A revision that knows its base better than the one before is another proposal. */
    @Test
    void whatIsKnownOfTheBaseLaterIsNotForgotten() {
        scope = sync.scope(caller, "reviewed");
        UUID first = proposeBehind(TestSync.put("a", "a.md", 0, "one\ntwo\nthree\n"));
        publish(first, accept(first));
        UUID second = proposeBehind(TestSync.put("a", "a.md", 1, "one\ntwo\nthree\nfour\n"));
        publish(second, accept(second));
        UUID lost = proposeBehind(TestSync.put("a", "a.md", 1, "mine\n"));
        accept(lost);
        PushOp told = put("a", "a.md", 1, "of a lost history", "mine\n");
        sync.engine()
                .push(caller, new PushRequest(scope, newId(), "main", null, List.of(told), true, null, lost, null));
        ChangesetAnswer decided = sync.engine()
                .decide(
                        caller,
                        newKey(),
                        lost,
                        null,
                        new NewDecisions(2, List.of(new FileDecision("a", "accept", null, null))))
                .result();
        publish(lost, decided);
        RejectedException refused =
                assertRefused("REBASE_CONFLICT", () -> sync.engine().rebase(caller, newKey(), lost));
        assertThat(((List<?>) refused.members().get("results")).get(0))
                .isEqualTo(new RebaseConflict("a", "base_unknown", List.of()));
    }
}
