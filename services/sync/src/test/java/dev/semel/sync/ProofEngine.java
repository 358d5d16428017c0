package dev.semel.sync;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.KeyRule;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.pull.PullParts;
import dev.semel.sync.pull.PullRequest;
import dev.semel.sync.push.MadePushes;
import dev.semel.sync.push.PreparedPush;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushPreparation;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.scopes.CreateScope;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.Scope;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Sync on a data source, put together as the server does it and called as its gates and routes do, without HTTP. */
public final class ProofEngine implements AutoCloseable {
    private final Semel semel;
    private final SyncTables tables;
    private final Push push;
    private final PullParts pulls;
    private final ContentIntake intake;
    private final PushPreparation preparation;

    private ProofEngine(Semel semel, SyncTables tables, Blobs blobs) {
        this.semel = semel;
        this.tables = tables;
        this.push = tables.push();
        this.pulls = new PullParts(semel, tables.jdbc(), blobs);
        this.intake = new ContentIntake(blobs, SyncOperations.PUSH_CHANGESET.waitLimit());
        this.preparation = new PushPreparation(
                intake,
                new PutContents(semel, new KnownBlobs(tables.jdbc()), blobs),
                new MadePushes(semel, tables.revisions()));
    }

    public static ProofEngine on(DataSource source, Blobs blobs) {
        SyncTables tables = SyncTables.on(JdbcClient.create(source));
        Semel.Builder builder = Semel.builder(
                new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults());
        new SyncConfigurer(tables, JacksonCodec.ofDefaults()).configure(builder);
        return new ProofEngine(builder.build(), tables, blobs);
    }

    public Semel semel() {
        return semel;
    }

    public Scope createScope(Caller caller, NewScope scope) {
        return call(
                        SyncOperations.CREATE_SCOPE,
                        caller,
                        new Key(UUID.randomUUID().toString()),
                        scope,
                        JacksonCodec.ofDefaults().write(scope),
                        write -> new CreateScope(tables.scopes(), tables.feeds()).handle(write))
                .result();
    }

    public Outcome<PushAnswer> push(Caller caller, PushRequest request) {
        KeyRule.FromPayload<PushRequest> rule =
                (KeyRule.FromPayload<PushRequest>) SyncOperations.PUSH_CHANGESET.keyRule();
        PreparedPush prepared = preparation.prepare(caller.tenant(), request);
        return call(
                SyncOperations.PUSH_CHANGESET,
                caller,
                Key.of(rule.keying().key(request)),
                request,
                rule.keying().canonical(request),
                write -> push.handle(prepared, write));
    }

    public PullAnswer pull(String tenant, PullRequest request) {
        return pulls.pulling().pull(tenant, request);
    }

    public ManifestPages.Read manifest(String tenant, String scope) {
        return ManifestPages.read(semel, pulls, tenant, scope);
    }

    private <P, R> Outcome<R> call(
            Operation<P, R> operation, Caller caller, Key key, P payload, byte[] canonical, Handler<P, R> handler) {
        return semel.execute(new Call<>(
                operation,
                caller,
                key,
                payload,
                Fingerprint.of(operation.name(), Map.of(), canonical),
                Map.of(),
                handler));
    }

    /** Lets go of the pulls that wait. */
    @Override
    public void close() {
        pulls.close();
        intake.close();
    }
}
