package dev.semel.cli.demo.verify;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where the embedded PostgreSQL left its address and password. */
record ConnectionFile(Path file) {

    /** The server's own database, beside the one that the file names. */
    private static final String DATABASE = "/semel";

    static ConnectionFile in(Path data) {
        return new ConnectionFile(data.resolve("postgres").resolve("connection.properties"));
    }

    Connection connect() throws IOException, SQLException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String url = required(properties, "jdbcUrl").replaceFirst("/[^/]*$", DATABASE);
        return DriverManager.getConnection(url, required(properties, "user"), required(properties, "password"));
    }

    private String required(Properties properties, String key) throws IOException {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IOException(file + " does not name " + key);
        }
        return value;
    }
}
