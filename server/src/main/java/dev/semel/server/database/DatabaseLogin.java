package dev.semel.server.database;

import dev.semel.server.options.Secret;
import dev.semel.server.options.StartException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to log in to a database. Immutable; prints without the password.
 *
 * @param url the JDBC URL
 * @param user the login role
 * @param password its password, may be empty
 */
public record DatabaseLogin(String url, String user, Secret password) {
    private static final int CONNECT_SECONDS = 3;
    /** A TCP packet that nobody answers must not hold a connection for ever; migrations may take their time. */
    private static final int UNLIMITED = 0;

    /** Connections without a limit on how long a statement takes. */
    PGSimpleDataSource patientDataSource() {
        return dataSource(UNLIMITED);
    }

    /**
     * Connections that break when a statement takes longer.
     *
     * @throws StartException if the URL is none of PostgreSQL's
     */
    PGSimpleDataSource dataSource(int socketTimeoutSeconds) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        setUrl(source);
        source.setUser(user);
        source.setPassword(password.value());
        source.setApplicationName("semel-server");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(socketTimeoutSeconds);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false); // the details are values of rows
        return source;
    }

    private void setUrl(PGSimpleDataSource source) {
        try {
            source.setURL(url);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "--database-url is not a JDBC URL of PostgreSQL: jdbc:postgresql://HOST/DATABASE", e);
        }
    }
}
