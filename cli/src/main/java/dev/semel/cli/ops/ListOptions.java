package dev.semel.cli.ops;

import dev.semel.cli.CommandFailure;
import dev.semel.cli.CommandText;
import dev.semel.cli.http.ApiClient;
import dev.semel.cli.output.Column;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the commands have in common that show a list. */
final class ListOptions {

    private static final int MOST = 100_000;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows; else 50.")
    private int limit = 50;

    /** Reads the list and prints it. */
    int show(OpsCommand ops, CommandSpec running, Query query, List<Column> columns) throws InterruptedException {
        CommandText command = CommandText.of(running);
        if (limit < 1 || limit > MOST) {
            throw CommandFailure.usage("--limit must be 1 to " + MOST + ".", command.help());
        }
        ApiClient client = ops.client(running);
        ops.output(running).list(new Pages(client, command).read(query.path(), query.filters(), limit), columns);
        return 0;
    }

    /**
     * What is asked for.
     *
     * @param path of the route
     * @param filters its parameters
     */
    record Query(String path, Map<String, String> filters) {}
}
