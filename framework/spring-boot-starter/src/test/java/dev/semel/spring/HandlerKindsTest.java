package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.ReentryException;
import dev.semel.Semel;
import dev.semel.Write;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** However a handler talks to its database, it keeps the one contract: its rows are the write's. */
@ExtendWith(PostgresExtension.class)
class HandlerKindsTest {
    record NewSeat(String place) {}

    record SeatId(UUID id, String place) {}

    static final Operation<NewSeat, SeatId> BOOK =
            Operation.highRisk("bookSeat", NewSeat.class, SeatId.class).build();

    private final TestDatabase database;

    HandlerKindsTest(TestDatabase database) {
        this.database = database;
        database.run("""
                CREATE SCHEMA IF NOT EXISTS seats;
                CREATE TABLE IF NOT EXISTS seats.seats (tenant_id text, id uuid, place text NOT NULL, PRIMARY KEY (tenant_id, id));
                GRANT USAGE ON SCHEMA seats TO semel_app;
                GRANT SELECT, INSERT, UPDATE ON seats.seats TO semel_app;
                TRUNCATE seats.seats, semel.idempotency_keys;
                """);
    }

    /** How a handler may reach its rows. */
    enum Kind {
        JDBC {
            @Override
            Semel on(DataSource source) {
                return engine(source, new JdbcTransactionManager(source), write -> {
                    try (PreparedStatement insert = write.connection()
                            .prepareStatement("INSERT INTO seats.seats (tenant_id, id, place) VALUES (?, ?, ?)")) {
                        insert.setString(1, write.tenant());
                        insert.setObject(2, write.resultId());
                        insert.setString(3, write.payload().place());
                        insert.executeUpdate();
                    }
                    return seat(write);
                });
            }
        },
        JDBC_CLIENT {
            @Override
            Semel on(DataSource source) {
                return engine(source, new JdbcTransactionManager(source), write -> {
                    JdbcClient.create(source)
                            .sql("INSERT INTO seats.seats (tenant_id, id, place) VALUES (?, ?, ?)")
                            .params(
                                    write.tenant(),
                                    write.resultId(),
                                    write.payload().place())
                            .update();
                    return seat(write);
                });
            }
        },
        JOOQ {
            @Override
            Semel on(DataSource source) {
                return engine(source, new JdbcTransactionManager(source), write -> {
                    DSL.using(new TransactionAwareDataSourceProxy(source), SQLDialect.POSTGRES)
                            .insertInto(DSL.table(DSL.name("seats", "seats")))
                            .columns(
                                    DSL.field(DSL.name("tenant_id")),
                                    DSL.field(DSL.name("id")),
                                    DSL.field(DSL.name("place")))
                            .values(
                                    write.tenant(),
                                    write.resultId(),
                                    write.payload().place())
                            .execute();
                    return seat(write);
                });
            }
        },
        JPA {
            @Override
            Semel on(DataSource source) {
                EntityManagerFactory factory = factory(source);
                EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
                return engine(source, new JpaTransactionManager(factory), write -> {
                    entities.persist(Seat.of(write));
                    return seat(write);
                });
            }
        };

        abstract Semel on(DataSource source);
    }

    static SeatId seat(Write<NewSeat> write) {
        return new SeatId(write.resultId(), write.payload().place());
    }

    static Semel engine(DataSource source, PlatformTransactionManager manager, Handler<NewSeat, SeatId> handler) {
        return Semel.builder(new SpringTransactions(manager, source), JacksonCodec.ofDefaults())
                .handle(BOOK, handler)
                .build();
    }

    static EntityManagerFactory factory(DataSource source) {
        LocalContainerEntityManagerFactoryBean bean = new LocalContainerEntityManagerFactoryBean();
        bean.setDataSource(source);
        bean.setManagedTypes(PersistenceManagedTypes.of(Seat.class.getName()));
        bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        bean.setJpaPropertyMap(Map.of("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect"));
        bean.afterPropertiesSet();
        return bean.getObject();
    }

    /** Part of each key: the tenant leads. */
    record SeatKey(String tenant_id, UUID id) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Entity
    @Table(schema = "seats", name = "seats")
    @IdClass(SeatKey.class)
    static class Seat {
        @Id
        String tenant_id;

        @Id
        UUID id;

        String place;

