package dev.semel.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.semel.server.options.StartException;
import java.time.Duration;

/** Connection pools of the application's role. */
final class Pools {
    private static final int CONNECTIONS = 10;

    private Pools() {}

    /** For writes and reads. */
    static HikariDataSource application(DatabaseLogin login) {
        return pool("semel", CONNECTIONS, Duration.ofSeconds(3), login, 30);
    }

    /**
     * One connection for token look-ups and the health check, which must not queue behind writes. Its statements take
     * milliseconds, so it gives up early.
     */
    static HikariDataSource authentication(DatabaseLogin login) {
        return pool("semel-authentication", 1, Duration.ofSeconds(2), login, 3);
    }

    /** For the relay's look-out, which sees all tenants in Semel's own tables. */
    static HikariDataSource maintenance(DatabaseLogin login) {
        return new HikariDataSource(
                config("semel-maintenance", "semel_maintenance", 4, Duration.ofSeconds(3), login, 30));
    }

    private static HikariDataSource pool(
            String name, int connections, Duration patience, DatabaseLogin login, int socketTimeoutSeconds) {
        HikariConfig config = config(name, "semel_app", connections, patience, login, socketTimeoutSeconds);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new StartException(
                    "The application cannot log in to the database as " + login.user() + " and become semel_app: "
                            + Sentences.firstLine(e),
                    e);
        }
    }

    private static HikariConfig config(
            String name,
            String role,
            int connections,
            Duration patience,
            DatabaseLogin login,
            int socketTimeoutSeconds) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(login.dataSource(socketTimeoutSeconds));
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(1_000);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql("SET ROLE " + role);
        return config;
    }
}
