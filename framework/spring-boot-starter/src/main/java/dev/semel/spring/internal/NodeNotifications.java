package dev.semel.spring.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other processes on this database that events were committed, and hears of theirs, on one connection of its own: a
 * NOTIFY inside the writes' transactions would make them queue for one lock at their commits. Many commits are one notification.
 * Whatever gets lost is found when the relays look. Thread-safe.
 */
final class NodeNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(NodeNotifications.class);
    private static final String CHANNEL = "semel_outbox";
    private static final int ROUND_MILLIS = 100;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final DataSource unpooled;
    private final Runnable news;
    private final AtomicBoolean untold = new AtomicBoolean();
    private @Nullable Thread running; // guarded by this

    /** @param news told in a thread of its own when another process has committed events; cheap */
    NodeNotifications(DataSource unpooled, Runnable news) {
        this.unpooled = unpooled;
        this.news = news;
    }

    /** Says that this process has committed events. Never waits. */
    void committed() {
        untold.set(true);
    }

    synchronized void start() {
        Thread thread = new Thread(this::keepConnected, "semel-notifications");
        thread.setDaemon(true);
        running = thread;
        thread.start();
    }

    /** The thread ends at its interrupt, after a round at most. */
    synchronized void stop() {
        if (running != null) {
            running.interrupt();
            running = null;
        }
    }

    private void keepConnected() {
        long pause = FIRST_PAUSE_MILLIS;
        boolean deaf = false;
        while (!isStopped()) {
            try (Connection connection = unpooled.getConnection()) {
                listen(connection);
                exchange(connection);
                if (deaf) {
                    LOG.info("hears of the commits of other processes again");
                }
                deaf = false;
                pause = FIRST_PAUSE_MILLIS;
                while (!isStopped()) {
                    exchange(connection);
                }
            } catch (SQLException | RuntimeException e) {
                report(e, deaf);
                deaf = true;
                sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static boolean isStopped() {
        return Thread.currentThread().isInterrupted();
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        execute(connection, "LISTEN " + CHANNEL);
        news.run();
    }

    private void exchange(Connection connection) throws SQLException {
        if (untold.getAndSet(false)) {
            tell(connection);
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        PGNotification[] heard = postgres.getNotifications(ROUND_MILLIS);
        if (heard == null || heard.length == 0) {
            return;
        }
        if (Arrays.stream(heard).anyMatch(one -> one.getPID() != postgres.getBackendPID())) {
            news.run();
        }
        sleep(ROUND_MILLIS); // so that a round takes as long when something came, be it one's own notification
    }

    private void tell(Connection connection) throws SQLException {
        try {
            execute(connection, "NOTIFY " + CHANNEL);
        } catch (SQLException e) {
            untold.set(true);
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void report(Exception failure, boolean deaf) {
        if (!deaf && !isStopped()) {
            LOG.warn(
                    "does not hear of the commits of other processes and finds them by looking: {}",
                    failure instanceof SQLException sql
                            ? sql.getSQLState()
                            : failure.getClass().getName());
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
