package dev.semel.internal.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The table {@code semel.leases}. A row is never deleted, so that a target's fence only grows. */
final class LeaseTable {
    /** The tenant, a bound on waiting for a protected transaction, and the acquisition travel as one message. */
    private static final String ACQUIRE = """
            SELECT set_config('semel.tenant', ?, true), set_config('lock_timeout', '100', true);
            SELECT count(*) FROM semel.leases WHERE tenant_id = ? AND target = ? AND expires_at > '-infinity';
            INSERT INTO semel.leases AS held (tenant_id, target, holder, acquired_at, expires_at)
            VALUES (?, ?, ?, clock_timestamp(), clock_timestamp() + ? * interval '1 millisecond')
                ON CONFLICT (tenant_id, target) DO UPDATE
               SET holder = excluded.holder, fence = held.fence + 1,
                   acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
             WHERE held.expires_at <= excluded.acquired_at
         RETURNING fence""";

    /** Bounded: the holder's own protected transaction may be what is in the way, and then nobody can take the lease over. */
    private static final String RENEW = """
            SELECT set_config('semel.tenant', ?, true), set_config('lock_timeout', '50', true);
            UPDATE semel.leases SET expires_at = clock_timestamp() + ? * interval '1 millisecond'
             WHERE tenant_id = ? AND target = ? AND holder = ? AND fence = ?""";

    /** Bounded as well: whoever closes a lease inside its own protected transaction would wait for himself. */
    private static final String RELEASE = """
            SELECT set_config('semel.tenant', ?, true), set_config('lock_timeout', '50', true);
            UPDATE semel.leases SET expires_at = '-infinity'
             WHERE tenant_id = ? AND target = ? AND holder = ? AND fence = ?""";

    /** FOR SHARE: who wants to take the lease over waits for the protected transaction. */
    private static final String REQUIRE_HELD = """
            SELECT fence FROM semel.leases
             WHERE tenant_id = ? AND target = ? AND holder = ? AND fence = ? FOR SHARE""";

    private LeaseTable() {}

    /** Empty if the target is taken. */
    static Optional<Acquisition> acquire(Connection connection, Target target, UUID holder, Duration length)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
            statement.setString(1, target.tenant());
            statement.setString(2, target.tenant());
            statement.setString(3, target.name());
            statement.setString(4, target.tenant());
            statement.setString(5, target.name());
            statement.setObject(6, holder);
            statement.setLong(7, length.toMillis());
            statement.execute();
            statement.getMoreResults();
            boolean unreleased = nextRow(statement).map(row -> row == 1).orElse(false);
            statement.getMoreResults();
            return nextRow(statement).map(fence -> new Acquisition(fence, unreleased));
        }
    }

    private static Optional<Long> nextRow(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    static boolean renew(Connection connection, Holding holding, Duration length) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setString(1, holding.target().tenant());
            statement.setLong(2, length.toMillis());
            bind(statement, 3, holding);
            return updatesOne(statement);
        }
    }

    static boolean release(Connection connection, Holding holding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, holding.target().tenant());
            bind(statement, 2, holding);
            return updatesOne(statement);
        }
    }

    static boolean isHeld(Connection connection, Holding holding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REQUIRE_HELD)) {
            bind(statement, 1, holding);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean updatesOne(PreparedStatement statement) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        return statement.getUpdateCount() == 1;
    }

    private static void bind(PreparedStatement statement, int first, Holding holding) throws SQLException {
        statement.setString(first, holding.target().tenant());
        statement.setString(first + 1, holding.target().name());
        statement.setObject(first + 2, holding.holder());
        statement.setLong(first + 3, holding.fence());
    }
}
