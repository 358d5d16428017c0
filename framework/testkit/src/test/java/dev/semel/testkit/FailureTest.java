package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Committed;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.UnavailableException;
import dev.semel.WriteInfo;
import dev.semel.WriteListener;
import dev.semel.jackson.JacksonCodec;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Design §3, steps 4, 7 and 8: one transaction, and what happens when it breaks. */
@ExtendWith(PostgresExtension.class)
class FailureTest {
    private final Shop shop;

    FailureTest(TestDatabase database) {
        shop = Shop.open(database);
    }

    private static boolean finishes(String sql) {
        return sql.endsWith("COMMIT");
    }

    @Test
    void writeCostsOneRoundTripBeforeTheHandlerAndOneAfterIt() {
        List<String> sent = new CopyOnWriteArrayList<>();
        DataSource observed = InterceptedDataSource.of(shop.pool(1), new StatementHook() {
            @Override
            public void before(String sql) {
                sent.add(sql);
            }
        });
        Semel semel = Shop.engine(observed, Shop::insertAndEmit).build();

        Shop.pay(semel, "counted", Shop.TEA);

        assertThat(sent).hasSize(4);
        assertThat(sent.get(0)).contains("pg_try_advisory_xact_lock").contains("FROM semel.idempotency_keys");
        assertThat(sent.get(1)).contains("INSERT INTO shop.orders");
        assertThat(sent.get(2))
                .contains("INTO semel.idempotency_keys")
                .contains("INTO semel.idempotent_write_audit_log")
                .contains("INTO semel.outbox_events")
                .endsWith("COMMIT");
        assertThat(sent.get(3)).as("a call without a message to the server").isEqualTo("commit");
    }

    @Test
    void failedHandlerLeavesNothing() {
        Semel semel = shop.node(write -> {
            Shop.insertAndEmit(write);
            throw new IllegalStateException("after the insert");
        });

        assertThatThrownBy(() -> Shop.pay(semel, "failed", Shop.TEA)).isInstanceOf(IllegalStateException.class);

        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
    }

    @Test
    void handlerThatGoesOnAfterAFailedStatementLeavesNothing() {
        Semel semel = shop.node(write -> {
            Order order = Shop.insertAndEmit(write);
            try (var statement = write.connection().createStatement()) {
                statement.execute("SELECT 1/0");
            } catch (SQLException ignored) {
                return order;
            }
            throw new AssertionError("1/0 is a number now");
        });

        assertThatThrownBy(() -> Shop.pay(semel, "stubborn", Shop.TEA)).isNotNull();

        assertThat(shop.orders() + shop.keys() + shop.events() + shop.auditRows())
                .isZero();
    }

    @Test
    void whatTheHandlersConnectionHandsOutLeadsBackToItAndToNoOther() {
        List<Connection> reached = new ArrayList<>();
        Semel semel = shop.node(write -> {
            Connection connection = write.connection();
            try (var plain = connection.createStatement();
                    var prepared = connection.prepareStatement("SELECT 1");
                    var callable = connection.prepareCall("SELECT 1");
                    var rows = prepared.executeQuery();
                    var tables = connection.getMetaData().getTableTypes()) {
                assertThat(rows.getStatement()).isSameAs(prepared).isEqualTo(prepared);
                reached.addAll(List.of(
                        plain.getConnection(),
                        prepared.getConnection(),
                        callable.getConnection(),
                        rows.getStatement().getConnection(),
                        tables.getStatement().getConnection(),
                        connection.getMetaData().getConnection(),
                        connection.unwrap(Connection.class)));
                assertThat(reached).allSatisfy(one -> assertThat(one).isSameAs(connection));
            }
            return Shop.insert(write);
        });

        Shop.pay(semel, "handed-out", Shop.TEA);

        assertThat(reached).hasSize(7);
    }

    @Test
    void handlerCannotEndTheTransaction() {
        List<String> refused = new ArrayList<>();
        Semel semel = shop.node(write -> {
            Connection connection = write.connection();
            for (SqlAction action : List.<SqlAction>of(
                    Connection::commit, Connection::rollback, Connection::close, c -> c.setAutoCommit(true))) {
                try {
                    action.on(connection);
                } catch (IllegalStateException e) {
                    refused.add(e.getMessage());
                }
            }
            return Shop.insert(write);
        });

        Shop.pay(semel, "guarded", Shop.TEA);

        assertThat(refused).hasSize(4);
        assertThat(shop.orders()).isEqualTo(1);
    }

