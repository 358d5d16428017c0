package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.http.ServerAddress;
import dev.semel.cli.http.TokenSource;
import dev.semel.cli.output.Output;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all operators' commands have in common. They go through the server's own routes, as the token's user. */
@Command(
        name = "ops",
        description = "Looks into a running server, and mends what is parked.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WritesCommand.class,
            TraceCommand.class,
            OutboxCommand.class,
            LeasesCommand.class,
            OperationsCommand.class,
            UsageCommand.class,
            AuditCommand.class,
            BlobsCommand.class
        },
        footer = {
            "",
            "The token (role operator or admin) comes from --token-file, else from SEMEL_TOKEN, else, for a server",
            "on this machine, from the admin-token that its first start left in --data. Never from an argument:",
            "everybody on the machine can read those.",
            "",
            "Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 error, 2 wrong usage, 4 not",
            "logged in or forbidden, 5 refused by the server's state, 8 temporary: ask again, 10 differences found."
        })
public final class OpsCommand {

    private static final String DEFAULT_URL = "http://localhost:8080";
    private static final int LONGEST_PATIENCE = 3_600;

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this.")
    private boolean help;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The server; else SEMEL_URL, else " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Holds the token; refused if others can read it.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The data folder of a server on this machine; else ./semel-data.")
    private @Nullable Path data;

    @Option(
            names = "--patience",
            scope = ScopeType.INHERIT,
            paramLabel = "SECONDS",
            description = "How long to ask again while nobody answers, or the server is busy; else 10.")
    private int patience = 10;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints JSON.")
    private boolean json;

    private final Map<String, String> environment;

    /** @param environment of the process */
    public OpsCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    ApiClient client(CommandSpec running) {
        if (patience < 0 || patience > LONGEST_PATIENCE) {
            throw CommandFailure.usage(
                    "--patience must be 0 to " + LONGEST_PATIENCE + ".", running.qualifiedName() + " --help");
        }
        ServerAddress server = ServerAddress.parse(url());
        TokenSource tokens = new TokenSource(Optional.ofNullable(tokenFile), environment, data());
        if (server.isOpen()) {
            talk(running).println("Note: the token goes to " + server + " in the clear; better use https.");
        }
        return new ApiClient(server, tokens.tokenFor(server), Duration.ofSeconds(patience), CommandText.of(running));
    }

    Output output(CommandSpec running) {
        PrintWriter out = running.commandLine().getOut();
        return json ? Output.json(out) : Output.text(out, talk(running));
    }

    /** Where talk goes. */
    static PrintWriter talk(CommandSpec running) {
        return running.commandLine().getErr();
    }

    /** Who names a server expects that server to be looked at. */
    void requireNoServer(CommandSpec running) {
        if (url != null || tokenFile != null) {
            throw CommandFailure.usage(
                    "This does not go through a server: name its database instead of --url and --token-file.",
                    running.qualifiedName() + " --help");
        }
    }

    private String url() {
        return url != null ? url : environment.getOrDefault("SEMEL_URL", DEFAULT_URL);
    }

    Path data() {
        return data != null ? data : Path.of("semel-data");
    }

    Map<String, String> environment() {
        return environment;
    }
}
