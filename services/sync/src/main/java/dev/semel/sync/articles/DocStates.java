package dev.semel.sync.articles;

import dev.semel.RejectedException;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.SyncFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds articles of both kinds. Works in the transaction of its caller. Thread-safe. */
public final class DocStates {
    private final FileTable files;
    private final FileScopes scopes;
    private final ArticleTable articles;

    /** Reads those tables. */
    public DocStates(FileTable files, FileScopes scopes, ArticleTable articles) {
        this.files = files;
        this.scopes = scopes;
        this.articles = articles;
    }

    /** How an article is, before anything of it is locked. */
    record State(long version, boolean deleted) {}

    /**
     * How an article is; empty if there never was one.
     *
     * @param scope of a file of sync; null if its id says enough
     * @throws RejectedException if it does not
     */
    Optional<State> find(String tenant, Jrn jrn, @Nullable String scope) {
        if (jrn instanceof Jrn.OfFile file) {
            return scope(tenant, file, scope)
                    .flatMap(found -> file(tenant, found, file))
                    .map(found -> new State(found.version(), found.isDeleted()));
        }
        return articles.find(tenant, ((Jrn.Ordinary) jrn).name())
                .map(found -> new State(found.version(), found.isDeleted()));
    }

    /**
     * The scope that a file is in; empty if there never was such a file.
     *
     * @param asked where to look; null for anywhere
     * @throws RejectedException if several scopes have a file of that id, and none was asked for
     */
    Optional<String> scope(String tenant, Jrn.OfFile jrn, @Nullable String asked) {
        List<String> found = scopes.find(tenant, jrn.fileId().text());
        if (asked != null) {
            return found.stream().filter(asked::equals).findFirst();
        }
        if (found.size() > 1) {
            throw RejectedException.conflict(
                            "ARTICLE_AMBIGUOUS", "Several scopes have a file of this id: say which, as ?scope=.")
                    .with("scopes", found);
        }
        return found.stream().findFirst();
    }

    Optional<SyncFile> file(String tenant, String scope, Jrn.OfFile jrn) {
        String id = jrn.fileId().text();
        return Optional.ofNullable(files.find(tenant, scope, List.of(id)).get(id));
    }
}
