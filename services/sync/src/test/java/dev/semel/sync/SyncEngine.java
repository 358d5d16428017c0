package dev.semel.sync;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.lease.Leases;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.changesets.ChangesetAnswer;
import dev.semel.sync.changesets.CloseChangeset;
import dev.semel.sync.changesets.DecisionPreparation;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.changesets.PreparedDecisions;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.content.StoredTexts;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishLeases;
import dev.semel.sync.publish.PublishReport;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.publish.Publishing;
import dev.semel.sync.pull.PullParts;
import dev.semel.sync.push.MadePushes;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushKeying;
import dev.semel.sync.push.PushPreparation;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.FileRebase;
import dev.semel.sync.rebase.RebaseAttempt;
import dev.semel.sync.rebase.RebaseChangeset;
import dev.semel.sync.rebase.RebasePreparation;
import dev.semel.sync.rebase.RevertChangeset;
import dev.semel.sync.review.ReviewReading;
import dev.semel.sync.review.ReviewReads;
import dev.semel.sync.review.ReviewWrites;
import dev.semel.sync.scopes.CreateScope;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.Scope;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The operations of sync on a data source, put together as the server does it, and called as its gates do. */
record SyncEngine(
        Semel semel, SyncTables tables, PushPreparation preparation, Push pushing, PullParts pulls, Reviewing reviewing)
        implements AutoCloseable {
    /** What changesets are reviewed and published with. */
    record Reviewing(
            ReviewWrites writes,
            DecisionPreparation decisions,
            RebasePreparation rebases,
            Publishing publishing,
            Leases leases) {}

    static SyncEngine on(DataSource source, Blobs blobs) {
        JdbcClient jdbc = JdbcClient.create(source);
        SyncTables tables = SyncTables.on(jdbc);
        SpringTransactions transactions = new SpringTransactions(new JdbcTransactionManager(source), source);
        Semel.Builder builder =
                Semel.builder(transactions, JacksonCodec.ofDefaults()).failpoints(Failpoints.disabled());
        new SyncConfigurer(tables, JacksonCodec.ofDefaults()).configure(builder);
        Semel semel = builder.build();
        ContentIntake intake = new ContentIntake(blobs, SyncOperations.PUSH_CHANGESET.waitLimit());
        Push push = tables.push();
        RebasePreparation rebases = new RebasePreparation(
                semel,
                tables.changesets(),
                tables.bases(),
                new FileRebase(new StoredTexts(semel, new KnownBlobs(jdbc), blobs), intake));
        return new SyncEngine(
                semel,
                tables,
                new PushPreparation(
                        intake,
                        new PutContents(semel, new KnownBlobs(jdbc), blobs),
                        new MadePushes(semel, tables.revisions())),
                push,
                new PullParts(semel, jdbc, blobs),
                new Reviewing(
                        tables.reviewWrites(push),
                        new DecisionPreparation(intake),
                        rebases,
                        tables.publishing(JacksonCodec.ofDefaults()),
                        Leases.of(transactions)));
    }

    /** Reads changesets. */
    ReviewReading reading(Blobs blobs) {
        return new ReviewReading(new ReviewReads(
                semel,
                tables.changesets(),
                tables.changes(),
                tables.bases(),
                new StoredTexts(semel, new KnownBlobs(tables.jdbc()), blobs)));
    }

    Outcome<Scope> createScope(Caller caller, Key key, NewScope asked) {
        CreateScope creating = new CreateScope(tables.scopes(), tables.feeds());
        return call(SyncOperations.CREATE_SCOPE, caller, key, null, asked, creating::handle);
    }

    /** As a gate calls it. */
    private <P, R> Outcome<R> call(
            Operation<P, R> operation, Caller caller, Key key, @Nullable UUID id, P payload, Handler<P, R> handler) {
        Map<String, String> variables = id == null ? Map.of() : Map.of("id", id.toString());
        return semel.execute(new Call<>(
                operation,
                caller,
                key,
                payload,
                Fingerprint.of(
                        operation.name(), variables, JacksonCodec.ofDefaults().write(payload)),
                variables,
                handler));
    }

    Outcome<ChangesetAnswer> decide(Caller caller, Key key, UUID id, @Nullable String ifMatch, NewDecisions asked) {
        PreparedDecisions prepared = reviewing.decisions().prepare(caller.tenant(), asked);
        return call(
                SyncOperations.DECIDE_CHANGESET,
                caller,
                key,
                id,
                asked,
                write -> reviewing.writes().deciding().handle(id.toString(), ifMatch, prepared, write));
    }

    Outcome<ChangesetAnswer> withdraw(Caller caller, Key key, UUID id) {
        return call(
                SyncOperations.WITHDRAW_CHANGESET,
                caller,
                key,
                id,
                new CloseChangeset(),
                write -> reviewing.writes().closing().withdraw(id.toString(), write));
    }

    Outcome<ChangesetAnswer> rebase(Caller caller, Key key, UUID id) {
        RebaseAttempt attempt = RebaseAttempt.of(() -> reviewing.rebases().prepare(caller.tenant(), id.toString()));
        return call(
                SyncOperations.REBASE_CHANGESET,
                caller,
                key,
                id,
                new RebaseChangeset(),
                write -> reviewing.writes().rebasing().handle(attempt, write));
    }

    Outcome<PushAnswer> revert(Caller caller, Key key, UUID id, RevertChangeset asked) {
        return call(
                SyncOperations.REVERT_CHANGESET,
                caller,
                key,
                id,
                asked,
                write -> reviewing.writes().reverting().handle(id.toString(), write));
    }

    Outcome<PublishReport> publish(Caller caller, Key key, UUID id, PublishRequest asked, PublishLease lease) {
        return call(
                SyncOperations.PUBLISH_CHANGESET,
                caller,
                key,
                id,
                asked,
                write -> reviewing.publishing().handle(id.toString(), lease, write));
    }

    /** All that a request does: finds the scope, acquires its lease, writes under it, and lets go of it. */
    Outcome<PublishReport> publish(Caller caller, Key key, UUID id, PublishRequest asked) {
        try (PublishLease lease = lease(caller, id)) {
            return publish(caller, key, id, asked, lease);
        }
    }

    PublishLease lease(Caller caller, UUID id) {
        return new PublishLeases(semel, reviewing.leases(), tables.changesets())
                .acquire(caller.tenant(), id.toString());
    }

    Outcome<PushAnswer> push(Caller caller, PushRequest asked) {
        PushKeying keying = new PushKeying();
        return push(caller, Key.of(String.valueOf(keying.key(asked))), asked);
    }

    Outcome<PushAnswer> push(Caller caller, Key key, PushRequest asked) {
        byte[] canonical = new PushKeying().canonical(asked);
        var prepared = preparation.prepare(caller.tenant(), asked);
        return semel.execute(new Call<>(
                SyncOperations.PUSH_CHANGESET,
                caller,
                key,
                asked,
                Fingerprint.of("pushChangeset", Map.of(), canonical),
                Map.of(),
                write -> pushing.handle(prepared, write)));
    }

    @Override
    public void close() {
        pulls.close();
        reviewing.leases().close();
    }
}
