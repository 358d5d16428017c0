package dev.semel.cli.ops;

import dev.semel.cli.http.ApiRequest;
import dev.semel.cli.output.Column;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Shows the registry. */
@Command(name = "operations", description = "Every protected operation, by name.")
final class OperationsCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("OPERATION", "name"),
            Column.of("RISK", "risk"),
            Column.of("KEY", "keyRule"),
            Column.of("RETENTION", "retention"),
            Column.of("EVENTS", "events"),
            Column.of("WORKFLOW", "workflow"),
            Column.of("ROUTES", "routes"));

    @ParentCommand
    private @Nullable OpsCommand ops;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec running = Wired.by(spec);
        ObjectNode registry = Wired.by(ops).client(running).send(ApiRequest.get("/api/operations", Map.of()));
        Wired.by(ops).output(running).list(registry, COLUMNS);
        return 0;
    }
}
