package dev.semel.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A data directory, locked and with all in place to start its server. */
final class ClusterSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;

    private final EmbeddedPostgresConfig config;
    private final DataDirectory directory;
    private final DirectoryLock lock;
    private final Toolbox toolbox;

    private ClusterSite(EmbeddedPostgresConfig config, DataDirectory directory, DirectoryLock lock, Toolbox toolbox) {
        this.config = config;
        this.directory = directory;
        this.lock = lock;
        this.toolbox = toolbox;
    }

    static ClusterSite open(EmbeddedPostgresConfig config, PostgresIdentity identity) throws IOException {
        var archive = BinaryArchive.forThisMachine();
        var directory = DataDirectory.prepare(config);
        var lock = DirectoryLock.acquire(directory);
        try {
            identity.openWay(directory.root());
            var home = BinaryCache.of(archive, directory).home(identity);
            return new ClusterSite(config, directory, lock, new Toolbox(home, identity, Leash.forThisMachine()));
        } catch (IOException | RuntimeException e) {
            release(config, directory, lock);
            throw e;
        }
    }

    /** Makes sure there is a cluster; returns the superuser's password. */
    String initialize() throws IOException {
        return new ClusterInitializer(directory, toolbox, !config.ephemeral()).password();
    }

    /** The configured port, or a free one. */
    int choosePort() throws IOException {
        return config.port() == 0 ? Ports.free() : config.port();
    }

    /** Whether another port may be tried, for that one was taken by somebody else meanwhile. */
    boolean mayRetry(int attempt, int port) {
        return config.port() == 0 && attempt < ATTEMPTS && !Ports.isFree(port);
    }

    /** Starts the server and tells the connection to whoever reads the file. */
    PostgresServer start(PostgresConnection superuser, int port) throws IOException {
        new PreviousServer(directory.cluster(), PATIENCE).end();
        requireFree(port);
        var output = ServerLog.open(directory);
        var process = toolbox.run("postgres", arguments(port), directory, output);
        var server = new PostgresServer(process, directory);
        try {
            server.awaitReady(config.startTimeout(), output);
            new ConnectionFile(directory).write(superuser);
            return server;
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    /** Gives the directory back; deletes it if it was ephemeral. */
    @Override
    public void close() throws IOException {
        release(config, directory, lock);
    }

    private List<String> arguments(int port) {
        var arguments = new ArrayList<>(List.of("-D", directory.cluster().toString()));
        arguments.addAll(ServerSettings.arguments(config, port));
        return arguments;
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new EmbeddedPostgresException("Port " + port + " on 127.0.0.1 is taken by another program."
                    + " Stop that one, or choose another port; 0 finds a free one.");
        }
    }

    private static void release(EmbeddedPostgresConfig config, DataDirectory directory, DirectoryLock lock)
            throws IOException {
        try (lock) {
            if (config.ephemeral()) {
                FileTrees.delete(directory.root());
            }
        }
    }
}
