package dev.semel.server;

import dev.semel.server.database.Database;
import dev.semel.server.options.ServerOptions;
import dev.semel.server.tokens.AdminToken;
import dev.semel.server.tokens.TokenSecret;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A server that is ready. Thread-safe. */
public final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final ServerOptions options;
    private final Optional<AdminToken> newAdminToken;

    private RunningServer(
            ConfigurableApplicationContext context, ServerOptions options, Optional<AdminToken> newAdminToken) {
        this.context = context;
        this.options = options;
        this.newAdminToken = newAdminToken;
    }

    /**
     * Starts a server in this JVM and waits until it is ready. It ends with {@link #close()}, and with the JVM.
     *
     * @throws RuntimeException if it cannot start; nothing keeps running then
     */
    public static RunningServer start(ServerOptions options) {
        DatabaseStart database = DatabaseStart.begin(options);
        try {
            ConfigurableApplicationContext context =
                    application(options, database).run(arguments(options));
            return new RunningServer(context, options, database.await().adminToken());
        } catch (RuntimeException | Error e) {
            database.abandon();
            throw e;
        }
    }

    private static SpringApplicationBuilder application(ServerOptions options, DatabaseStart database) {
        return new SpringApplicationBuilder(ServerApplication.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(Map.of(
                        "semel.audit.archive-folder",
                        options.data().resolve("audit-archive").toString(),
                        "semel.documents.blobs.directory",
                        options.data().resolve("blobs").toString()))
                .initializers(context -> register((GenericApplicationContext) context, options, database));
    }

    private static void register(GenericApplicationContext context, ServerOptions options, DatabaseStart database) {
        context.registerBean(ServerOptions.class, () -> options);
        context.registerBean(Database.class, () -> database.await().database());
        context.registerBean(TokenSecret.class, () -> database.await().tokenSecret());
    }

    private static String[] arguments(ServerOptions options) {
        return new String[] {
            "--server.port=" + options.port(),
            "--server.address=" + options.address().getHostAddress()
        };
    }

    /** Where it is, for a client on this machine. */
    public String url() {
        return "http://" + host(options.address()) + ":" + port();
    }

    /** The port it listens on; never 0. */
    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** The token that this start made, if it was the first one on its database and was given none. */
    public Optional<AdminToken> newAdminToken() {
        return newAdminToken;
    }

    /** The assembly, for tests. */
    ConfigurableApplicationContext context() {
        return context;
    }

    /** Finishes running requests, then ends everything, the embedded database last. Further calls do nothing. */
    @Override
    public void close() {
        context.close();
    }

    private static String host(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String host = address.getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
