package dev.semel.internal.audit;

import dev.semel.PayloadCodec;
import dev.semel.audit.AuditExportException;
import dev.semel.audit.AuditManifest;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.YearMonth;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a month's files, verifying as it reads. */
public final class Exporter {
    private final MaintenanceTransactions maintenance;
    private final PayloadCodec codec;
    private final ExportFiles files;

    public Exporter(MaintenanceTransactions maintenance, PayloadCodec codec, Path folder) {
        this.maintenance = maintenance;
        this.codec = codec;
        this.files = new ExportFiles(folder);
    }

    public Path manifest(YearMonth month) {
        return files.manifest(month);
    }

    /** Returns the manifest's file; nothing is noted in the database yet. */
    public Path write(YearMonth month) throws Exception {
        requireOver(month);
        AuditManifest manifest = files.write(
                ExportFiles.rowsName(month), out -> writeRows(month, new DigestOutputStream(out, Sha256.newDigest())));
        files.<Boolean>write(ExportFiles.manifestName(month), out -> {
            out.write(codec.write(manifest));
            return true;
        });
        return files.manifest(month);
    }

    private void requireOver(YearMonth month) throws Exception {
        boolean over = maintenance.run(connection -> {
            new Anchors(connection).lock(month); // a month without rows is exported, and anchored, as such
            return YearMonth.from(new Months(connection).today()).isAfter(month);
        });
        if (!over) {
            throw new AuditExportException(month, "it is not over", List.of());
        }
    }

    private AuditManifest writeRows(YearMonth month, DigestOutputStream out) throws Exception {
        Findings findings = new Findings();
        LineWriter lines = new LineWriter(codec, new GZIPOutputStream(out, 1 << 16));
        Anchor anchor = new MonthCheck(new MonthPages(maintenance, month), findings, lines)
                .run(List.of())
                .orElseThrow();
        requireIntact(month, findings.result());
        lines.finish();
        return manifest(anchor, lines, Sha256.hex(out.getMessageDigest().digest()));
    }

    private static void requireIntact(YearMonth month, AuditVerification verification) throws AuditExportException {
        if (!verification.intact()) {
            throw new AuditExportException(
                    month,
                    "it is not as it was sealed: " + verification.findingCount() + " findings",
                    verification.findings());
        }
        if (!verification.detached().isEmpty()) {
            throw new AuditExportException(month, "its rows are not in the log", List.of());
        }
        if (verification.unsealedRows() > 0) {
            throw new AuditExportException(month, verification.unsealedRows() + " rows are not sealed", List.of());
        }
    }

    private static AuditManifest manifest(Anchor anchor, LineWriter lines, String sha256) {
        Anchor.Head head = anchor.head();
        return new AuditManifest(
                AuditManifest.CURRENT_VERSION,
                anchor.month().toString(),
                head.rows(),
                head.firstId(),
                head.lastId(),
                anchor.start(),
                head.hash(),
                ExportFiles.rowsName(anchor.month()),
                sha256,
                lines.seals());
    }

    /** Notes the export in the anchor, unless more was sealed meanwhile. */
    public void remember(YearMonth month, Path manifestFile) throws Exception {
        AuditManifest manifest = codec.read(Files.readAllBytes(manifestFile), AuditManifest.class);
        boolean current = maintenance.run(connection -> {
            Anchors anchors = new Anchors(connection);
            boolean same = anchors.lock(month).head().hash().equals(manifest.head());
            if (same) {
                anchors.exported(month, new Anchor.Export(ExportFiles.manifestName(month), manifest.sha256()));
            }
            return same;
        });
        if (!current) {
            throw new AuditExportException(month, "rows were sealed meanwhile", List.of());
        }
    }
}