        static Seat of(Write<NewSeat> write) {
            Seat seat = new Seat();
            seat.tenant_id = write.tenant();
            seat.id = write.resultId();
            seat.place = write.payload().place();
            return seat;
        }
    }

    private static OperationUnderTest<NewSeat> booking(Kind kind) {
        return OperationUnderTest.of(BOOK, kind::on).build(new NewSeat("A1"), new NewSeat("B2"));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheContract(Kind kind) {
        ExactlyOnce.on(database).assertExactlyOnce(booking(kind));
    }

    @ParameterizedTest
    @EnumSource
    void whicheverCallFailsNothingIsPartial(Kind kind) {
        FaultEnumeration.run(database, booking(kind));
    }

    private SeatId book(Semel semel, String key) {
        return semel.execute(BOOK, new Caller("acme", "alice", "r"), Key.of(key), new NewSeat("A1"))
                .result();
    }

    private long seats(String place) {
        return database.number("SELECT count(*) FROM seats.seats WHERE place = '" + place + "'");
    }

    private long keys() {
        return database.number("SELECT count(*) FROM semel.idempotency_keys");
    }

    @Test
    void whatJpaHasKeptBackFailsAsTheHandlerAndLeavesNothing() {
        try (HikariDataSource pool = database.pool(2)) {
            EntityManagerFactory factory = factory(pool);
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
            UUID id = UUID.randomUUID();
            database.run("INSERT INTO seats.seats VALUES ('acme', '" + id + "', 'taken')");
            AtomicInteger runs = new AtomicInteger();
            Semel semel = engine(pool, new JpaTransactionManager(factory), write -> {
                runs.incrementAndGet();
                Seat taken = Seat.of(write);
                taken.id = id;
                entities.persist(taken);
                return seat(write);
            });

            assertThatThrownBy(() -> book(semel, "taken")).hasStackTraceContaining("seats_pkey");
            assertThat(runs).hasValue(1);
            assertThat(keys()).isZero();
        }
    }

    @Test
    void retryAfterASerialisationFailureStartsWithoutTheEntitiesOfTheFirst() {
        try (HikariDataSource pool = database.pool(2)) {
            EntityManagerFactory factory = factory(pool);
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
            AtomicInteger runs = new AtomicInteger();
            Semel semel = engine(pool, new JpaTransactionManager(factory), write -> {
                assertThat(entities.find(Seat.class, new SeatKey(write.tenant(), write.resultId())))
                        .isNull();
                entities.persist(Seat.of(write));
                if (runs.incrementAndGet() == 1) {
                    entities.flush();
                    throw new CannotAcquireLockException("conflict", new SQLException("conflict", "40001"));
                }
                return seat(write);
            });

            bound(factory, () -> book(semel, "retried"));
            assertThat(runs).hasValue(2);
            assertThat(seats("A1")).isEqualTo(1);
            assertThat(keys()).isEqualTo(1);
        }
    }

    /** As open-in-view does. */
    private static void bound(EntityManagerFactory factory, Runnable request) {
        EntityManager open = factory.createEntityManager();
        EntityManagerHolder holder = new EntityManagerHolder(open);
        TransactionSynchronizationManager.bindResource(factory, holder);
        try {
            request.run();
            assertThat(TransactionSynchronizationManager.getResource(factory)).isSameAs(holder);
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
            open.close();
        }
    }

    @Test
    void handlerSeesRowsAsTheyAreAndNotAsTheRequestHasReadThemBefore() {
        try (HikariDataSource pool = database.pool(3)) {
            EntityManagerFactory factory = factory(pool);
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
            UUID id = UUID.randomUUID();
            database.run("INSERT INTO seats.seats VALUES ('acme', '" + id + "', 'old')");
            Semel semel = engine(
                    pool,
                    new JpaTransactionManager(factory),
                    write -> new SeatId(id, entities.find(Seat.class, new SeatKey(write.tenant(), id)).place));

            bound(factory, () -> {
                assertThat(entities.find(Seat.class, new SeatKey("acme", id)).place)
                        .isEqualTo("old");
                database.run("UPDATE seats.seats SET place = 'new' WHERE id = '" + id + "'");
                assertThat(book(semel, "fresh").place()).isEqualTo("new");
            });
        }
    }

    /** What the scope has not used itself has no synchronisation, and nothing that Spring would suspend. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handlerSeesRowsAsTheyAreInsideAScopeThatOnlySupportsTransactions(boolean readInsideTheScope) {
        try (HikariDataSource pool = database.pool(3)) {
            EntityManagerFactory factory = factory(pool);
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
            JpaTransactionManager manager = new JpaTransactionManager(factory);
            TransactionTemplate supports = new TransactionTemplate(manager);
            supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
            UUID id = UUID.randomUUID();
            database.run("INSERT INTO seats.seats VALUES ('acme', '" + id + "', 'old')");
            Semel semel = engine(
                    pool,
                    manager,
                    write -> new SeatId(id, entities.find(Seat.class, new SeatKey(write.tenant(), id)).place));

            bound(factory, () -> {
                Seat before = entities.find(Seat.class, new SeatKey("acme", id));
                supports.executeWithoutResult(status -> {
                    if (readInsideTheScope) {
                        assertThat(entities.find(Seat.class, new SeatKey("acme", id)))
                                .isSameAs(before);
                    }
                    database.run("UPDATE seats.seats SET place = 'new' WHERE id = '" + id + "'");
                    assertThat(book(semel, "fresh").place()).isEqualTo("new");
                    assertThat(entities.find(Seat.class, new SeatKey("acme", id)))
                            .as("the request goes on with its own")
                            .isSameAs(before);
                });
            });
        }
    }

    @Test
    void detachedEntityIsMergedInTheWrite() {
        try (HikariDataSource pool = database.pool(2)) {
            EntityManagerFactory factory = factory(pool);
            EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
            Seat detached = new Seat();
            detached.tenant_id = "acme";
            detached.id = UUID.randomUUID();
            detached.place = "merged";
            Semel semel = engine(pool, new JpaTransactionManager(factory), write -> {
                entities.merge(detached);
                detached.place = "afterwards"; // the merged copy is managed, this one is not
                return seat(write);
            });

            book(semel, "merged");
            assertThat(seats("merged")).isEqualTo(1);
            assertThat(seats("afterwards")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {TransactionDefinition.PROPAGATION_REQUIRES_NEW, TransactionDefinition.PROPAGATION_NOT_SUPPORTED})
    void transactionBesideTheWritesIsRefusedAndLeavesNothing(int propagation) {
        try (HikariDataSource pool = database.pool(2)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TransactionTemplate beside = new TransactionTemplate(manager);
            beside.setPropagationBehavior(propagation);
            Semel semel = engine(pool, manager, write -> {
                beside.executeWithoutResult(status -> insert(pool, write));
                return seat(write);
            });

            assertThatThrownBy(() -> book(semel, "beside"))
                    .isInstanceOf(ReentryException.class)
                    .hasMessageContaining("REQUIRES_NEW");
            assertThat(seats("A1") + keys()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TransactionDefinition.PROPAGATION_REQUIRED, TransactionDefinition.PROPAGATION_NESTED})
    void innerTransactionIsPartOfTheWrite(int propagation) {
        try (HikariDataSource pool = database.pool(1)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TransactionTemplate inner = new TransactionTemplate(manager);
            inner.setPropagationBehavior(propagation);
            Semel semel = engine(pool, manager, write -> {
                inner.executeWithoutResult(status -> insert(pool, write));
                assertThat(seats("A1")).isZero();
                return seat(write);
            });

            book(semel, "inner");
            assertThat(seats("A1")).isEqualTo(1);
        }
    }

    @Test
    void callerWithoutATransactionOfItsOwnMayBeInsideNotSupported() {
        try (HikariDataSource pool = database.pool(2)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TransactionTemplate none = new TransactionTemplate(manager);
            none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
            Semel semel = engine(pool, manager, write -> {
                insert(pool, write);
                return seat(write);
            });

            none.executeWithoutResult(status -> {
                JdbcClient.create(pool).sql("SELECT 1").query(Integer.class).single();
                book(semel, "none");
            });
            assertThat(seats("A1")).isEqualTo(1);
        }
    }

    private static void insert(DataSource pool, Write<NewSeat> write) {
        JdbcClient.create(pool)
                .sql("INSERT INTO seats.seats (tenant_id, id, place) VALUES (?, ?, ?)")
                .params(write.tenant(), write.resultId(), write.payload().place())
                .update();
    }
}
