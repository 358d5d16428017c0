package dev.semel.cli.ops;

import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditVerification;
import dev.semel.audit.AuditVerifier;
import dev.semel.cli.CommandFailure;
import dev.semel.cli.ExitStatus;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Verifies the log. */
@Command(
        name = "verify",
        description = "Reads the audit log once and holds each row against its seal. Exit code 10 if one differs.",
        footer = {
            "",
            "Keep what --json prints, or the server's log, somewhere else and give it to the next run with --heads:",
            "then not even who may write every table can rewrite a row and all seals after it unseen."
        })
final class AuditVerifyCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable AuditCommand audit;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--month", paramLabel = "MONTH", description = "Only this one, as in 2026-12.")
    private @Nullable String month;

    @Option(
            names = "--heads",
            paramLabel = "FILE",
            description = "What an earlier run printed with --json, or the server's log.")
    private @Nullable Path heads;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() {
        CommandSpec running = Wired.by(spec);
        OpsCommand ops = Wired.by(audit).ops();
        List<AuditHead> kept = heads == null ? List.of() : new KeptHeads(heads).read();
        YearMonth only = month == null ? null : month(month, running);
        MaintenanceLogin login = database.login(ops, running);
        AuditVerification found = login.read(maintenance -> {
            AuditVerifier verifier = AuditVerifier.of(maintenance);
            return only == null ? verifier.verify(kept) : verifier.verify(only, kept);
        });
        requireRows(found, only);
        return new VerificationReport(found).print(ops.output(running));
    }

    /** That nothing was found in a month that is not there would be taken for good news. */
    private static void requireRows(AuditVerification found, @Nullable YearMonth only) {
        if (only != null && found.heads().isEmpty() && found.unsealedRows() == 0 && found.intact()) {
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "NOTHING_TO_VERIFY",
                    "The log has neither rows nor seals of " + only + ".",
                    "semel ops audit verify   (names the months that there are)");
        }
    }

    private static YearMonth month(String text, CommandSpec running) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.usage("--month must be like 2026-12.", running.qualifiedName() + " --help");
        }
    }
}
