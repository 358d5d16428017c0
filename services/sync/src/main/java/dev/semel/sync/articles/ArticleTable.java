package dev.semel.sync.articles;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.articles}. Works in the transaction of its caller. */
public final class ArticleTable {
    private static final String FIND = """
        SELECT name, version, document_id, document_version, content_hash, size, last_write FROM semel_sync.articles
        WHERE tenant_id = ? AND name = ?
        """;
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String FIND_BY_WRITE = """
        SELECT name, version, document_id, document_version, content_hash, size, last_write FROM semel_sync.articles
        WHERE tenant_id = ? AND last_write = ?
        """;
    /** Whoever makes the same article at once waits here, and finds that it is there. */
    private static final String INSERT = """
        INSERT INTO semel_sync.articles
            (tenant_id, name, version, document_id, document_version, content_hash, size, last_write, changed_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, name) DO NOTHING
        """;

    private static final String UPDATE = """
        UPDATE semel_sync.articles
        SET version = ?, document_id = ?, document_version = ?, content_hash = ?, size = ?, last_write = ?, changed_by = ?,
            changed_at = statement_timestamp()
        WHERE tenant_id = ? AND name = ?
        """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public ArticleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The article of that name; one that is deleted is only a number. */
    Optional<Article> find(String tenant, String name) {
        return jdbc.sql(FIND).params(tenant, name).query(ArticleTable::row).optional();
    }

    /** The same, not to be changed by anybody else before this transaction ends. */
    Optional<Article> lock(String tenant, String name) {
        return jdbc.sql(LOCK).params(tenant, name).query(ArticleTable::row).optional();
    }

    /** The article, if this write was the last that changed it. */
    Optional<Article> findByWrite(String tenant, UUID write) {
        return jdbc.sql(FIND_BY_WRITE)
                .params(tenant, write)
                .query(ArticleTable::row)
                .optional();
    }

    /** Whether the name was free. */
    boolean insert(String tenant, Article article, String user) {
        return jdbc.sql(INSERT)
                        .params(tenant, article.name(), article.version())
                        .param(article.documentId())
                        .params(article.documentVersion(), article.contentHash(), article.size(), article.lastWrite())
                        .param(user)
                        .update()
                == 1;
    }

    /** An article that is locked. */
    void update(String tenant, Article article, String user) {
        jdbc.sql(UPDATE)
                .param(article.version())
                .param(article.documentId())
                .param(article.documentVersion())
                .params(article.contentHash(), article.size(), article.lastWrite(), user)
                .params(tenant, article.name())
                .update();
    }

    private static Article row(ResultSet row, int number) throws SQLException {
        return new Article(
                row.getString("name"),
                row.getLong("version"),
                row.getObject("document_id", UUID.class),
                row.getLong("document_version"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getObject("last_write", UUID.class));
    }
}
