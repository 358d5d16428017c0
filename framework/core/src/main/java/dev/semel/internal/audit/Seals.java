package dev.semel.internal.audit;

import dev.semel.internal.audit.Seal.SealedRow;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table {@code semel.audit_seals}. */
final class Seals {
    private static final String INSERT = """
            /* all tenants: a seal holds what the log holds */
            INSERT INTO semel.audit_seals
                   (month, number, row_count, first_id, last_id, row_ids, row_tenants, row_digests, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** As many as have no more rows together than wanted, but one at least. */
    private static final String NEXT = """
            /* all tenants: a seal holds what the log holds */
            SELECT month, number, row_ids, row_tenants, row_digests, previous_hash, hash
              FROM (SELECT month, number, row_ids, row_tenants, row_digests, previous_hash, hash, row_count,
                           sum(row_count) OVER (ORDER BY number) AS row_sum
                      FROM (SELECT * FROM semel.audit_seals WHERE month = ? AND number > ?
                             ORDER BY number LIMIT 200) AS following) AS summed
             WHERE row_sum <= ? OR row_sum = row_count
             ORDER BY number""";

    private static final String HASH = """
            /* all tenants: a seal holds what the log holds */
            SELECT hash FROM semel.audit_seals WHERE month = ? AND number = ?""";

    private final Connection connection;

    Seals(Connection connection) {
        this.connection = connection;
    }

    void insert(Seal seal) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, Months.date(seal.month()));
            statement.setInt(2, seal.number());
            statement.setInt(3, seal.rows().size());
            statement.setLong(4, seal.firstId());
            statement.setLong(5, seal.lastId());
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "bigint", seal.rows().stream().map(SealedRow::id).toArray()));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "text", seal.rows().stream().map(SealedRow::tenant).toArray()));
            statement.setBytes(8, digests(seal.rows()));
            statement.setBytes(9, Sha256.bytes(seal.previousHash()));
            statement.setBytes(10, Sha256.bytes(seal.hash()));
            statement.executeUpdate();
        }
    }

    private static byte[] digests(List<SealedRow> rows) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream(rows.size() * Sha256.BYTES);
        rows.forEach(row -> digests.writeBytes(Sha256.bytes(row.digest())));
        return digests.toByteArray();
    }

    List<Seal> next(YearMonth month, int after, int rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, Months.date(month));
            statement.setInt(2, after);
            statement.setInt(3, rows);
            List<Seal> seals = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    seals.add(read(row));
                }
            }
            return seals;
        }
    }

    Optional<String> hash(YearMonth month, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HASH)) {
            statement.setObject(1, Months.date(month));
            statement.setInt(2, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Sha256.hex(row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Also reads what somebody tampered with: what does not fit together gives a seal that is not whole. */
    private static Seal read(ResultSet row) throws SQLException {
        return new Seal(
                Months.month(row.getObject("month", LocalDate.class)),
                row.getInt("number"),
                rows(
                        row.getArray("row_ids").getArray(),
                        row.getArray("row_tenants").getArray(),
                        row.getBytes("row_digests")),
                Sha256.hex(row.getBytes("previous_hash")),
                Sha256.hex(row.getBytes("hash")));
    }

    private static List<SealedRow> rows(Object ids, Object tenants, byte[] digests) {
        List<SealedRow> rows = new ArrayList<>();
        if (ids instanceof Object[] idList && tenants instanceof Object[] tenantList) {
            int length = Math.min(Math.min(idList.length, tenantList.length), digests.length / Sha256.BYTES);
            for (int i = 0; i < length; i++) {
                if (idList[i] instanceof Long id && tenantList[i] instanceof String tenant) {
                    rows.add(new SealedRow(id, tenant, digest(digests, i)));
                }
            }
        }
        return rows;
    }

    private static String digest(byte[] digests, int index) {
        return Sha256.hex(Arrays.copyOfRange(digests, index * Sha256.BYTES, (index + 1) * Sha256.BYTES));
    }
}
