package dev.semel.bench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.semel.postgres.PostgresConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes connection pools of one size. Immutable.
 *
 * @param superuser how to log in
 * @param port where to connect on this machine
 * @param connections of each pool
 */
public record Pools(PostgresConnection superuser, int port, int connections) {
    /** The role of applications on Semel: row-level security holds for it. */
    public HikariDataSource application() {
        return pool("SET ROLE semel_app");
    }

    /** A role for which no row-level security holds: what hand-written code without tenants in the database has. */
    public HikariDataSource owner() {
        return pool("SELECT 1");
    }

    /** As {@link #owner}, with the schema {@code rival} as the one in which tables are made and found. */
    public HikariDataSource rival() {
        return pool("SET search_path TO rival");
    }

    private PGSimpleDataSource logins() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable");
        source.setUser(superuser.user());
        source.setPassword(superuser.password());
        return source;
    }

    private HikariDataSource pool(String initSql) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(logins());
        config.setMaximumPoolSize(connections);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(30_000);
        config.setConnectionInitSql(initSql);
        return new HikariDataSource(config);
    }
}
