package dev.semel.sync.articles;

import dev.semel.UnavailableException;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.StoredBlob;
import dev.semel.documents.content.Content;
import dev.semel.documents.versions.SmallContents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads articles. Thread-safe. */
public final class DocReads {
    private static final String MARKDOWN = "text/markdown;charset=utf-8";

    private final DocStates states;
    private final ArticleTable articles;
    private final SmallContents small;
    private final Blobs blobs;

    /** Reads these. */
    public DocReads(DocStates states, ArticleTable articles, SmallContents small, Blobs blobs) {
        this.states = states;
        this.articles = articles;
        this.small = small;
        this.blobs = blobs;
    }

    /**
     * An article that was found, with its content if that lies in a row.
     *
     * @param small null if the content is a blob, or gone
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Found(Doc doc, byte @Nullable [] small) {}

    /**
     * Finds an article, in the transaction of its caller.
     *
     * @throws dev.semel.RejectedException if there is none
     */
    public Found find(String tenant, String jrn, @Nullable String scope) {
        Jrn name = Jrn.parse(jrn);
        return (name instanceof Jrn.OfFile file ? file(tenant, file, scope) : ordinary(tenant, (Jrn.Ordinary) name))
                .orElseThrow(Jrn::notFound);
    }

    private Optional<Found> file(String tenant, Jrn.OfFile jrn, @Nullable String asked) {
        return states.scope(tenant, jrn, asked)
                .flatMap(scope -> states.file(tenant, scope, jrn)
                        .map(file -> new Found(
                                FileEdits.doc(jrn, scope, file),
                                file.isDeleted()
                                        ? null
                                        : content(tenant, file.documentId(), file.documentVersion(), file.size()))));
    }

    private Optional<Found> ordinary(String tenant, Jrn.Ordinary jrn) {
        return articles.find(tenant, jrn.name())
                .flatMap(article -> Optional.ofNullable(article.documentId())
                        .map(document -> new Found(
                                article.doc(), content(tenant, document, article.documentVersion(), article.size()))));
    }

    private byte @Nullable [] content(String tenant, UUID document, long version, long size) {
        return size > Content.Small.MAX_BYTES
                ? null
                : small.find(tenant, List.of(document), List.of(version)).get(document);
    }

    /** The article with its content. Never inside a transaction. */
    public ReadDoc complete(String tenant, Found found) {
        return new ReadDoc(found.doc, MARKDOWN, found.doc.deleted() ? null : text(tenant, found));
    }

    private String text(String tenant, Found found) {
        if (found.small != null) {
            return new String(found.small, StandardCharsets.UTF_8);
        }
        StoredBlob blob = new StoredBlob(found.doc.contentHash(), found.doc.size());
        try (InputStream bytes = blobs.open(tenant, blob)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnavailableException("The content store is not available.", e);
        }
    }
}
