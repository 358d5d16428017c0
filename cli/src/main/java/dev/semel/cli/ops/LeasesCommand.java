package dev.semel.cli.ops;

import dev.semel.cli.output.Column;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows leases. */
@Command(
        name = "leases",
        description = "Who holds what, in the order of the targets; a target that was ever leased stays.")
final class LeasesCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("TARGET", "target"),
            Column.of("STATE", "state"),
            Column.number("FENCE", "fence"),
            Column.time("ACQUIRED", "acquiredAt"),
            Column.time("EXPIRES", "expiresAt"),
            Column.of("HOLDER", "holder"));

    @ParentCommand
    private @Nullable OpsCommand ops;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public Integer call() throws InterruptedException {
        return list.show(Wired.by(ops), Wired.by(spec), new ListOptions.Query("/api/leases", Map.of()), COLUMNS);
    }
}
