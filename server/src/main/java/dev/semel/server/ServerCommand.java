package dev.semel.server;

import dev.semel.server.options.Secret;
import dev.semel.server.options.ServerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "semel server",
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Runs the Semel server with an embedded PostgreSQL, or with yours.",
            "It is ready when it says so, and when GET /actuator/health answers 200."
        },
        footer = {
            "",
            "Environment:",
            "  SEMEL_DATABASE_PASSWORD   the password, without showing it in the list of processes",
            "  SEMEL_BOOTSTRAP_TOKENS    tenant:user:role+role:token,… creates what is missing. Without it, the",
            "                            first start makes an admin token for the tenant 'demo'",
            "  SEMEL_TOKEN_SECRET        32 characters or more, the same on all servers of one database;",
            "                            default: a random one, kept in DIR/token-secret"
        })
final class ServerCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Default: 8080. 0 picks a free one.")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {
                "The interface to listen on. Default: 127.0.0.1, this machine only, because bearer tokens over plain HTTP",
                "can be read on the way. Widen it (0.0.0.0) only behind something that ends TLS."
            })
    private String address = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./semel-data",
            description = "Where the embedded PostgreSQL keeps its data. Default: ./semel-data")
    private Path data = Path.of("semel-data");

    @Option(
            names = "--database-url",
            paramLabel = "JDBC",
            description = "Use this PostgreSQL (15 or newer): jdbc:postgresql://HOST/DATABASE")
    private @Nullable String databaseUrl;

    @Option(
            names = "--database-user",
            paramLabel = "U",
            description = "It owns the schemas, and must be able to create the roles semel_app and"
                    + " semel_maintenance or be a member of both.")
    private @Nullable String databaseUser;

    @Option(names = "--database-password", paramLabel = "P", description = "Rather use the environment, see below.")
    private @Nullable String databasePassword;

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    private final Map<String, String> environment;
    private final Starter starter;

    ServerCommand(Map<String, String> environment, Starter starter) {
        this.environment = Map.copyOf(environment);
        this.starter = starter;
    }

    @Override
    public void run() {
        starter.start(options());
    }

    private ServerOptions options() {
        if (port < 0 || port > 65_535) {
            throw wrong("--port must be within 0..65535, not " + port);
        }
        return new ServerOptions(
                address(),
                port,
                data,
                external(),
                variable("SEMEL_BOOTSTRAP_TOKENS").map(Secret::new),
                variable("SEMEL_TOKEN_SECRET").map(Secret::new));
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw wrong("--address names no interface: " + address);
        }
    }

    private Optional<ServerOptions.External> external() {
        if (databaseUrl == null) {
            if (databaseUser != null || databasePassword != null) {
                throw wrong("--database-user and --database-password go with --database-url, which is missing");
            }
            return Optional.empty();
        }
        if (!databaseUrl.startsWith("jdbc:postgresql:")) {
            throw wrong("--database-url must begin with jdbc:postgresql:");
        }
        if (databaseUser == null) {
            throw wrong("--database-url needs --database-user");
        }
        return Optional.of(new ServerOptions.External(databaseUrl, databaseUser, password()));
    }

    private Secret password() {
        return new Secret(
                databasePassword != null
                        ? databasePassword
                        : variable("SEMEL_DATABASE_PASSWORD").orElse(""));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("not called through a command line");
        }
        return new ParameterException(spec.commandLine(), message);
    }

    /** What is done with the options. */
    @FunctionalInterface
    interface Starter {
        void start(ServerOptions options);
    }
}
