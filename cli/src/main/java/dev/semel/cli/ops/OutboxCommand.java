package dev.semel.cli.ops;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The outbox. */
@Command(
        name = "outbox",
        description = "What is left to deliver, and the way to mend what is parked.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OutboxListCommand.class, OutboxReplayCommand.class, OutboxDiscardCommand.class})
final class OutboxCommand {

    @ParentCommand
    private @Nullable OpsCommand ops;

    OpsCommand ops() {
        return Wired.by(ops);
    }
}
