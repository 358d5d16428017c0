package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.Handler;
import dev.semel.Key;
import dev.semel.Operation;
import dev.semel.Outcome;
import dev.semel.ReentryException;
import dev.semel.Semel;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.StatementHook;
import dev.semel.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A write inside Spring's transaction: whoever takes part in it has its say. */
@ExtendWith(PostgresExtension.class)
class SpringTransactionsTest {
    private static final Operation<String, String> NOTE =
            Operation.standard("note", String.class, String.class).build();

    private final TestDatabase database;
    private final HikariDataSource pool;

    SpringTransactionsTest(TestDatabase database) {
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

    private static Outcome<String> note(DataSource dataSource, Handler<String, String> handler) {
        Semel semel = Semel.builder(
                        new SpringTransactions(new JdbcTransactionManager(dataSource), dataSource),
                        JacksonCodec.ofDefaults())
                .handle(NOTE, handler)
                .build();
        return semel.execute(NOTE, new Caller("acme", "alice", "r"), Key.of("note"), "tea");
    }

    private String insert(String text) {
        JdbcClient.create(pool)
                .sql("INSERT INTO notes.notes VALUES (?)")
                .param(text)
                .update();
        return text;
    }

    private long written() {
        return database.number(
                "SELECT (SELECT count(*) FROM notes.notes) + (SELECT count(*) FROM semel.idempotency_keys)");
    }

    @Test
    void jdbcClientWritesInTheWritesTransaction() {
        assertThatThrownBy(() -> note(pool, write -> {
                    insert("tea");
                    throw new IllegalStateException("after the insert");
                }))
                .hasMessage("after the insert");
        assertThat(written()).isZero();

        assertThat(note(pool, write -> insert("tea")).replayed()).isFalse();
        assertThat(written()).isEqualTo(2);
    }

    @Test
    void rollbackOnlyMarkOfAnInnerTransactionFailsTheWhole() {
        TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(pool));

        assertThatThrownBy(() -> note(pool, write -> {
                    try {
                        inner.executeWithoutResult(status -> {
                            insert("inner");
                            throw new IllegalStateException("inner failure");
                        });
                    } catch (IllegalStateException swallowed) {
                        return insert("outer");
                    }
                    throw new AssertionError("the inner transaction did not fail");
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(written()).isZero();
    }

    @Test
    void vetoBeforeTheCommitFailsTheWhole() {
        assertThatThrownBy(() -> note(pool, write -> {
                    beforeCommit(() -> {
                        throw new IllegalStateException("veto");
                    });
                    return insert("tea");
                }))
                .hasMessage("veto");
        assertThat(written()).isZero();
    }

    @Test
    void whatIsWrittenBeforeTheCommitIsPartOfIt() {
        note(pool, write -> {
            beforeCommit(() -> insert("late"));
            return insert("tea");
        });

        assertThat(written()).isEqualTo(3);
        assertThat(note(pool, write -> insert("again")).replayed()).isTrue();
    }

    private static void beforeCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                action.run();
            }
        });
    }

    @Test
    void lostAnswerOfACommitIsFoundAgain() {
        AtomicBoolean lost = new AtomicBoolean();
        DataSource unreliable = InterceptedDataSource.of(pool, new StatementHook() {
            @Override
            public void after(String sql) throws SQLException {
                if (sql.endsWith("COMMIT") && lost.compareAndSet(false, true)) {
                    throw new SQLException("connection lost", "08006");
                }
            }
        });

        Outcome<String> outcome = note(unreliable, write -> "tea");

        assertThat(lost).isTrue();
        assertThat(outcome.result()).isEqualTo("tea");
        assertThat(database.number("SELECT count(*) FROM semel.idempotency_keys"))
                .isEqualTo(1);
    }

    @Test
    void writeInsideAnotherTransactionIsRefused() {
        TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(pool));

        assertThatThrownBy(() -> outer.executeWithoutResult(status -> note(pool, write -> insert("tea"))))
                .isInstanceOf(ReentryException.class);
        assertThat(written()).isZero();
    }
}
