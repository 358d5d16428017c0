package dev.semel.bench.payments;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The base: one transaction, written by hand, that forgets at once that it happened. A retry pays twice.
 *
 * @param withTenant whether the transaction sets its tenant and row-level security holds, as for Semel
 */
public record Plain(boolean withTenant) implements PaymentContender {
    private static final String SET_TENANT = "SELECT set_config('semel.tenant', ?, true)";

    @Override
    public Contender contender() {
        return withTenant
                ? new Contender("base + RLS", "as base, but the database keeps tenants apart")
                : new Contender("base", "hand-written JDBC, no idempotency, no audit, no events: a retry pays twice");
    }

    @Override
    public PaymentSession open(Pools pools) {
        HikariDataSource pool = withTenant ? pools.application() : pools.owner();
        return new PaymentSession() {
            @Override
            public UUID pay(PaymentCall call) throws Exception {
                return Plain.this.pay(pool, call);
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private UUID pay(DataSource pool, PaymentCall call) throws Exception {
        return InTransaction.run(pool, connection -> {
            if (withTenant) {
                setTenant(connection, call.tenant());
            }
            return PaymentSql.record(connection, call.tenant(), call.payment(), UUID.randomUUID(), UUID.randomUUID())
                    .id();
        });
    }

    private static void setTenant(Connection connection, String tenant) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(SET_TENANT)) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }
}
