package dev.semel.bench.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import dev.semel.jackson.JacksonCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The base of replays: a retry is one SELECT by primary key, without any transaction. What is new is paid as by {@link Plain}. */
public final class BareSelect implements PaymentContender {
    private static final String FIND = """
            SELECT hash, response FROM bench.idempotency_keys WHERE tenant_id = ? AND key = ?
            """;
    private static final String STORE = """
            INSERT INTO bench.idempotency_keys (tenant_id, key, hash, response) VALUES (?, ?, '', ?)
            """;

    private final JacksonCodec codec = JacksonCodec.ofDefaults();

    @Override
    public Contender contender() {
        return new Contender("base + SELECT", "a retry is a SELECT by primary key and compares nothing");
    }

    @Override
    public PaymentSession open(Pools pools) {
        HikariDataSource pool = pools.owner();
        PaymentSession plain = new Plain(false).open(pools);
        return new PaymentSession() {
            @Override
            public UUID pay(PaymentCall call) throws Exception {
                return plain.pay(call);
            }

            @Override
            public void prepare(List<PaymentCall> calls) throws Exception {
                for (PaymentCall call : calls) {
                    InTransaction.run(pool, connection -> store(connection, call));
                }
            }

            @Override
            public UUID repeat(PaymentCall call) throws Exception {
                try (Connection connection = pool.getConnection()) {
                    return find(connection, call);
                }
            }

            @Override
            public void close() {
                plain.close();
                pool.close();
            }
        };
    }

    private UUID store(Connection connection, PaymentCall call) throws SQLException {
        UUID id = UUID.randomUUID();
        Payment payment = PaymentSql.record(connection, call.tenant(), call.payment(), id, UUID.randomUUID());
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setString(1, call.tenant());
            statement.setString(2, call.key());
            statement.setBytes(3, codec.write(payment));
            statement.executeUpdate();
        }
        return id;
    }

    private UUID find(Connection connection, PaymentCall call) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, call.tenant());
            statement.setString(2, call.key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return codec.read(row.getBytes(2), Payment.class).id();
            }
        }
    }
}
