package dev.semel.sync.articles;

import dev.semel.documents.blob.Blobs;
import dev.semel.documents.versions.ManagedDocuments;
import dev.semel.documents.versions.PublishedVersions;
import dev.semel.documents.versions.SmallContents;
import dev.semel.sync.files.FileChangeTable;
import dev.semel.sync.files.FileTable;
import dev.semel.sync.files.MainBranch;
import dev.semel.sync.files.PathTable;
import dev.semel.sync.scopes.FeedTable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What articles are read and edited with. Immutable. */
public record ArticleParts(DocStates states, EditDocs edits, DocReads docs) {
    /** On the client's database, and with contents in these blobs. */
    public static ArticleParts on(JdbcClient jdbc, Blobs blobs) {
        FileTable files = new FileTable(jdbc);
        FileScopes scopes = new FileScopes(jdbc);
        ArticleTable articles = new ArticleTable(jdbc);
        PublishedVersions versions = new PublishedVersions(jdbc);
        MainBranch main = new MainBranch(versions, files, new FeedTable(jdbc), new FileChangeTable(jdbc));
        DocStates states = new DocStates(files, scopes, articles);
        return new ArticleParts(
                states,
                new EditDocs(
                        states,
                        new FileEdits(files, new PathTable(jdbc), main, scopes),
                        new OrdinaryArticles(articles, versions, new ManagedDocuments(jdbc))),
                new DocReads(states, articles, new SmallContents(jdbc), blobs));
    }
}
