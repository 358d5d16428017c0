package dev.semel.postgres;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of one's own: a child process of this JVM, on the loopback interface, with its data in one folder.
 *
 * <p>Promises: what was committed is there after the next start, also after a crash of the JVM, the server or (unless
 * ephemeral) the machine. A data directory has one owner at a time; a second one is refused at once. Nobody logs in without the
 * generated password, which lies in {@code connection.properties} in the data directory, readable for the owner only.
 * The server ends with the JVM, even if the JVM is killed; {@link #close()} is the better end, and the owner's task: no
 * shutdown hook is installed.
 *
 * <p>Thread-safe. {@link #stop()}, {@link #restart()} and {@link #close()} exclude each other; the other methods never wait.
 * No method takes or returns null. Waiting is bounded and not shortened by an interrupt, whose flag is kept.
 *
 * <p>Cost: some 3 s for the first start of a user ever (unpacking 60 MB, on macOS 300 MB), 1 s for the first one on a data directory,
 * half a second afterwards; about 45 MB of memory when idle, 40 MB of disk.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final ClusterSite site;
    private final PostgresConnection superuser;
    private final int port;
    private volatile PostgresServer server;
    private boolean closed;

    private EmbeddedPostgres(ClusterSite site, PostgresConnection superuser, int port) throws IOException {
        this.site = site;
        this.superuser = superuser;
        this.port = port;
        this.server = site.start(superuser, port);
        log.info("PostgreSQL accepts connections at {}", superuser.jdbcUrl());
    }

    /**
     * Starts a server and waits until it accepts connections. Creates the cluster in the data directory if there is none. If a server
     * of an earlier, killed JVM still runs on the directory, waits for its end, and ends it after 5 seconds.
     *
     * @throws EmbeddedPostgresException if the data directory or the port is in use, the directory unusable, the platform
     *     unknown, or the server did not start in time; the message tells which, the end of the server's log, and what to do.
     *     Nothing keeps running then
     */
    public static EmbeddedPostgres start(EmbeddedPostgresConfig config) {
        return start(config, PostgresIdentity.choose());
    }

    static EmbeddedPostgres start(EmbeddedPostgresConfig config, PostgresIdentity identity) {
        try {
            return start(ClusterSite.open(config, identity));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not be started in " + config.dataDirectory() + ": " + e, e);
        }
    }

    private static EmbeddedPostgres start(ClusterSite site) throws IOException {
        try {
            return start(site, site.initialize(), 1);
        } catch (IOException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(ClusterSite site, String password, int attempt) throws IOException {
        var port = site.choosePort();
        try {
            return new EmbeddedPostgres(site, connection(port, password), port);
        } catch (EmbeddedPostgresException e) {
            if (site.mayRetry(attempt, port)) {
                return start(site, password, attempt + 1);
            }
            throw e;
        }
    }

    private static PostgresConnection connection(int port, String password) {
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        return new PostgresConnection(url, ClusterInitializer.SUPERUSER, password);
    }

    /** The connection of the superuser {@code postgres} to the database {@code postgres}; the same for the life of this object. */
    public PostgresConnection superuser() {
        return superuser;
    }

    /** The port on 127.0.0.1; never 0, and the same for the life of this object. */
    public int port() {
        return port;
    }

    /** Whether the server's process is alive: false after {@link #stop()}, {@link #close()} and also if somebody killed it. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /**
     * Ends the server and keeps the data directory, so that a test can see what happens without a database. Open
     * transactions are rolled back. Does nothing if the server does not run. Takes some 0.1 s, 30 s at most.
     */
    public synchronized void stop() {
        server.stop();
    }

    /**
     * Stops the server if it runs, and starts it again on the same port with the same data, also after it was killed.
     *
     * @throws EmbeddedPostgresException if it did not start, as in {@link #start}; this may be tried again
     * @throws IllegalStateException if closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        server.stop();
        try {
            server = site.start(superuser, port);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be started again: " + e, e);
        }
    }

    /**
     * Ends the server as {@link #stop()} does and gives the data directory back, or deletes it if ephemeral. Further calls do nothing.
     *
     * @throws EmbeddedPostgresException if the ephemeral data directory could not be deleted
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.stop();
        try {
            site.close();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL ended, but cleaning up failed: " + e, e);
        }
    }
}
