package dev.semel.cli.ops;

import dev.semel.audit.AuditArchive;
import dev.semel.audit.AuditVerification;
import dev.semel.cli.CommandFailure;
import dev.semel.jackson.JacksonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Verifies an export. */
@Command(
        name = "export-verify",
        description = {
            "Reads an exported month back and holds it against itself and against its anchor in the database.",
            "Exit code 10 if it differs."
        })
final class AuditExportVerifyCommand implements Callable<Integer> {

    private static final String NAME = "audit-\\d{4}-(0[1-9]|1[0-2])\\.manifest\\.json";

    @ParentCommand
    private @Nullable AuditCommand audit;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The manifest, audit-2026-01.manifest.json; the rows lie beside it.")
    private Path manifest = Path.of("");

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() {
        CommandSpec running = Wired.by(spec);
        OpsCommand ops = Wired.by(audit).ops();
        Path file = manifest.toAbsolutePath();
        requireManifest(file, running);
        AuditVerification found = database.login(ops, running)
                .read(maintenance -> AuditArchive.of(maintenance, JacksonCodec.ofDefaults(), folder(file))
                        .verifyExport(file));
        return new VerificationReport(found).print(ops.output(running));
    }

    private static Path folder(Path file) {
        return file.resolveSibling("");
    }

    private static void requireManifest(Path file, CommandSpec running) {
        Path name = file.getFileName();
        if (name == null || !name.toString().matches(NAME) || !Files.isReadable(file)) {
            throw CommandFailure.usage(
                    "FILE must be a manifest that can be read, named after its month: audit-2026-01.manifest.json.",
                    running.qualifiedName() + " --help");
        }
    }
}