    private interface SqlAction {
        void on(Connection connection) throws SQLException;
    }

    @Test
    void lostAnswerOfACommitThatTookEffectIsFoundAgain() {
        AtomicInteger lost = new AtomicInteger();
        Semel semel = Shop.engine(
                        InterceptedDataSource.of(shop.pool(2), new StatementHook() {
                            @Override
                            public void after(String sql) throws SQLException {
                                if (finishes(sql) && lost.getAndIncrement() == 0) {
                                    throw new SQLException("connection lost", "08006");
                                }
                            }
                        }),
                        Shop::insertAndEmit)
                .build();

        Outcome<Order> outcome = Shop.pay(semel, "lost-ack", Shop.TEA);

        assertThat(outcome.result().item()).isEqualTo("tea");
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.events()).isEqualTo(1);
        assertThat(Shop.pay(semel, "lost-ack", Shop.TEA).resultId()).isEqualTo(outcome.resultId());
    }

    @Test
    void connectionLostBeforeTheCommitTookEffectIsExecutedAgain() {
        AtomicInteger lost = new AtomicInteger();
        Semel semel = Shop.engine(
                        InterceptedDataSource.of(shop.pool(2), new StatementHook() {
                            @Override
                            public void before(String sql) throws SQLException {
                                if (finishes(sql) && lost.getAndIncrement() == 0) {
                                    throw new SQLException("connection lost", "08006");
                                }
                            }
                        }),
                        Shop::insertAndEmit)
                .build();

        assertThat(Shop.pay(semel, "lost-commit", Shop.TEA).replayed()).isFalse();
        assertThat(shop.orders()).isEqualTo(1);
        assertThat(shop.events()).isEqualTo(1);
    }

    @Test
    void connectionThatStaysLostIsUnavailableAndRetryable() {
        Semel semel = Shop.engine(
                        InterceptedDataSource.of(shop.pool(2), new StatementHook() {
                            @Override
                            public void before(String sql) throws SQLException {
                                if (finishes(sql)) {
                                    throw new SQLException("connection lost", "08006");
                                }
                            }
                        }),
                        Shop::insert)
                .build();

        assertThatThrownBy(() -> Shop.pay(semel, "stays-lost", Shop.TEA))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        e -> assertThat(e.retryable()).isTrue());
        assertThat(shop.orders() + shop.keys()).isZero();
    }

    @Test
    void serializationFailuresAndDeadlocksAreRetried() {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            Shop.insert(write);
            int number = executions.incrementAndGet();
            if (number <= 3) {
                throw new SQLException("try again", number % 2 == 0 ? "40P01" : "40001");
            }
            return new Order(write.resultId(), "tea", write.payload().amount());
        });

        assertThat(Shop.pay(semel, "conflicts", Shop.TEA).replayed()).isFalse();
        assertThat(executions).hasValue(4);
        assertThat(shop.orders()).isEqualTo(1);
    }

    @Test
    void endlessConflictsEndWithTheFailure() {
        AtomicInteger executions = new AtomicInteger();
        Semel semel = shop.node(write -> {
            executions.incrementAndGet();
            throw new SQLException("try again", "40001");
        });

        assertThatThrownBy(() -> Shop.pay(semel, "endless", Shop.TEA)).isNotNull();
        assertThat(executions.get()).isBetween(2, 20);
    }

    @Test
    void writersOfEachOthersRowsAllSucceed() throws Exception {
        shop.run(
                "CREATE TABLE IF NOT EXISTS shop.stock (tenant_id text, item int, n int, PRIMARY KEY (tenant_id, item));"
                        + " GRANT SELECT, UPDATE ON shop.stock TO semel_app; TRUNCATE shop.stock;"
                        + " INSERT INTO shop.stock VALUES ('acme', 0, 0), ('acme', 1, 0)");
        shop.run("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L',"
                + " current_database(), '20ms'); END $$");
        AtomicLong order = new AtomicLong();
        Semel semel = shop.node(write -> {
            long first = order.getAndIncrement() % 2;
            for (long item : new long[] {first, 1 - first}) {
                try (var statement = write.connection()
                        .prepareStatement("UPDATE shop.stock SET n = n + 1 WHERE tenant_id = ? AND item = ?")) {
                    statement.setString(1, write.tenant());
                    statement.setLong(2, item);
                    statement.executeUpdate();
                }
            }
            return Shop.insert(write);
        });
        AtomicInteger key = new AtomicInteger();

        Together.returned(Together.run(4, () -> {
            for (int i = 0; i < 10; i++) {
                Shop.pay(semel, "deadlock-" + key.getAndIncrement(), Shop.TEA);
            }
            return true;
        }));

        assertThat(shop.orders()).isEqualTo(40);
    }

    @Test
    void isolationOtherThanReadCommittedIsRefused() {
        Transactions repeatableRead = new Transactions() {
            private final Transactions plain = Transactions.of(shop.pool(1));

            @Override
            public <T> T run(TransactionBody<T> body) throws Exception {
                return plain.run(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    }
                    return body.run(connection);
                });
            }
        };
        Semel semel = Semel.builder(repeatableRead, JacksonCodec.ofDefaults())
                .handle(Shop.PLACE_ORDER, Shop::insert)
                .build();

        assertThatThrownBy(() -> Shop.place(semel, "isolation", Shop.TEA)).hasMessageContaining("READ COMMITTED");
    }

    @Test
    void listenersThatFailBreakNothing() {
        List<String> told = new CopyOnWriteArrayList<>();
        WriteListener broken = new WriteListener() {
            @Override
            public void began(WriteInfo write) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void committed(WriteInfo write, Committed committed) {
                throw new IllegalStateException("broken");
            }
        };
        WriteListener sound = new WriteListener() {
            @Override
            public void began(WriteInfo write) {
                told.add("began " + write.operation().name());
            }

            @Override
            public void committed(WriteInfo write, Committed committed) {
                told.add(committed.replayed() ? "replayed" : "executed");
            }
        };
        Semel semel = Shop.engine(shop.pool(1), Shop::insert)
                .listener(broken)
                .listener(sound)
                .build();

        Shop.pay(semel, "listeners", Shop.TEA);
        Shop.pay(semel, "listeners", Shop.TEA);

        assertThat(told).containsExactly("began payOrder", "executed", "began payOrder", "replayed");
    }

    @Test
    void undeclaredEventFailsTheWrite() {
        Semel semel = shop.node(write -> {
            write.emit("order.stolen", "order", "x");
            return Shop.insert(write);
        });

        assertThatThrownBy(() -> Shop.pay(semel, "undeclared", Shop.TEA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("does not declare that it emits order.stolen: add .emits(\"order.stolen\")");
        assertThat(shop.orders() + shop.events()).isZero();
    }

    @Test
    void connectionThatCommitsByItselfIsRefused() {
        Transactions careless = new Transactions() {
            @Override
            public <T> T run(TransactionBody<T> body) throws Exception {
                try (Connection connection = shop.pool(1).getConnection()) {
                    return body.run(connection);
                }
            }
        };
        Semel semel = Semel.builder(careless, JacksonCodec.ofDefaults())
                .handle(Shop.PLACE_ORDER, Shop::insert)
                .build();

        assertThatThrownBy(() -> Shop.place(semel, "careless", Shop.TEA)).hasMessageContaining("commits by itself");
        assertThat(shop.orders()).isZero();
    }

    @Test
    void listenerThatDiesDoesNotBlockTheKey() {
        WriteListener dying = new WriteListener() {
            @Override
            public void began(WriteInfo write) {
                throw new NoClassDefFoundError("gone");
            }
        };
        Semel semel = Shop.engine(shop.pool(1), Shop::insert).listener(dying).build();

        assertThat(Shop.pay(semel, "dying", Shop.TEA).replayed()).isFalse();
        assertThat(Shop.pay(semel, "dying", Shop.TEA).replayed()).isTrue();
    }

    @Test
    void outcomeOfAnotherNodeIsTheAnswerWhenTheHandlerFailsHere() {
        Semel there = shop.node(2);
        Semel here = shop.node(write -> {
            shop.commitElsewhere(write);
            throw new IllegalStateException("something else went wrong");
        });

        Outcome<Order> outcome = Shop.pay(here, "won-elsewhere", Shop.TEA);

        assertThat(outcome.replayed()).isTrue();
        assertThat(Shop.pay(there, "won-elsewhere", Shop.TEA).snapshot()).isEqualTo(outcome.snapshot());
    }
}
