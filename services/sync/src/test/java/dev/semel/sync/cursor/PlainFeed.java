package dev.semel.sync.cursor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A client of a feed that is nothing but a table, which remembers a number and asks for what is above it. */
final class PlainFeed implements AutoCloseable {
    private final Connection connection;
    private final List<Long> seen = new ArrayList<>();
    private long cursor;

    PlainFeed(Connection connection) {
        this.connection = connection;
    }

    /** What happens between two statements. */
    interface Between {
        void happens() throws SQLException;
    }

    /** Writes a change under the number that the statement gives. Commits nothing. */
    static long change(Connection writer, String number) throws SQLException {
        long seq = numbers(writer, number).get(0);
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO plain.changes VALUES (" + seq + ")");
        }
        return seq;
    }

    static List<Long> numbers(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    private List<Long> above() throws SQLException {
        return numbers(connection, "SELECT seq FROM plain.changes WHERE seq > " + cursor + " ORDER BY seq");
    }

    void pullToTheHighestSeen() throws SQLException {
        List<Long> changes = above();
        connection.commit();
        seen.addAll(changes);
        cursor = changes.isEmpty() ? cursor : changes.get(changes.size() - 1);
    }

    void pullToTheHeadReadAfter(Between between) throws SQLException {
        List<Long> changes = above();
        between.happens();
        long head = numbers(connection, "SELECT head FROM plain.counter").get(0);
        connection.commit();
        seen.addAll(changes);
        cursor = head;
    }

    void pullInOneSnapshot() throws SQLException {
        List<Long> changes = numbers(connection, """
                SELECT seq FROM plain.changes, plain.counter WHERE seq > CURSOR AND seq <= head
                UNION ALL SELECT -head FROM plain.counter ORDER BY seq
                """.replace("CURSOR", String.valueOf(cursor)));
        connection.commit();
        cursor = -changes.remove(0);
        seen.addAll(changes);
    }

    void goOnFrom(long cursor) {
        this.cursor = cursor;
    }

    List<Long> seen() {
        return seen;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
