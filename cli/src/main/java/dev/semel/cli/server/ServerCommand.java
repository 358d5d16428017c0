package dev.semel.cli.server;

import dev.semel.cli.CliException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the server in the foreground; every argument is the server's own. */
@Command(
        name = "server",
        customSynopsis = "semel server [OPTIONS]",
        description = "Runs the server with an embedded or your own PostgreSQL.",
        footer = {
            "",
            "The options are the server's own, among them:",
            "  --port 8080          0 picks a free port and prints it",
            "  --data DIR           data of the embedded PostgreSQL (default: ./semel-data)",
            "  --database-url JDBC  use this PostgreSQL instead",
            "  --database-user U    its user",
            "  --database-password P"
        })
public final class ServerCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofSeconds(60);

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Process server = start(ServerJar.located().command(List.of(), arguments));
        new ChildProcess(server).stopWithThisJvm(GRACE);
        return server.waitFor();
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new CliException("The server cannot be started: " + e.getMessage(), e);
        }
    }
}
