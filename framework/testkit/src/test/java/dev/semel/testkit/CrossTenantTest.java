package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.LeaseLostException;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.lease.Lease;
import dev.semel.lease.LeaseListener;
import dev.semel.lease.Leases;
import dev.semel.outbox.DatabaseSink;
import dev.semel.outbox.Outbox;
import dev.semel.outbox.Outbox.Position;
import dev.semel.outbox.Outbox.State;
import dev.semel.outbox.Subscription;
import dev.semel.outbox.UndeliverableException;
import dev.semel.testkit.Shop.Order;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Globex tries every call with what it knows of acme: keys, ids, targets. It sees nothing, and changes nothing. */
@ExtendWith(PostgresExtension.class)
class CrossTenantTest {
    private static final List<String> TABLES = List.of(
            "shop.orders",
            "semel.idempotency_keys",
            "semel.idempotent_write_audit_log",
            "semel.outbox_events",
            "semel.leases",
            "semel.daily_usage");

    private final TestDatabase database;
    private final Transactions transactions;
    private final Semel semel;
    private final Leases leases;
    private final Outcome<Order> order;
    private final Lease lease;
    private final UUID parkedEvent;
    private final List<String> before;

    CrossTenantTest(TestDatabase database) throws SQLException {
        this.database = database;
        Shop.open(database, TestDatabase::uncheckedPool);
        database.run("TRUNCATE semel.leases, semel.daily_usage;"
                + " GRANT UPDATE, DELETE ON shop.orders TO semel_app;"
                + " INSERT INTO semel.daily_usage VALUES ('acme', '2026-01-01', 'payOrder', 7)");
        transactions = Transactions.of(database.uncheckedPool(5));
        semel = Shop.engine(database.uncheckedPool(5), Shop::insertAndEmit).build();
        leases = Leases.of(transactions, new LeaseListener() {});
        order = Shop.pay(semel, "acme", "shared-key", Shop.TEA);
        parkEvent();
        parkedEvent = UUID.fromString(text("SELECT event_id FROM semel.outbox_events"));
        lease = leases.tryAcquire("acme", "publish", Duration.ofHours(1)).orElseThrow();
        before = acme();
    }

    private void parkEvent() {
        DatabaseSink poison = (connection, event) -> {
            throw new UndeliverableException("poison");
        };
        try (TestRelay relay = TestRelay.of(database, Subscription.to("poison", poison, "order.paid"))) {
            relay.drain();
        }
    }

    @BeforeEach
    void acmeHasSomethingToLose() {
        assertThat(before).hasSize(TABLES.size());
        assertThat(before).allSatisfy(table -> assertThat(table).isNotEmpty());
    }

    @AfterEach
    void nothingOfAcmeHasChanged() throws SQLException {
        leases.close();
        assertThat(acme()).isEqualTo(before);
    }

