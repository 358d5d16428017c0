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
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.articles.ArticleOperations;
import dev.semel.sync.articles.ArticleParts;
import dev.semel.sync.articles.ArticlesConfigurer;
import dev.semel.sync.articles.DeleteDoc;
import dev.semel.sync.articles.DeletedDoc;
import dev.semel.sync.articles.Doc;
import dev.semel.sync.articles.DocPreparation;
import dev.semel.sync.articles.DocReads;
import dev.semel.sync.articles.PreparedDoc;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.articles.ReadDoc;
import dev.semel.sync.content.ContentIntake;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The operations of articles on a data source, put together as the server does it, and called as its gates do. */
record ArticlesEngine(Semel semel, ArticleParts parts, DocPreparation preparation) {
    static ArticlesEngine on(DataSource source, Blobs blobs) {
        ArticleParts parts = ArticleParts.on(JdbcClient.create(source), blobs);
        Semel.Builder builder = Semel.builder(
                new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults());
        new ArticlesConfigurer(parts.edits()).configure(builder);
        return new ArticlesEngine(
                builder.build(),
                parts,
                new DocPreparation(new ContentIntake(blobs, SyncOperations.PUSH_CHANGESET.waitLimit())));
    }

    Outcome<Doc> put(Caller caller, Key key, String jrn, @Nullable String ifMatch, PutDoc asked) {
        PreparedDoc prepared = preparation.prepare(caller.tenant(), asked);
        return call(
                ArticleOperations.PUT_DOC,
                caller,
                key,
                Map.of("jrn", jrn),
                asked,
                write -> parts.edits().put(jrn, null, ifMatch, prepared, write));
    }

    Outcome<DeletedDoc> delete(Caller caller, Key key, String jrn, @Nullable String ifMatch) {
        return call(
                ArticleOperations.DELETE_DOC,
                caller,
                key,
                Map.of("jrn", jrn),
                new DeleteDoc(),
                write -> parts.edits().delete(jrn, null, ifMatch, write));
    }

    ReadDoc get(Caller caller, String jrn) {
        DocReads.Found found =
                semel.read(caller.tenant(), connection -> parts.docs().find(caller.tenant(), jrn, null));
        return parts.docs().complete(caller.tenant(), found);
    }

    private <P, R> Outcome<R> call(
            Operation<P, R> operation,
            Caller caller,
            Key key,
            Map<String, String> variables,
            P payload,
            Handler<P, R> handler) {
        byte[] body = JacksonCodec.ofDefaults().write(payload);
        return semel.execute(new Call<>(
                operation,
                caller,
                key,
                payload,
                Fingerprint.of(operation.name(), variables, body),
                variables,
                handler));
    }
}
