package dev.semel.sync.scopes;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code semel_sync.feeds}. Works in the transaction of its caller. */
public final class FeedTable {
    private static final String INSERT = """
            INSERT INTO semel_sync.feeds (tenant_id, scope, feed) SELECT ?, ?, feed FROM unnest(?::text[]) AS feed
            """;
    private static final String FIND = """
            SELECT epoch, head, floor FROM semel_sync.feeds WHERE tenant_id = ? AND scope = ? AND feed = ?
            """;
    private static final String BUMP = """
            UPDATE semel_sync.feeds SET head = head + 1 WHERE tenant_id = ? AND scope = ? AND feed = ? RETURNING head
            """;

    private final JdbcClient jdbc;

    /** On the client's database. */
    public FeedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String tenant, String scope) {
        jdbc.sql(INSERT)
                .params(tenant, scope, new String[] {Feed.MAIN.text(), Feed.REVIEW.text()})
                .update();
    }

    /** How far the feed of a scope is that is there. */
    public FeedState find(String tenant, String scope, Feed feed) {
        return jdbc.sql(FIND)
                .params(tenant, scope, feed.text())
                .query((row, number) ->
                        new FeedState(row.getObject("epoch", UUID.class), row.getLong("head"), row.getLong("floor")))
                .single();
    }

    /**
     * Takes the feed's next number. Everybody else who takes one waits for this transaction, so this is the last of its statements
     * that waits for anything: the numbers are in the order of the commits, and nobody who holds one waits for somebody who wants
     * one. Taken first, it would be right as well, and five to ten times slower.
     */
    public long bump(String tenant, String scope, Feed feed) {
        return jdbc.sql(BUMP)
                .params(tenant, scope, feed.text())
                .query(Long.class)
                .single();
    }
}
