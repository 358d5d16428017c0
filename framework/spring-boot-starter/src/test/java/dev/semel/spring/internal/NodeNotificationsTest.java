package dev.semel.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.semel.postgres.PostgresConnection;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(PostgresExtension.class)
class NodeNotificationsTest {
    private static final String LISTENING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'node-test'";

    private final TestDatabase database;
    private final AtomicInteger heardByFirst = new AtomicInteger();
    private final AtomicInteger heardBySecond = new AtomicInteger();
    private final NodeNotifications first;
    private final NodeNotifications second;

    NodeNotificationsTest(TestDatabase database) {
        this.database = database;
        first = new NodeNotifications(unpooled(), heardByFirst::incrementAndGet);
        second = new NodeNotifications(unpooled(), heardBySecond::incrementAndGet);
    }

    private PGSimpleDataSource unpooled() {
        PostgresConnection login = database.owner();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(login.jdbcUrl());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setApplicationName("node-test");
        return source;
    }

    /** Each looks once when it begins to listen: something may have been committed before. */
    @BeforeEach
    void bothListen() {
        first.start();
        second.start();
        await().until(() -> heardByFirst.get() == 1 && heardBySecond.get() == 1);
    }

    @AfterEach
    void stop() {
        first.stop();
        second.stop();
        await().until(() -> database.number(LISTENING) == 0);
    }

    @Test
    void othersHearOfCommitsAndOneselfDoesNot() {
        first.committed();
        await().until(() -> heardBySecond.get() == 2);

        second.committed();
        await().until(() -> heardByFirst.get() == 2);

        assertThat(heardBySecond).hasValue(2);
    }

    @Test
    void manyCommitsAreOneNotification() throws Exception {
        try (Connection listening = unpooled().getConnection();
                Statement statement = listening.createStatement()) {
            statement.execute("LISTEN semel_outbox");
            long start = System.nanoTime();
            do {
                first.committed();
                Thread.onSpinWait();
            } while (System.nanoTime() - start < Duration.ofMillis(500).toNanos());
            await().until(() -> heardBySecond.get() >= 2);

            int notifications = listening.unwrap(PGConnection.class).getNotifications(200).length;

            assertThat(notifications).isBetween(1, 8);
        }
    }

    @Test
    void nodeThatIsStoppedAndStartedAtOnceListens() {
        second.stop();
        second.start();
        await().until(() -> heardBySecond.get() == 2);

        first.committed();

        await().until(() -> heardBySecond.get() == 3);
    }

    @Test
    void newsThatFailEndNothing() {
        AtomicInteger heard = new AtomicInteger();
        NodeNotifications third = new NodeNotifications(unpooled(), () -> {
            if (heard.incrementAndGet() == 2) {
                throw new IllegalStateException("as asked");
            }
        });
        third.start();
        await().until(() -> heard.get() == 1);
        first.committed();

        await().until(() -> heard.get() >= 3);
        third.stop();
    }

    @Test
    void nodeWhoseConnectionBrokeLooksAndListensAgain() {
        database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'node-test'");

        await().until(() -> heardByFirst.get() >= 2 && heardBySecond.get() >= 2);
        int heard = heardBySecond.get();
        first.committed();
        await().until(() -> heardBySecond.get() > heard);
    }
}
