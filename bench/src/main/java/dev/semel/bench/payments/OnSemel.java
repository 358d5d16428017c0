package dev.semel.bench.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.Write;
import dev.semel.bench.database.Pools;
import dev.semel.bench.payments.PaymentCall.NewPayment;
import dev.semel.bench.round.Contender;
import dev.semel.jackson.JacksonCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Semel as it is shipped, called as a library: own tables, row-level security, canonical fingerprints.
 *
 * @param way in which calls that come at the same moment are done
 */
public record OnSemel(Way way) implements PaymentContender {
    /** How calls that come at the same moment are done. */
    public enum Way {
        /** Each in a transaction of its own. */
        ALONE("Semel"),
        /** Those that wait share a transaction. */
        COALESCED("Semel coalesced"),
        /** Those that wait are done by a few statements. */
        SET_BASED("Semel set-based");

        private final String label;

        Way(String label) {
            this.label = label;
        }
    }

    private static final String RECALL = """
            SELECT id, invoice_id, amount, currency, reference, created_at
            FROM semel_books.payments
            WHERE tenant_id = ? AND id = ?
            """;

    /** Each call in a transaction of its own. */
    public static OnSemel alone() {
        return new OnSemel(Way.ALONE);
    }

    @Override
    public Contender contender() {
        return new Contender(
                way.label, "exactly once: key, response, audit row and event in the transaction; tenants kept apart");
    }

    @Override
    public List<String> tables() {
        return List.of("semel.idempotency_keys", "semel.idempotent_write_audit_log", "semel.outbox_events");
    }

    @Override
    public PaymentSession open(Pools pools) {
        HikariDataSource pool = pools.application();
        Operation<NewPayment, Payment> createPayment = operation();
        Semel semel = engine(pool, createPayment);
        return new PaymentSession() {
            @Override
            public UUID pay(PaymentCall call) {
                Caller caller = new Caller(call.tenant(), "user", call.key());
                return semel.execute(createPayment, caller, Key.of(call.key()), call.payment())
                        .resultId();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private Operation<NewPayment, Payment> operation() {
        var operation = Operation.financial("createPayment", NewPayment.class, Payment.class)
                .emits("payment.recorded");
        return way == Way.ALONE ? operation.build() : operation.coalesced().build();
    }

    private Semel engine(DataSource pool, Operation<NewPayment, Payment> createPayment) {
        Semel.Builder semel = Semel.builder(Transactions.of(pool), JacksonCodec.ofDefaults())
                .handle(createPayment, OnSemel::record)
                .recall(createPayment, OnSemel::recall);
        return way == Way.SET_BASED
                ? semel.handleAll(createPayment, OnSemel::recordAll).build()
                : semel.build();
    }

    private static Map<UUID, Payment> recordAll(List<Write<NewPayment>> writes) throws SQLException {
        Map<UUID, Payment> recorded = PaymentsSql.record(writes);
        for (Write<NewPayment> write : writes) {
            Payment payment = recorded.get(write.resultId());
            if (payment != null) {
                emit(write, payment);
            }
        }
        return recorded;
    }

    private static Payment record(Write<NewPayment> write) throws SQLException {
        Payment payment = PaymentSql.record(
                write.connection(), write.tenant(), write.payload(), write.resultId(), write.derivedId("journal"));
        emit(write, payment);
        return payment;
    }

    private static void emit(Write<NewPayment> write, Payment payment) {
        write.emit("payment.recorded", "invoice:" + payment.invoiceId(), payment);
    }

    private static Optional<Payment> recall(Connection connection, String tenant, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECALL)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(payment(row)) : Optional.empty();
            }
        }
    }

    private static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getBigDecimal(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }
}
