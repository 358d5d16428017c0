package dev.semel.server;

import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server in this JVM, with a few users. */
public final class TestServer implements AutoCloseable {
    public static final String TOKENS = "acme:alice:admin:ACME-ADMIN,acme:rita:reader:ACME-READER,"
            + "acme:abe:accountant:ACME-ACCOUNTANT,acme:otto:operator:ACME-OPERATOR,"
            + "acme:wim:writer+reviewer:ACME-WRITER,globex:carol:admin:GLOBEX-ADMIN";

    private final ServerOptions options;
    private final RunningServer server;
    private final TestDatabase database;

    private TestServer(ServerOptions options, TestDatabase database) {
        this.options = options;
        this.server = RunningServer.start(options);
        this.database = database;
    }

    /** The one that tests share which leave nothing behind that disturbs others. */
    public static TestServer shared() {
        return Shared.INSTANCE;
    }

    public static TestServer start() {
        return startWith(TOKENS);
    }

    public static TestServer start(Map<String, String> settings) {
        return Settings.during(settings, TestServer::start);
    }

    static TestServer startWith(String tokens) {
        TestDatabase database = TestDatabase.create();
        return new TestServer(options(database.external(), tokens), database);
    }

    /** Stops it, and starts another one on the same data. */
    TestServer restart() {
        close();
        return new TestServer(options, database);
    }

    public static ServerOptions options(ServerOptions.External database, String tokens) {
        return new ServerOptions(
                InetAddress.getLoopbackAddress(),
                0,
                folder(),
                Optional.of(database),
                Optional.of(tokens).filter(text -> !text.isEmpty()).map(Secret::new),
                Optional.empty());
    }

    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("semel-server-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Client as(String token) {
        return Client.of(server.url(), token);
    }

    public TestDatabase database() {
        return database;
    }

    public RunningServer server() {
        return server;
    }

    public <T> T bean(Class<T> type) {
        return server.context().getBean(type);
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Shared {
        private static final TestServer INSTANCE = TestServer.start();
    }
}
