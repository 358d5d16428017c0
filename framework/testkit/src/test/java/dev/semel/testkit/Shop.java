package dev.semel.testkit;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.Write;
import dev.semel.jackson.JacksonCodec;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** A small application on the engine: orders of a shop. */
final class Shop {
    record NewOrder(String item, BigDecimal amount) {}

    record Order(UUID id, String item, BigDecimal amount) {}

    static final Operation<NewOrder, Order> PAY_ORDER = Operation.financial("payOrder", NewOrder.class, Order.class)
            .emits("order.paid")
            .rejects(RejectedException.Reason.RULE, "NOT_SOLD", "OUT_OF_CUPS", "OUT_OF_TEA")
            .build();
    static final Operation<NewOrder, Order> PLACE_ORDER = Operation.highRisk("placeOrder", NewOrder.class, Order.class)
            .emits("order.placed")
            .workflow("order-placed")
            .build();
    static final Operation<NewOrder, Order> NOTE_ORDER = Operation.standard("noteOrder", NewOrder.class, Order.class)
            .emits("order.paid")
            .rejects(RejectedException.Reason.RULE, "OUT_OF_CUPS", "OUT_OF_TEA", "TOO_LATE")
            .rejects(RejectedException.Reason.CONFLICT, "NO_TEA_LEFT")
            .rememberRejections()
            .build();

    /** Several events and a write inside the write. */
    static final Operation<NewOrder, Order> ORDER_SET = Operation.highRisk("orderSet", NewOrder.class, Order.class)
            .emits("order.paid")
            .emits("order.placed")
            .workflow("order-set")
            .build();

    static final NewOrder TEA = new NewOrder("tea", new BigDecimal("12.50"));
    static final NewOrder DEARER_TEA = new NewOrder("tea", new BigDecimal("12.51"));

    private static final String INSERT = "INSERT INTO shop.orders (tenant_id, id, item, amount) VALUES (?, ?, ?, ?)";
    private static final String FIND = "SELECT item, amount FROM shop.orders WHERE tenant_id = ? AND id = ?";

    private final TestDatabase database;
    private final BiFunction<TestDatabase, Integer, HikariDataSource> pools;

    private Shop(TestDatabase database, BiFunction<TestDatabase, Integer, HikariDataSource> pools) {
        this.database = database;
        this.pools = pools;
    }

    static Shop open(TestDatabase database) {
        return open(database, TestDatabase::pool);
    }

    static Shop open(TestDatabase database, BiFunction<TestDatabase, Integer, HikariDataSource> pools) {
        database.closePools();
        database.run("""
                CREATE SCHEMA IF NOT EXISTS shop;
                CREATE TABLE IF NOT EXISTS shop.orders (
                    tenant_id text, id uuid, item text NOT NULL, amount numeric NOT NULL, PRIMARY KEY (tenant_id, id));
                ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
                DROP POLICY IF EXISTS tenant ON shop.orders;
                CREATE POLICY tenant ON shop.orders USING (tenant_id = current_setting('semel.tenant', true));
                GRANT USAGE ON SCHEMA shop TO semel_app;
                GRANT SELECT, INSERT ON shop.orders TO semel_app;
                TRUNCATE shop.orders, semel.idempotency_keys, semel.outbox_events, semel.idempotent_write_audit_log;
                """);
        return new Shop(database, pools);
    }

    /** An engine on a pool of its own, as another process would have. */
    Semel node(int poolSize) {
        return engine(pool(poolSize), Shop::insert).build();
    }

    Semel node(Handler<NewOrder, Order> handler) {
        return engine(pool(10), handler).build();
    }

    HikariDataSource pool(int size) {
        return pools.apply(database, size);
    }

    HikariDataSource uncheckedPool(int size) {
        return database.uncheckedPool(size);
    }

    static Semel.Builder engine(DataSource dataSource, Handler<NewOrder, Order> handler) {
        return Semel.builder(Transactions.of(dataSource), JacksonCodec.ofDefaults())
                .handle(PAY_ORDER, handler)
                .recall(PAY_ORDER, Shop::find)
                .handle(PLACE_ORDER, handler)
                .handle(NOTE_ORDER, handler);
    }

    static Order insert(Write<NewOrder> write) throws SQLException {
        return insert(write, write.resultId());
    }

