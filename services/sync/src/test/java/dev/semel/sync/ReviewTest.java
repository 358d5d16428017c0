package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.InvalidPayloadException;
import dev.semel.LeaseLostException;
import dev.semel.lease.Lease;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishReport;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushOp;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RevertChangeset;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changesets: decisions, publishing, rebase and revert. */
@ExtendWith(SyncExtension.class)
class ReviewTest {
    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private String scope = "";

    ReviewTest(TestSync sync) {
        this.sync = sync;
    }

    @BeforeEach
    void scope() {
        scope = sync.scope(caller, "reviewed");
    }

    private UUID propose(PushOp... ops) {
        return Objects.requireNonNull(sync.push(caller, scope, ops).changeset()).id();
    }

    private ChangesetAnswer accept(UUID id, int revision, String... files) {
        List<FileDecision> decisions = Stream.of(files)
                .map(file -> new FileDecision(file, "accept", null, null))
                .toList();
        return sync.engine()
                .decide(caller, newKey(), id, null, new NewDecisions(revision, decisions))
                .result();
    }

    private Lease lease() {
        return sync.engine()
                .reviewing()
                .leases()
                .tryAcquire(caller.tenant(), TestSync.newId(), Duration.ofMinutes(5))
                .orElseThrow();
    }

    private PublishReport publish(UUID id, ChangesetAnswer decided) {
        try (Lease lease = lease()) {
            PublishRequest asked =
                    new PublishRequest(null, decided.revision(), decided.decisionsHash(), null, null, null);
            return sync.engine()
                    .publish(caller, newKey(), id, asked, new PublishLease(lease))
                    .result();
        }
    }

    private static List<String> files(PublishReport report) {
        return report.files().stream()
                .map(file -> file.fileId() + " " + file.status() + " " + file.conflict())
                .toList();
    }

    @Test
    void acceptedFilesArePublishedOnceAndTheSamePublishHasTheSameReport() {
        UUID id = propose(put("a", "a.md", 0, "A"), put("b", "b.md", 0, "large ".repeat(3_000)));
        assertThat(sync.main(caller, scope)).isEmpty();
        ChangesetAnswer decided = accept(id, 1, "a", "b");
        assertThat(decided.status()).isEqualTo("ready");

        PublishReport first = publish(id, decided);
        assertThat(files(first)).containsExactly("a published null", "b published null");
        assertThat(publish(id, decided)).isEqualTo(first);
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md A", "b 1 b.md " + "large ".repeat(3_000));
    }

    @Test
    void conflictStaysBehindAndIsPublishedAfterARebase() {
        UUID base = propose(put("a", "a.md", 0, "one\ntwo\nthree\n"));
        publish(base, accept(base, 1, "a"));
        UUID id = propose(put("a", "a.md", 1, "one\ntwo\nthree, mine\n"), put("b", "b.md", 0, "B"));
        UUID other = propose(put("a", "a.md", 1, "one, theirs\ntwo\nthree\n"));
        publish(other, accept(other, 1, "a"));

        PublishReport partial = publish(id, accept(id, 1, "a", "b"));
        assertThat(files(partial)).containsExactly("a conflict BASE_CHANGED", "b published null");
        assertThat(partial.status()).isEqualTo("reviewing");

        ChangesetAnswer rebased = sync.engine().rebase(caller, newKey(), id).result();
        assertThat(rebased.status()).isEqualTo("ready");
        PublishReport finished = publish(id, rebased);
        assertThat(files(finished)).containsExactly("a published null", "b already_published null");
        assertThat(finished.status()).isEqualTo("published");
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md one, theirs\ntwo\nthree, mine\n", "b 1 b.md B");
    }

    @Test
    void staleHolderOfTheLeaseIsRefusedByItsFence() {
        UUID id = propose(put("a", "a.md", 0, "A"));
        ChangesetAnswer decided = accept(id, 1, "a");
        PublishRequest asked = new PublishRequest(null, 1, decided.decisionsHash(), null, null, null);
        Lease stale = lease();
        stale.close();
        Lease taken = sync.engine()
                .reviewing()
                .leases()
                .tryAcquire(caller.tenant(), stale.target(), Duration.ofMinutes(5))
                .orElseThrow();

        assertThat(taken.fence()).isGreaterThan(stale.fence());
        assertThatThrownBy(() -> sync.engine().publish(caller, newKey(), id, asked, new PublishLease(stale)))
                .isInstanceOf(LeaseLostException.class);
        assertRefused(
                "PUBLISH_IN_PROGRESS",
                () -> sync.engine().publish(caller, newKey(), id, asked, new PublishLease(null)));
        assertThat(sync.main(caller, scope)).isEmpty();
        publish(id, decided);
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md A");
    }

