package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Key;
import dev.semel.Semel;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.NewOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FaultEnumerationTest {
    private final TestDatabase database;

    FaultEnumerationTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    private void assertExactlyOnceWhateverFails(OperationUnderTest<NewOrder> tested) {
        FaultEnumeration.Report report = FaultEnumeration.run(database, tested);

        assertThat(report.violations()).isEmpty();
        assertThat(report.points()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void financialOperationWithAnEvent() {
        assertExactlyOnceWhateverFails(TestedShop.PAY_ORDER);
    }

    @Test
    void operationThatStartsAWorkflow() {
        assertExactlyOnceWhateverFails(TestedShop.PLACE_ORDER);
    }

    @Test
    void operationThatRemembersRejections() {
        assertExactlyOnceWhateverFails(TestedShop.NOTE_ORDER);
    }

    @Test
    void rememberedRejection() {
        assertExactlyOnceWhateverFails(TestedShop.REJECTED_NOTE);
    }

    @Test
    void operationWithSeveralEventsAndANestedWrite() {
        assertExactlyOnceWhateverFails(TestedShop.ORDER_SET);
    }

    @Test
    void handlerThatCommitsHalfIsFound() {
        OperationUnderTest<NewOrder> tested =
                TestedShop.with(Shop.PAY_ORDER, TestedShop.alsoInsertingElsewhere(database.pool(2)));

        assertThatThrownBy(() -> FaultEnumeration.run(database, tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left {shop.orders=[+{")
                .hasMessageContaining("FAILS_FROM_HERE_ON at call");
    }

    @Test
    void whatAFaultDoesToOtherTenantsIsFound() {
        OperationUnderTest<NewOrder> tested = TestedShop.with(Shop.PAY_ORDER, write -> {
            try {
                return Shop.insertAndEmit(write);
            } catch (SQLException injected) {
                database.run("UPDATE shop.orders SET item = item || '!' WHERE tenant_id <> '" + write.tenant() + "'");
                throw injected;
            }
        });

        assertThatThrownBy(() -> FaultEnumeration.run(database, tested))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("other tenants' rows in [shop.orders]");
    }

    @Test
    void whatAFaultHasLeftIsRemoved() {
        long before = database.number("SELECT count(DISTINCT tenant_id) FROM shop.orders");

        FaultEnumeration.run(database, TestedShop.PAY_ORDER);

        assertThat(database.number("SELECT count(DISTINCT tenant_id) FROM shop.orders"))
                .as("with those of the two undisturbed executions")
                .isEqualTo(before + 2);
    }

    @Test
    void engineThatForgetsItsKeysIsFound() {
        OperationUnderTest<NewOrder> forgetful = TestedShop.asking(
                Shop.PAY_ORDER,
                (semel, caller, key, order) ->
                        semel.execute(Shop.PAY_ORDER, caller, Key.of(key.value() + System.nanoTime()), order));

        assertThatThrownBy(() -> FaultEnumeration.run(database, forgetful))
                .hasMessageContaining("was executed once more after its retry");
    }

    @Test
    void transactionOfAFailedStatementAcceptsNothingButItsRollback() {
        Set<String> states = ConcurrentHashMap.newKeySet();
        FaultEnumeration.run(database, TestedShop.with(Shop.PAY_ORDER, write -> {
            try {
                return Shop.insertAndEmit(write);
            } catch (SQLException injected) {
                if ("40001".equals(injected.getSQLState())) {
                    states.add(stateOfTheNextStatement(write.connection()));
                }
                throw injected;
            }
        }));

        assertThat(states).containsExactly("25P02");
    }

    private static String stateOfTheNextStatement(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return "none";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    @Test
    void applicationThatMistakesALostRollbackForACommitIsFound() {
        DataSource behindItsBack = database.pool(2);
        AtomicReference<String> tenant = new AtomicReference<>();
        OperationUnderTest<NewOrder> mistaken = OperationUnderTest.of(
                        Shop.NOTE_ORDER,
                        source -> Semel.builder(
                                        new BoldTransactions(
                                                source, () -> TestedShop.insertElsewhere(behindItsBack, tenant.get())),
                                        JacksonCodec.ofDefaults())
                                .handle(Shop.NOTE_ORDER, write -> {
                                    tenant.set(write.tenant());
                                    return Shop.insertAndEmit(write);
                                })
                                .build())
                .build(Shop.TEA, Shop.DEARER_TEA);

        assertThatThrownBy(() -> FaultEnumeration.run(database, mistaken))
                .hasMessageContaining("FAILS_BEFORE_AND_CONNECTION_LOST_LATER at call")
                .hasMessageContaining("FAILS_AFTER_AND_CONNECTION_LOST_LATER at call");
    }

    @FunctionalInterface
    private interface Effect {
        void take() throws SQLException;
    }

    private record BoldTransactions(DataSource source, Effect whenTheRollbackFails) implements Transactions {
        @Override
        public <T> T run(TransactionBody<T> body) throws Exception {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                return run(body, connection);
            }
        }

        private <T> T run(TransactionBody<T> body, Connection connection) throws Exception {
            try {
                T result = body.run(connection);
                connection.commit();
                return result;
            } catch (Exception failure) {
                rollBack(connection);
                throw failure;
            }
        }

        private void rollBack(Connection connection) throws SQLException {
            try {
                connection.rollback();
            } catch (SQLException lost) {
                whenTheRollbackFails.take();
            }
        }
    }
}