    static Order insert(Write<NewOrder> write, UUID id) throws SQLException {
        try (PreparedStatement statement = write.connection().prepareStatement(INSERT)) {
            statement.setString(1, write.tenant());
            statement.setObject(2, id);
            statement.setString(3, write.payload().item());
            statement.setBigDecimal(4, write.payload().amount());
            statement.executeUpdate();
        }
        return new Order(id, write.payload().item(), write.payload().amount());
    }

    static Order insertAndEmit(Write<NewOrder> write) throws SQLException {
        Order order = insert(write);
        write.emit("order.paid", "order-" + order.id(), order);
        return order;
    }

    static Order orderSet(Write<NewOrder> write) throws SQLException {
        Order order = insertAndEmit(write);
        write.nested(NOTE_ORDER, "cup", new NewOrder("cup", BigDecimal.ONE));
        write.emit("order.placed", "order-" + order.id(), order);
        write.emit("order.placed", "item-" + order.item(), order);
        return order;
    }

    static Optional<Order> find(Connection connection, String tenant, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Order(id, row.getString("item"), row.getBigDecimal("amount")))
                        : Optional.empty();
            }
        }
    }

    static Outcome<Order> pay(Semel semel, String tenant, String key, NewOrder order) {
        return semel.execute(PAY_ORDER, caller(tenant), Key.of(key), order);
    }

    static Outcome<Order> pay(Semel semel, String key, NewOrder order) {
        return pay(semel, "acme", key, order);
    }

    static Outcome<Order> place(Semel semel, String key, NewOrder order) {
        return semel.execute(PLACE_ORDER, caller("acme"), Key.of(key), order);
    }

    static Outcome<Order> note(Semel semel, String key, NewOrder order) {
        return semel.execute(NOTE_ORDER, caller("acme"), Key.of(key), order);
    }

    static Caller caller(String tenant) {
        return new Caller(tenant, "alice", "req-" + UUID.randomUUID());
    }

    /** What a second writer without locks would commit under the write's key while the write is in its handler. */
    void commitElsewhere(Write<NewOrder> write) {
        JacksonCodec codec = JacksonCodec.ofDefaults();
        byte[] canonical = codec.canonical(codec.write(write.payload()));
        String hash = HexFormat.of()
                .formatHex(Fingerprint.of("payOrder", Map.of(), canonical).sha256());
        run("""
                INSERT INTO semel.idempotency_keys (tenant_id, key, operation_type, payload_hash, fingerprint_version,
                       result_id, response_type, response_content_type, response_body, request_id, expires_at, purge_at)
                SELECT 'acme', key, 'payOrder', '\\x%s', 1, '%s', 'payOrder.v1', 'application/json',
                       convert_to('{"id":"%s","item":"tea","amount":12.50}', 'UTF8'), 'other', now() + interval '1 day',
                       now() + interval '1 day'
                  FROM unnest(array['no-locks', 'won-elsewhere']) AS key ON CONFLICT DO NOTHING""".formatted(hash, write.resultId(), write.resultId()));
    }

    /** The numbers of all advisory locks that are held in this database. */
    List<Long> advisoryLocks() {
        String locks =
                "SELECT (classid::bigint << 32) | objid::bigint AS number FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1";
        long count = database.number("SELECT count(*) FROM (" + locks + ") AS l");
        return LongStream.range(0, count)
                .mapToObj(i -> database.number(locks + " OFFSET " + i + " LIMIT 1"))
                .toList();
    }

    long orders() {
        return database.number("SELECT count(*) FROM shop.orders");
    }

    long keys() {
        return database.number("SELECT count(*) FROM semel.idempotency_keys");
    }

    long events() {
        return database.number("SELECT count(*) FROM semel.outbox_events");
    }

    long firstEvents() {
        return database.number("SELECT count(*) FROM semel.outbox_events WHERE number = 0");
    }

    long events(String type) {
        return database.number("SELECT count(*) FROM semel.outbox_events WHERE type = '" + type + "'");
    }

    long auditRows() {
        return database.number("SELECT count(*) FROM semel.idempotent_write_audit_log");
    }

    /** Makes every key expired. */
    void expireKeys() {
        database.passTime(Duration.ofHours(49));
    }

    void run(String sql) {
        database.run(sql);
    }
}
