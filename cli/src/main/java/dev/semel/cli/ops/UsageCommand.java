package dev.semel.cli.ops;

import dev.semel.cli.http.ApiRequest;
import dev.semel.cli.output.Column;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Shows usage. */
@Command(name = "usage", description = "How often each operation was executed, by day (UTC).")
final class UsageCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(Column.of("DAY", "day"), Column.of("OPERATION", "operation"), Column.number("COUNT", "count"));

    @ParentCommand
    private @Nullable OpsCommand ops;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", paramLabel = "DAY", description = "The first day, as in 2026-12-24.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day.")
    private @Nullable String to;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        ApiRequest usage = ApiRequest.get(
                "/api/usage", new Filters().with("from", from).with("to", to).all());
        ObjectNode report = Wired.by(ops).client(running).send(usage);
        Wired.by(ops).output(running).list(report, COLUMNS);
        return 0;
    }
}
