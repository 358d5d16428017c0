package dev.semel.cli.ops;

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

/** Shows what is left to deliver. */
@Command(name = "list", description = "What is left to deliver, the oldest event first.")
final class OutboxListCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "id"),
            Column.of("STATE", "state"),
            Column.of("TYPE", "type"),
            Column.number("ATTEMPTS", "attempts"),
            Column.of("LAST ERROR", "lastError"),
            Column.time("CREATED", "createdAt"),
            Column.of("REQUEST", "requestId"),
            Column.of("WAITS FOR", "waitsFor"),
            Column.of("REASON", "parkedReason"));

    @ParentCommand
    private @Nullable OutboxCommand outbox;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "pending (not tried yet, waiting, or to be tried again), the default; or parked (given up).")
    private @Nullable String state;

    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public Integer call() throws InterruptedException {
        ListOptions.Query query = new ListOptions.Query(
                "/api/outbox", new Filters().with("state", state).all());
        return list.show(Wired.by(outbox).ops(), Wired.by(spec), query, COLUMNS);
    }
}
