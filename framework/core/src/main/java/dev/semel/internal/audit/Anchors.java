package dev.semel.internal.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code semel.audit_anchors}. */
final class Anchors {
    private static final String COLUMNS = """
            /* all tenants: a month's chain is of all of them */
            SELECT month, state, previous_month, previous_seals, previous_head, seals, row_count, first_id, last_id, head,
                   export_file, export_sha256
              FROM semel.audit_anchors
            """;
    private static final String ALL = COLUMNS + " ORDER BY month";
    private static final String FIND = COLUMNS + " WHERE month = ?";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String BEFORE = COLUMNS + " WHERE month < ? ORDER BY month DESC LIMIT 1";

    /** Whoever comes second finds the first one's. */
    private static final String OPEN = """
            /* all tenants: a month's chain is of all of them */
            INSERT INTO semel.audit_anchors (month, previous_month, previous_seals, previous_head, head)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT (month) DO NOTHING""";

    /** An export that lacks the new rows is none any more. Its files bear the month's name: the next export takes their place. */
    private static final String ADVANCE = """
            /* all tenants: a month's chain is of all of them */
            UPDATE semel.audit_anchors
               SET seals = ?, row_count = ?, first_id = ?, last_id = ?, head = ?, sealed_at = clock_timestamp(),
                   export_file = NULL, export_sha256 = NULL, exported_at = NULL
             WHERE month = ?""";

    private static final String EXPORTED = """
            /* all tenants: a month's chain is of all of them */
            UPDATE semel.audit_anchors SET export_file = ?, export_sha256 = ?, exported_at = clock_timestamp()
             WHERE month = ?""";

    private static final String DROPPED_AFTER_EXPORT = COLUMNS + """
             WHERE state = 'DROPPED' AND export_file IS NOT NULL ORDER BY month""";

    private static final String FILES_REMOVED = """
            /* all tenants: a month's chain is of all of them */
            UPDATE semel.audit_anchors SET files_removed_at = clock_timestamp() WHERE month = ?""";

    private final Connection connection;

    Anchors(Connection connection) {
        this.connection = connection;
    }

    List<Anchor> all() throws SQLException {
        return list(ALL);
    }

    List<Anchor> droppedAfterExport() throws SQLException {
        return list(DROPPED_AFTER_EXPORT);
    }

    private List<Anchor> list(String sql) throws SQLException {
        List<Anchor> anchors = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                anchors.add(read(row));
            }
        }
        return anchors;
    }

    Optional<Anchor> find(YearMonth month) throws SQLException {
        return one(FIND, month);
    }

    /** The month's anchor, made if it is missing, locked until the transaction ends. */
    Anchor lock(YearMonth month) throws SQLException {
        Optional<Anchor> found = one(LOCK, month);
        if (found.isPresent()) {
            return found.get();
        }
        open(month);
        return one(LOCK, month).orElseThrow();
    }

    private void open(YearMonth month) throws SQLException {
        Anchor.Previous previous = one(BEFORE, month)
                .map(before -> new Anchor.Previous(
                        before.month(), before.head().seals(), before.head().hash()))
                .orElse(null);
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, Months.date(month));
            statement.setObject(2, previous == null ? null : Months.date(previous.month()));
            statement.setObject(3, previous == null ? null : previous.seals());
            statement.setBytes(4, previous == null ? null : Sha256.bytes(previous.hash()));
            statement.setBytes(5, Sha256.bytes(Anchor.start(month, previous)));
            statement.executeUpdate();
        }
    }

    void advance(YearMonth month, Anchor.Head head) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setInt(1, head.seals());
            statement.setLong(2, head.rows());
            statement.setObject(3, head.firstId());
            statement.setObject(4, head.lastId());
            statement.setBytes(5, Sha256.bytes(head.hash()));
            statement.setObject(6, Months.date(month));
            statement.executeUpdate();
        }
    }

    void exported(YearMonth month, Anchor.Export export) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPORTED)) {
            statement.setString(1, export.manifest());
            statement.setBytes(2, Sha256.bytes(export.sha256()));
            statement.setObject(3, Months.date(month));
            statement.executeUpdate();
        }
    }

    void filesRemoved(YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FILES_REMOVED)) {
            statement.setObject(1, Months.date(month));
            statement.executeUpdate();
        }
    }

    private Optional<Anchor> one(String sql, YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, Months.date(month));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static Anchor read(ResultSet row) throws SQLException {
        return new Anchor(
                Months.month(row.getObject("month", LocalDate.class)),
                Anchor.State.valueOf(row.getString("state")),
                previous(row),
                new Anchor.Head(
                        row.getInt("seals"),
                        row.getLong("row_count"),
                        row.getObject("first_id", Long.class),
                        row.getObject("last_id", Long.class),
                        Sha256.hex(row.getBytes("head"))),
                export(row));
    }

    private static Anchor.@Nullable Previous previous(ResultSet row) throws SQLException {
        LocalDate month = row.getObject("previous_month", LocalDate.class);
        byte[] hash = row.getBytes("previous_head");
        return month == null || hash == null
                ? null
                : new Anchor.Previous(Months.month(month), row.getInt("previous_seals"), Sha256.hex(hash));
    }

    private static Anchor.@Nullable Export export(ResultSet row) throws SQLException {
        String manifest = row.getString("export_file");
        byte[] sha256 = row.getBytes("export_sha256");
        return manifest == null || sha256 == null ? null : new Anchor.Export(manifest, Sha256.hex(sha256));
    }
}
