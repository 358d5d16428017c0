package dev.semel.cli.ops;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The content of documents. */
@Command(
        name = "blobs",
        description = "Looks after the content of documents.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BlobsVerifyCommand.class)
final class BlobsCommand {

    @ParentCommand
    private @Nullable OpsCommand ops;

    OpsCommand ops() {
        return Wired.by(ops);
    }
}
