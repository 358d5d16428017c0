package dev.semel.sync.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.semel.postgres.PostgresConnection;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The simpler cursors that look right and lose changes, and the schedules that show it. They stay here so that nobody simplifies
 * the feed back to one of them; the last tests put the feed's own way through the same schedules.
 */
@ExtendWith(PostgresExtension.class)
class CursorVariantsTest {
    private static final int ROUNDS = 50;
    private static final String BUMP = "UPDATE plain.counter SET head = head + 1 RETURNING head";

    private final TestDatabase database;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Connection first;
    private Connection second;
    private PlainFeed feed;

    CursorVariantsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void arrange() throws SQLException {
        database.run("""
                DROP SCHEMA IF EXISTS plain CASCADE;
                CREATE SCHEMA plain;
                CREATE SEQUENCE plain.numbers;
                CREATE TABLE plain.counter (head bigint NOT NULL);
                INSERT INTO plain.counter VALUES (0);
                CREATE TABLE plain.changes (seq bigint PRIMARY KEY);
                """);
        first = connect();
        second = connect();
        feed = new PlainFeed(connect());
    }

    @AfterEach
    void close() throws SQLException {
        threads.shutdownNow();
        first.close();
        second.close();
        feed.close();
    }

    private Connection connect() throws SQLException {
        PostgresConnection owner = database.owner();
        Connection connection = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private TreeSet<Long> lost() throws SQLException {
        TreeSet<Long> lost = new TreeSet<>(PlainFeed.numbers(first, "SELECT seq FROM plain.changes"));
        first.rollback();
        feed.seen().forEach(lost::remove);
        return lost;
    }

    /** Numbers are drawn in one order and committed in another. */
    @Test
    void aSequenceLosesWhatCommitsLate() throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            long early = PlainFeed.change(first, "SELECT nextval('plain.numbers')");
            PlainFeed.change(second, "SELECT nextval('plain.numbers')");
            second.commit();
            feed.pullToTheHighestSeen();
            first.commit();
            feed.pullToTheHighestSeen();
            assertThat(feed.seen()).doesNotContain(early);
        }

        assertThat(lost()).hasSize(ROUNDS);
        assertThat(feed.seen()).hasSize(ROUNDS);
    }

    /** Each statement of a transaction sees the commits before it, not those before the first one. */
    @Test
    void aHeadFromAnotherStatementLosesWhatCommitsBetween() throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            feed.pullToTheHeadReadAfter(() -> {
                PlainFeed.change(first, BUMP);
                first.commit();
            });
        }

        assertThat(lost()).hasSize(ROUNDS);
        assertThat(feed.seen()).isEmpty();
    }

    /** What a client has written itself is not all that was written. */
    @Test
    void aCursorFromAPushAnswerLosesWhatOthersWrote() throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            PlainFeed.change(first, BUMP);
            first.commit();
            long own = PlainFeed.change(second, BUMP);
            second.commit();
            feed.goOnFrom(own);
            feed.pullInOneSnapshot();
        }

        assertThat(lost()).hasSize(2 * ROUNDS);
    }

    /** The second writer waits for its number until the first has committed, so nobody sees a number before a smaller one. */
    @Test
    void aCounterRowGivesNumbersInTheOrderOfTheCommits() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long early = PlainFeed.change(first, BUMP);
            Future<Long> late = threads.submit(() -> {
                long number = PlainFeed.change(second, BUMP);
                second.commit();
                return number;
            });
            awaitWaiting();
            feed.pullInOneSnapshot();
            first.commit();
            assertThat(late.get()).isEqualTo(early + 1);
            feed.pullInOneSnapshot();
        }

        assertThat(lost()).isEmpty();
        assertThat(feed.seen())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2 * ROUNDS).boxed().toList());
    }

    private void awaitWaiting() {
        await().until(() -> database.number("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE plain.counter%'
                """) == 1);
    }

    /** One snapshot gives the head and the changes up to it, whatever commits around it. */
    @Test
    void oneSnapshotGivesTheHeadAndAllUpToIt() throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            feed.pullInOneSnapshot();
            PlainFeed.change(first, BUMP);
            first.commit();
        }
        feed.pullInOneSnapshot();

        assertThat(lost()).isEmpty();
        assertThat(feed.seen()).hasSize(ROUNDS);
    }

    /** A rollback gives its number back: a gap that somebody might wait for never comes to be. */
    @Test
    void aRolledBackNumberIsGivenOutAgain() throws SQLException {
        long taken = PlainFeed.change(first, BUMP);
        first.rollback();

        assertThat(PlainFeed.change(second, BUMP)).isEqualTo(taken);
        second.commit();
        feed.pullInOneSnapshot();
        assertThat(feed.seen()).containsExactly(taken);
    }
}
