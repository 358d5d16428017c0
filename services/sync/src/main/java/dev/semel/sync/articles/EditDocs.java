package dev.semel.sync.articles;

import dev.semel.RejectedException;
import dev.semel.Write;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Edits and deletes articles of both kinds. Thread-safe. */
public final class EditDocs {
    private final DocStates states;
    private final FileEdits files;
    private final OrdinaryArticles articles;

    EditDocs(DocStates states, FileEdits files, OrdinaryArticles articles) {
        this.states = states;
        this.files = files;
        this.articles = articles;
    }

    /**
     * Edits an article. An ordinary one is made by it, at version 0; a file of sync is made by a push.
     *
     * @param jrn its name, as the path has it
     * @param scope of a file of sync; null if its id says enough
     * @param ifMatch the header; null if there is none
     * @throws RejectedException if there is no such file, it has another version, or its new path is taken
     */
    public Doc put(
            String jrn, @Nullable String scope, @Nullable String ifMatch, PreparedDoc asked, Write<PutDoc> write) {
        Jrn name = Jrn.parse(jrn);
        if (name instanceof Jrn.OfFile file) {
            return files.put(require(write, file, scope), file, ifMatch, asked, write);
        }
        if (asked.path() != null) {
            throw RejectedException.rule("NO_SERVER_PATH", "Only files of sync have a path.");
        }
        return articles.put((Jrn.Ordinary) name, ifMatch, asked.content(), write);
    }

    /**
     * Deletes an article: a file of sync leaves its tombstone, any other article nothing but the number of its version.
     *
     * @param jrn its name, as the path has it
     * @param scope of a file of sync; null if its id says enough
     * @param ifMatch the header; null if there is none
     * @throws RejectedException if there never was one, or it has another version
     */
    public DeletedDoc delete(String jrn, @Nullable String scope, @Nullable String ifMatch, Write<DeleteDoc> write) {
        Jrn name = Jrn.parse(jrn);
        return name instanceof Jrn.OfFile file
                ? files.delete(require(write, file, scope), file, ifMatch, write)
                : articles.delete((Jrn.Ordinary) name, ifMatch, write);
    }

    private String require(Write<?> write, Jrn.OfFile file, @Nullable String scope) {
        return states.scope(write.tenant(), file, scope).orElseThrow(Jrn::notFound);
    }

    /** What an edit has made, as long as it can be told. */
    public Optional<Doc> recallPut(String tenant, UUID write) {
        return files.changedBy(tenant, write)
                .or(() -> articles.changedBy(tenant, write).map(Article::doc));
    }

    /** What a deletion has done, as long as it can be told. */
    public Optional<DeletedDoc> recallDelete(String tenant, UUID write) {
        return recallPut(tenant, write).map(doc -> new DeletedDoc(doc.jrn(), doc.version()));
    }
}
