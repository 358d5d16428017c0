package dev.semel.cli.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the embedded PostgreSQL left its address and password.
 *
 * @param file stays when the server ends; then nobody answers at the address
 */
public record ConnectionFile(Path file) {

    /** The server's own database, beside the one that the file names. */
    private static final String DATABASE = "/semel";

    private static final int CONNECT_SECONDS = 3;

    /** The file in a server's data folder. */
    public static ConnectionFile in(Path data) {
        return new ConnectionFile(data.resolve("postgres").resolve("connection.properties"));
    }

    public Connection connect() throws IOException, SQLException {
        return dataSource().getConnection();
    }

    /**
     * Connections as the server's database owner.
     *
     * @throws IOException if the file cannot be read, or is not complete
     */
    public DataSource dataSource() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(required(properties, "jdbcUrl").replaceFirst("/[^/]*$", DATABASE));
        source.setUser(required(properties, "user"));
        source.setPassword(required(properties, "password"));
        source.setConnectTimeout(CONNECT_SECONDS);
        return source;
    }

    private String required(Properties properties, String key) throws IOException {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IOException(file + " does not name " + key);
        }
        return value;
    }
}
