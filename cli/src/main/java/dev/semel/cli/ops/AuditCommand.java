package dev.semel.cli.ops;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The audit log's chains. */
@Command(
        name = "audit",
        description = "Holds the audit log, or its exports, against the seals.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditVerifyCommand.class, AuditExportVerifyCommand.class},
        footer = {
            "",
            "A chain covers the rows of all tenants, so this is not for an operator of one tenant: it does not go",
            "through the server, but logs in to the database as a member of semel_maintenance. It reads only."
        })
final class AuditCommand {

    @ParentCommand
    private @Nullable OpsCommand ops;

    OpsCommand ops() {
        return Wired.by(ops);
    }
}