    /** Everything that acme has, a text for each table. */
    private List<String> acme() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : TABLES) {
            rows.add(text("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM " + table
                    + " AS t WHERE tenant_id = 'acme'"));
        }
        return rows;
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.owner().jdbcUrl(),
                        database.owner().user(),
                        database.owner().password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private <T> T asGlobex(TransactionBody<T> body) throws Exception {
        return transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL semel.tenant = 'globex'");
            }
            return body.run(connection);
        });
    }

    @Test
    void sameKeyIsAKeyOfItsOwn() {
        Outcome<Order> own = Shop.pay(semel, "globex", "shared-key", Shop.TEA);
        Outcome<Order> again = Shop.pay(semel, "globex", "shared-key", Shop.TEA);

        assertThat(own.replayed()).isFalse();
        assertThat(own.resultId()).isNotEqualTo(order.resultId());
        assertThat(again.resultId()).isEqualTo(own.resultId());
    }

    @Test
    void otherPayloadUnderAcmesKeyIsNotRefusedEither() {
        assertThat(Shop.pay(semel, "globex", "shared-key", Shop.DEARER_TEA).replayed())
                .isFalse();
    }

    @Test
    void acmesPrimaryKeyIsFreeForAnotherTenantsRow() {
        Semel stubborn = Shop.engine(database.uncheckedPool(2), write -> Shop.insert(write, order.resultId()))
                .build();

        assertThat(Shop.pay(stubborn, "globex", "own-key", Shop.TEA).replayed()).isFalse();
    }

    @Test
    void acmesOutboxIsEmptyForOthers() throws Exception {
        for (String named : List.of("globex", "acme")) {
            asGlobex(connection -> {
                Outbox outbox = new Outbox(connection, named);
                for (State state : State.values()) {
                    assertThat(outbox.list(state, Position.START, 100)).isEmpty();
                }
                assertThat(outbox.explain(parkedEvent)).isEmpty();
                assertThat(outbox.replay(parkedEvent)).isZero();
                assertThat(outbox.replayAll("poison", null)).isZero();
                assertThat(outbox.discard(parkedEvent)).isZero();
                return null;
            });
        }
    }

    @Test
    void sameTargetIsALeaseOfItsOwn() throws Exception {
        Lease own = leases.tryAcquire("globex", "publish", Duration.ofHours(1)).orElseThrow();
        own.close();
        assertThat(leases.tryAcquire("acme", "publish", Duration.ofHours(1))).isEmpty();
    }

    @Test
    void acmesLeaseProtectsNobodyElsesTransaction() {
        assertThatThrownBy(() -> asGlobex(connection -> {
                    lease.requireHeld(connection);
                    return null;
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    void readsAndRecallsFindNothing() {
        assertThat(semel.<Boolean>read(
                        "globex",
                        connection ->
                                Shop.find(connection, "acme", order.resultId()).isPresent()))
                .isFalse();
        assertThat(semel.<Boolean>read(
                        "globex",
                        connection -> Shop.find(connection, "globex", order.resultId())
                                .isPresent()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.orders",
                "semel.idempotency_keys",
                "semel.idempotent_write_audit_log",
                "semel.outbox_events",
                "semel.leases",
                "semel.daily_usage"
            })
    void sqlThatForgetsItsTenantSeesNothing(String table) throws Exception {
        for (String sql : List.of("SELECT FROM " + table, "SELECT FROM " + table + " WHERE tenant_id = 'acme'")) {
            boolean any = asGlobex(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(sql)) {
                    return rows.next();
                }
            });
            assertThat(any).as(sql).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE shop.orders SET amount = 0",
                "UPDATE shop.orders SET amount = 0 WHERE tenant_id = 'acme'",
                "DELETE FROM shop.orders",
                "DELETE FROM shop.orders WHERE tenant_id = 'acme'",
                "UPDATE semel.idempotency_keys SET response_body = NULL",
                "DELETE FROM semel.idempotency_keys",
                "UPDATE semel.outbox_events SET attempts = 9",
                "DELETE FROM semel.outbox_events",
                "UPDATE semel.leases SET expires_at = '-infinity'",
                "UPDATE semel.daily_usage SET count = 0"
            })
    void sqlThatForgetsItsTenantChangesNothing(String sql) throws Exception {
        int changed = asGlobex(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });

        assertThat(changed).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO shop.orders VALUES ('acme', gen_random_uuid(), 'x', 1)",
                "INSERT INTO semel.leases (tenant_id, target, holder, acquired_at, expires_at)"
                        + " VALUES ('acme', 'x', gen_random_uuid(), now(), now())",
                "INSERT INTO semel.leases (tenant_id, target, holder, acquired_at, expires_at)"
                        + " VALUES ('acme', 'publish', gen_random_uuid(), now(), now())"
                        + " ON CONFLICT (tenant_id, target) DO UPDATE SET holder = excluded.holder",
                "INSERT INTO semel.daily_usage VALUES ('acme', '2026-01-01', 'payOrder', 1)"
                        + " ON CONFLICT (tenant_id, day, operation_type) DO UPDATE SET count = 0",
                "INSERT INTO semel.idempotency_keys SELECT 'acme', 'k', 'x', '', 1, gen_random_uuid(), '', '', '', '', now(),"
                        + " now(), now()",
                "INSERT INTO semel.outbox_events (tenant_id, event_id, ordering_key, type, payload, operation_type, request_id)"
                        + " VALUES ('acme', gen_random_uuid(), '', 'x', '', 'x', 'x')",
                "INSERT INTO semel.idempotent_write_audit_log (tenant_id, request_id, user_id, operation_type, risk, key,"
                        + " payload_hash, fingerprint_version, result_id, resource_id, status, duration_micros)"
                        + " VALUES ('acme', 'r', 'u', 'x', 'STANDARD', 'k', '', 1, gen_random_uuid(), 'x', 'EXECUTED', 1)",
                "INSERT INTO shop.orders VALUES ('globex', gen_random_uuid(), 'x', 1); UPDATE shop.orders SET tenant_id = 'acme'"
            })
    void rowsForAcmeAreRefused(String sql) {
        assertThatThrownBy(() -> asGlobex(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void handlersConnectionBelongsToItsTenantOnly() {
        Semel hostile = Shop.engine(database.uncheckedPool(2), write -> {
                    try (Statement statement = write.connection().createStatement()) {
                        assertThat(statement.executeUpdate("UPDATE shop.orders SET amount = 0"))
                                .isZero();
                        assertThat(statement.executeUpdate("DELETE FROM semel.idempotency_keys"))
                                .isZero();
                    }
                    return Shop.insertAndEmit(write);
                })
                .build();

        assertThat(Shop.pay(hostile, "globex", "hostile", Shop.TEA).replayed()).isFalse();
    }
}
