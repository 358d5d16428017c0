package dev.semel.sync.articles;

import dev.semel.Write;
import dev.semel.documents.versions.ManagedDocuments;
import dev.semel.documents.versions.NewPublication;
import dev.semel.documents.versions.PublishedVersions;
import dev.semel.spring.web.Collisions;
import dev.semel.sync.content.TextContent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Articles that are no files of sync: each a document under a name. One that is deleted is gone with all its versions; what stays is
 * the number of its last version, so that nobody's old version ever matches the next article of that name. Thread-safe.
 */
final class OrdinaryArticles {
    /** As documents name it. */
    static final String MANAGER = "article";

    private static final String MARKDOWN = "text/markdown;charset=utf-8";

    private final ArticleTable articles;
    private final PublishedVersions versions;
    private final ManagedDocuments documents;

    OrdinaryArticles(ArticleTable articles, PublishedVersions versions, ManagedDocuments documents) {
        this.articles = articles;
        this.versions = versions;
        this.documents = documents;
    }

    Doc put(Jrn.Ordinary jrn, @Nullable String ifMatch, TextContent content, Write<PutDoc> write) {
        Article before = articles.lock(write.tenant(), jrn.name()).orElse(null);
        requireNotDone(before, write);
        DocVersions.require(ifMatch, write.payload().version(), before == null ? 0 : before.version());
        UUID existing = before == null ? null : before.documentId();
        UUID document = existing == null ? write.derivedId("document") : existing;
        long version = versions.publish(
                        write,
                        MANAGER,
                        MARKDOWN,
                        List.of(new NewPublication(
                                document,
                                existing == null,
                                jrn.name(),
                                write.resultId(),
                                content.hash(),
                                content.size(),
                                content.inline())))
                .getOrDefault(document, 0L);
        Article after = new Article(
                jrn.name(),
                before == null ? 1 : before.version() + 1,
                document,
                version,
                content.hash(),
                content.size(),
                write.resultId());
        store(before, after, ifMatch, write);
        return after.doc();
    }

    private void store(@Nullable Article before, Article after, @Nullable String ifMatch, Write<PutDoc> write) {
        String user = write.caller().user();
        if (before != null) {
            articles.update(write.tenant(), after, user);
        } else if (!articles.insert(write.tenant(), after, user)) {
            // Somebody else has made it since it was looked for: there is a version now, and it is not 0.
            DocVersions.require(
                    ifMatch,
                    0L,
                    articles.find(write.tenant(), after.name()).orElseThrow().version());
        }
    }

    DeletedDoc delete(Jrn.Ordinary jrn, @Nullable String ifMatch, Write<DeleteDoc> write) {
        Article before = articles.lock(write.tenant(), jrn.name()).orElseThrow(Jrn::notFound);
        requireNotDone(before, write);
        DocVersions.require(ifMatch, null, before.version());
        if (!before.isDeleted()) {
            UUID document = Objects.requireNonNull(before.documentId());
            Article after = new Article(
                    before.name(), before.version() + 1, null, 0, before.contentHash(), 0, write.resultId());
            articles.update(write.tenant(), after, write.caller().user());
            documents.delete(write.tenant(), MANAGER, document);
            return new DeletedDoc(jrn.text(), after.version());
        }
        return new DeletedDoc(jrn.text(), before.version());
    }

    /** A late retry is no conflict with what it has done itself. */
    private static void requireNotDone(@Nullable Article article, Write<?> write) {
        if (article != null && article.lastWrite().equals(write.resultId())) {
            throw Collisions.doneBefore();
        }
    }

    Optional<Article> changedBy(String tenant, UUID write) {
        return articles.findByWrite(tenant, write);
    }
}
