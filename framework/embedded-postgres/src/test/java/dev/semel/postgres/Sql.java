package dev.semel.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements for tests, each on a connection of its own. */
final class Sql {
    private final PostgresConnection connection;

    Sql(EmbeddedPostgres postgres) {
        this(postgres.superuser());
    }

    Sql(PostgresConnection connection) {
        this.connection = connection;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(connection.jdbcUrl(), connection.user(), connection.password());
    }

    void execute(String sql) throws SQLException {
        try (var jdbc = connect();
                var statement = jdbc.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> query(String sql) throws SQLException {
        try (var jdbc = connect();
                var statement = jdbc.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    String setting(String name) throws SQLException {
        return query("select current_setting('" + name + "')").get(0);
    }
}
