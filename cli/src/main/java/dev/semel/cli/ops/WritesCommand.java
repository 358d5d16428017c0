package dev.semel.cli.ops;

import dev.semel.cli.output.Cells;
import dev.semel.cli.output.Column;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the audit log. */
@Command(
        name = "writes",
        description = "The audit log, the latest row first.",
        footer = {
            "",
            "Replays, refusals and failures are written in the background and may take a moment",
            "to show. By operation alone the log is read through: give a time span as well."
        })
final class WritesCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.time("AT", "at"),
            Column.of("STATUS", "status"),
            Column.of("OPERATION", "operation"),
            Column.of("CODE", "code"),
            Column.of("USER", "user"),
            new Column("MS", item -> Cells.millis(item, "durationMicros"), true),
            Column.of("REQUEST", "requestId"),
            Column.of("KEY", "key"));

    @ParentCommand
    private @Nullable OpsCommand ops;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--request-id", paramLabel = "ID", description = "Of one request.")
    private @Nullable String requestId;

    @Option(names = "--key", paramLabel = "KEY", description = "With this idempotency key.")
    private @Nullable String key;

    @Option(names = "--operation", paramLabel = "NAME", description = "Of one operation.")
    private @Nullable String operation;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "One of executed, rejected, replayed, refused, failed, parked.")
    private @Nullable String status;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From then on: a day (UTC) or a time, as in 2026-12-24T18:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "A day with all its hours, or a time that is excluded.")
    private @Nullable String to;

    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public Integer call() throws InterruptedException {
        Filters filters = new Filters()
                .with("requestId", requestId)
                .with("key", key)
                .with("operation", operation)
                .with("status", status)
                .with("from", from)
                .with("to", to);
        return list.show(Wired.by(ops), Wired.by(spec), new ListOptions.Query("/api/writes", filters.all()), COLUMNS);
    }
}