    /** Each waits for the next one's path, and the last one's is taken. However long the chain is, main is asked once. */
    @Test
    void chainOfRenamesThatEndsAtATakenPathStaysAsAWhole() {
        int length = 400;
        List<PushOp> files = new ArrayList<>();
        List<PushOp> moves = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            files.add(put("f" + i, "p" + i + ".md", 0, "x"));
            moves.add(put("f" + i, i == length - 1 ? "TAKEN.md" : "p" + (i + 1) + ".md", 1, "x"));
        }
        files.add(put("other", "taken.md", 0, "x"));
        moves.add(put("free", "free.md", 0, "x"));
        UUID first = propose(files.toArray(PushOp[]::new));
        publish(first, accept(first, 1, ids(files)));
        UUID chain = Objects.requireNonNull(sync.engine()
                        .push(
                                caller,
                                new PushRequest(scope, TestSync.newId(), "main", null, moves, true, null, null, null))
                        .result()
                        .changeset())
                .id();
        ChangesetAnswer decided = accept(chain, 1, ids(moves));
        AtomicInteger asked = new AtomicInteger();
        StatementHook counting = new StatementHook() {
            @Override
            public void before(String sql) {
                asked.addAndGet(sql.contains("live_key") ? 1 : 0);
            }
        };
        try (SyncEngine engine =
                        SyncEngine.on(InterceptedDataSource.of(sync.database().pool(2), counting), sync.blobs());
                Lease lease = lease()) {
            PublishReport report = engine.publish(
                            caller,
                            newKey(),
                            chain,
                            new PublishRequest(null, 1, decided.decisionsHash(), null, null, null),
                            new PublishLease(lease))
                    .result();
            assertThat(files(report))
                    .hasSize(length + 1)
                    .contains("free published null", "f" + (length - 1) + " conflict CASE_COLLISION")
                    .contains("f0 conflict PATH_TAKEN", "f200 conflict PATH_TAKEN");
        }
        assertThat(asked.get()).isLessThanOrEqualTo(4);
    }

    private static String[] ids(List<PushOp> ops) {
        return ops.stream().map(PushOp::fileId).toArray(String[]::new);
    }

    /** A rebase gives a file the path that main has given it; another one of the changeset may want to be there by then. */
    @Test
    void filesWhosePathsCollideAfterARebaseAreNotBothPublished() {
        UUID base = propose(put("a", "a.md", 0, "A"), put("b", "c.md", 0, "one\ntwo\nthree\n"));
        publish(base, accept(base, 1, "a", "b"));
        UUID id = propose(put("a", "b.md", 1, "A"), put("b", "c.md", 1, "one\ntwo\nthree, mine\n"));
        UUID other = propose(put("b", "b.md", 1, "one\ntwo\nthree\n"));
        publish(other, accept(other, 1, "b"));
        accept(id, 1, "a", "b");

        PublishReport report =
                publish(id, sync.engine().rebase(caller, newKey(), id).result());
        assertThat(files(report)).containsExactly("a conflict PATH_TAKEN", "b published null");
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md A", "b 3 b.md one\ntwo\nthree, mine\n");
    }

    @Test
    void fileThatAChangesetHasPublishedTwiceIsTakenBackOnce() {
        UUID id = propose(put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        ChangesetAnswer decided = accept(id, 1, "a");
        try (Lease lease = lease()) {
            PublishRequest some = new PublishRequest(null, 1, decided.decisionsHash(), null, true, null);
            sync.engine().publish(caller, newKey(), id, some, new PublishLease(lease));
        }
        List<PushOp> next = List.of(put("a", "a.md", 1, "A2"), put("b", "b.md", 0, "B"));
        sync.engine().push(caller, new PushRequest(scope, TestSync.newId(), "main", null, next, null, null, id, null));
        assertThat(publish(id, accept(id, 2, "a", "b")).status()).isEqualTo("published");
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md A2", "b 1 b.md B");

        UUID inverse = Objects.requireNonNull(sync.engine()
                        .revert(caller, newKey(), id, new RevertChangeset("no"))
                        .result()
                        .changeset())
                .id();
        publish(inverse, accept(inverse, 1, "a", "b"));
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md ✗", "b 2 b.md ✗");
    }

    @Test
    void publishedChangesetIsTakenBackByAnother() {
        UUID first = propose(put("a", "a.md", 0, "A"));
        publish(first, accept(first, 1, "a"));
        UUID second = propose(put("a", "moved.md", 1, "A2"), put("b", "b.md", 0, "B"));
        assertRefused("INVALID_STATE", () -> sync.engine().revert(caller, newKey(), second, new RevertChangeset(null)));
        publish(second, accept(second, 1, "a", "b"));

        UUID inverse = Objects.requireNonNull(sync.engine()
                        .revert(caller, newKey(), second, new RevertChangeset("no"))
                        .result()
                        .changeset())
                .id();
        publish(inverse, accept(inverse, 1, "a", "b"));
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md A", "b 2 b.md ✗");
    }

    /** Else one of the two would not be done, and nobody be told. */
    @Test
    void onePushDoesNotReviseAndSupersedeAtOnce() {
        UUID one = propose(put("a", "a.md", 0, "A"));
        UUID other = propose(put("b", "b.md", 0, "B"));
        PushRequest both = new PushRequest(
                scope, TestSync.newId(), null, null, List.of(put("a", "a.md", 0, "A2")), null, null, one, other);

        assertThatThrownBy(() -> sync.engine().push(caller, both)).isInstanceOf(InvalidPayloadException.class);

        assertThat(sync.query("SELECT DISTINCT status FROM semel_sync.changesets WHERE tenant_id = ?", caller.tenant()))
                .containsExactly("proposed");
    }
}
