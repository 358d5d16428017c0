package dev.semel.bench.rivals;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.txstep.JdbcStepFactory;
import dev.dbos.transact.txstep.JdbcStepFactory.TransactionalFunction;
import dev.dbos.transact.workflow.Workflow;
import dev.semel.bench.database.Pools;
import dev.semel.bench.payments.PaymentCall;
import dev.semel.bench.payments.PaymentContender;
import dev.semel.bench.payments.PaymentSession;
import dev.semel.bench.payments.PaymentSql;
import dev.semel.bench.round.Contender;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/** DBOS Transact: each payment is a workflow whose id is the key, with one transactional step. */
public record Dbos(String version) implements PaymentContender {
    /** The workflow, as DBOS wants it: an interface that it makes a proxy of. */
    public interface Payments {
        /** Records a payment and returns its id. */
        String pay(String tenant, String key, String invoice, String amount);
    }

    /** The workflow's body. */
    public static final class Paying implements Payments {
        private final JdbcStepFactory steps;

        /** Writes in those steps' transactions. */
        public Paying(JdbcStepFactory steps) {
            this.steps = steps;
        }

        @Override
        @Workflow(name = "createPayment")
        public String pay(String tenant, String key, String invoice, String amount) {
            UUID id = UUID.nameUUIDFromBytes((tenant + ':' + key).getBytes(StandardCharsets.UTF_8));
            UUID entry = new UUID(id.getMostSignificantBits(), ~id.getLeastSignificantBits());
            PaymentCall.NewPayment payment =
                    new PaymentCall.NewPayment(UUID.fromString(invoice), new BigDecimal(amount), "EUR", key);
            try {
                TransactionalFunction<String, SQLException> record =
                        connection -> PaymentSql.record(connection, tenant, payment, id, entry)
                                .id()
                                .toString();
                return steps.txStep(record, "record");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Contender contender() {
        return new Contender(
                "DBOS Transact " + version,
                "a workflow for each key, its step's effect exactly once; no audit row, no event, payload not compared");
    }

    @Override
    public String reset() {
        return "DROP SCHEMA IF EXISTS dbos CASCADE";
    }

    @Override
    public PaymentSession open(Pools pools) {
        HikariDataSource pool = pools.owner();
        DBOS dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool));
        JdbcStepFactory steps = new JdbcStepFactory(dbos, pool);
        Payments payments = dbos.registerProxy(Payments.class, new Paying(steps));
        dbos.launch();
        return new Session(dbos, payments, pool);
    }

    private record Session(DBOS dbos, Payments payments, HikariDataSource pool) implements PaymentSession {
        @Override
        public UUID pay(PaymentCall call) {
            String id = dbos.startWorkflow(
                            () -> payments.pay(
                                    call.tenant(),
                                    call.key(),
                                    call.payment().invoiceId().toString(),
                                    call.payment().amount().toPlainString()),
                            new StartWorkflowOptions(call.tenant() + ':' + call.key()))
                    .getResult();
            return UUID.fromString(id);
        }

        @Override
        public void close() {
            dbos.close();
            pool.close();
        }
    }
}
