package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.CallResult;
import dev.semel.Caller;
import dev.semel.Coalescing;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.KeyedPayload;
import dev.semel.Operation;
import dev.semel.ReentryException;
import dev.semel.Semel;
import dev.semel.WriteListener;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls that share one of Spring's transactions. */
@ExtendWith(PostgresExtension.class)
class CoalescedSpringTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).coalesced().build();

    private final TestDatabase database;
    private final HikariDataSource pool;
    private final List<String> batches = new CopyOnWriteArrayList<>();

    CoalescedSpringTest(TestDatabase database) {
        this.database = database;
        database.run("""
                CREATE SCHEMA IF NOT EXISTS notes;
                CREATE TABLE IF NOT EXISTS notes.notes (text text);
                GRANT USAGE ON SCHEMA notes TO semel_app;
                GRANT INSERT ON notes.notes TO semel_app;
                TRUNCATE notes.notes, semel.idempotency_keys;
                """);
        this.pool = database.pool(2);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private Semel engine(PlatformTransactionManager manager, Handler<String, String> handler) {
        return engine(manager, handler, Coalescing.ofDefaults());
    }

    private Semel engine(PlatformTransactionManager manager, Handler<String, String> handler, Coalescing coalescing) {
        return Semel.builder(new SpringTransactions(manager, pool), JacksonCodec.ofDefaults())
                .handle(NOTE, handler)
                .coalescing(coalescing)
                .listener(new WriteListener() {
                    @Override
                    public void coalesced(int together, int alone) {
                        batches.add(together + "+" + alone);
                    }
                })
                .build();
    }

    private List<String> note(Handler<String, String> handler, String... texts) {
        Semel semel = engine(new JdbcTransactionManager(pool), handler);
        return semel
                .executeAll(
                        NOTE,
                        caller(),
                        java.util.stream.Stream.of(texts)
                                .map(text -> keyed("note-" + text, text))
                                .toList())
                .stream()
                .map(CoalescedSpringTest::word)
                .toList();
    }

    private static Caller caller() {
        return new Caller("acme", "alice", "r");
    }

    private static String word(CallResult<String> result) {
        return result instanceof CallResult.Succeeded<String> succeeded
                ? succeeded.outcome().result()
                : ((CallResult.Failed<String>) result).failure().getClass().getSimpleName();
    }

    private String insert(String text) {
        JdbcClient.create(pool)
                .sql("INSERT INTO notes.notes VALUES (?)")
                .param(text)
                .update();
        return text;
    }

    private long notes() {
        return database.number("SELECT count(*) FROM notes.notes");
    }

    @Test
    void failureInAnInnerTransactionIsItsCallsOwn() {
        TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(pool));

        assertThat(note(
                        write -> {
                            inner.executeWithoutResult(status -> {
                                insert(write.payload());
                                if (write.payload().equals("bad")) {
                                    throw new IllegalStateException("inner failure");
                                }
                            });
                            return write.payload();
                        },
                        "a",
                        "bad",
                        "b"))
                .containsExactly("a", "IllegalStateException", "b");
        assertThat(batches).containsExactly("3+0");
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void rollbackOnlyMarkFailsItsCallOnlyAlsoWhenALaterOneIsUndone() {
        TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(pool));

        assertThat(note(
                        write -> {
                            insert(write.payload());
                            if (write.payload().equals("marked")) {
                                inner.executeWithoutResult(status -> status.setRollbackOnly());
                            }
                            if (write.payload().equals("bad")) {
                                throw new IllegalStateException("bad");
                            }
                            return write.payload();
                        },
                        "a",
                        "marked",
                        "bad",
                        "b"))
                .containsExactly("a", "UnexpectedRollbackException", "IllegalStateException", "b");
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void synchronizationOfACallThatIsUndoneNeverRuns() {
        List<String> ran = new CopyOnWriteArrayList<>();

        assertThat(note(
                        write -> {
                            insert(write.payload());
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCommit() {
                                    ran.add(write.payload());
                                }
                            });
                            if (write.payload().equals("bad")) {
                                throw new IllegalStateException("bad");
                            }
                            return write.payload();
                        },
                        "a",
                        "bad",
                        "b"))
                .containsExactly("a", "IllegalStateException", "b");
        assertThat(ran).containsExactly("a", "b");
        assertThat(batches).containsExactly("0+3");
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void transactionAroundACallIsRefusedAlsoWhereAnotherThreadWouldDoIt() {
        Semel semel = engine(new JdbcTransactionManager(pool), write -> insert(write.payload()));
        TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(pool));

        assertThatThrownBy(() -> outer.execute(status -> semel.execute(NOTE, caller(), Key.of("k"), "tea")))
                .isInstanceOf(ReentryException.class);
        assertThat(notes()).isZero();
        assertThat(semel.execute(NOTE, caller(), Key.of("k"), "tea").replayed()).isFalse();
    }

    @Test
    void persistenceContextsAreNotShared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine(
                        new JpaTransactionManager(HandlerKindsTest.factory(pool)), write -> insert(write.payload())))
                .withMessageContaining("note is coalesced");
    }

    @Test
    void withPersistenceContextsCallsGoAloneIfNothingIsShared() {
        Semel semel = engine(
                new JpaTransactionManager(HandlerKindsTest.factory(pool)),
                write -> insert(write.payload()),
                Coalescing.ofDefaults().withBatchSize(1));

        assertThat(semel.executeAll(NOTE, caller(), List.of(keyed("a", "tea"), keyed("b", "tea"))))
                .allSatisfy(result -> assertThat(result).isInstanceOf(CallResult.Succeeded.class));
        assertThat(batches).isEmpty();
        assertThat(notes()).isEqualTo(2);
    }

    private static KeyedPayload<String> keyed(String key, String text) {
        return new KeyedPayload<>(Key.of(key), text);
    }
}
