package dev.semel.sync;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.pull.PullParts;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushKeying;
import dev.semel.sync.push.PushPreparation;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.scopes.CreateScope;
import dev.semel.sync.scopes.NewScope;
import dev.semel.sync.scopes.Scope;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The operations of sync on a data source, put together as the server does it, and called as its gates do. */
record SyncEngine(
        Semel semel,
        SyncTables tables,
        CreateScope creating,
        PushPreparation preparation,
        Push pushing,
        PullParts pulls)
        implements AutoCloseable {
    static SyncEngine on(DataSource source, Blobs blobs) {
        JdbcClient jdbc = JdbcClient.create(source);
        SyncTables tables = SyncTables.on(jdbc);
        Semel.Builder builder = Semel.builder(
                        new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults())
                .failpoints(Failpoints.disabled());
        new SyncConfigurer(tables.scopes(), tables.pushRecall()).configure(builder);
        Semel semel = builder.build();
        return new SyncEngine(
                semel,
                tables,
                new CreateScope(tables.scopes(), tables.feeds()),
                new PushPreparation(new ContentIntake(blobs), new PutContents(semel, new KnownBlobs(jdbc), blobs)),
                tables.push(),
                new PullParts(semel, jdbc, blobs));
    }

    Outcome<Scope> createScope(Caller caller, Key key, NewScope asked) {
        byte[] body = JacksonCodec.ofDefaults().write(asked);
        return semel.execute(new Call<>(
                SyncOperations.CREATE_SCOPE,
                caller,
                key,
                asked,
                Fingerprint.of("createScope", Map.of(), body),
                Map.of(),
                creating::handle));
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
    }
}
