package dev.semel.bench.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import dev.semel.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What is usually written by hand: the key claimed first, then the payment, the response, an audit row and an event, one
 * statement after another in one transaction. No row-level security, no canonical payload, no wait limit.
 */
public final class HandWritten implements PaymentContender {
    private static final String CLAIM = """
            INSERT INTO bench.idempotency_keys (tenant_id, key, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String FIND = """
            SELECT hash, response FROM bench.idempotency_keys WHERE tenant_id = ? AND key = ?
            """;
    private static final String STORE = """
            UPDATE bench.idempotency_keys SET response = ? WHERE tenant_id = ? AND key = ?
            """;
    private static final String AUDIT = """
            INSERT INTO bench.audit_log (tenant_id, user_id, operation, key, payment_id) VALUES (?, ?, ?, ?, ?)
            """;
    private static final String EMIT = """
            INSERT INTO bench.outbox (tenant_id, ordering_key, type, payload) VALUES (?, ?, ?, ?)
            """;

    private final JacksonCodec codec = JacksonCodec.ofDefaults();

    @Override
    public Contender contender() {
        return new Contender(
                "hand-written", "key, response, audit row and event in the transaction; duplicates hold connections");
    }

    @Override
    public List<String> tables() {
        return List.of("bench.idempotency_keys", "bench.audit_log", "bench.outbox");
    }

    @Override
    public PaymentSession open(Pools pools) {
        HikariDataSource pool = pools.owner();
        return new PaymentSession() {
            @Override
            public UUID pay(PaymentCall call) throws Exception {
                return HandWritten.this.pay(pool, call);
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private UUID pay(DataSource pool, PaymentCall call) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(codec.write(call.payment()));
        return InTransaction.run(pool, connection -> {
            if (!claim(connection, call, hash)) {
                return replay(connection, call, hash).id();
            }
            UUID id = UUID.nameUUIDFromBytes((call.tenant() + ':' + call.key()).getBytes(StandardCharsets.UTF_8));
            Payment payment = PaymentSql.record(connection, call.tenant(), call.payment(), id, UUID.randomUUID());
            byte[] json = codec.write(payment);
            store(connection, call, json);
            audit(connection, call, id);
            emit(connection, call, json);
            return id;
        });
    }

    private static boolean claim(Connection connection, PaymentCall call, byte[] hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, call.tenant());
            statement.setString(2, call.key());
            statement.setBytes(3, hash);
            return statement.executeUpdate() == 1;
        }
    }

    private Payment replay(Connection connection, PaymentCall call, byte[] hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, call.tenant());
            statement.setString(2, call.key());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || !MessageDigest.isEqual(hash, row.getBytes(1))) {
                    throw new IllegalStateException("the key belongs to another payment");
                }
                return codec.read(row.getBytes(2), Payment.class);
            }
        }
    }

    private static void store(Connection connection, PaymentCall call, byte[] json) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setBytes(1, json);
            statement.setString(2, call.tenant());
            statement.setString(3, call.key());
            statement.executeUpdate();
        }
    }

    private static void audit(Connection connection, PaymentCall call, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AUDIT)) {
            statement.setString(1, call.tenant());
            statement.setString(2, "user");
            statement.setString(3, "createPayment");
            statement.setString(4, call.key());
            statement.setObject(5, id);
            statement.executeUpdate();
        }
    }

    private static void emit(Connection connection, PaymentCall call, byte[] json) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EMIT)) {
            statement.setString(1, call.tenant());
            statement.setString(2, "invoice:" + call.payment().invoiceId());
            statement.setString(3, "payment.recorded");
            statement.setBytes(4, json);
            statement.executeUpdate();
        }
    }
}
