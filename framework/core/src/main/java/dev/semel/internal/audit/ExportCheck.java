package dev.semel.internal.audit;

import dev.semel.InvalidPayloadException;
import dev.semel.PayloadCodec;
import dev.semel.audit.AuditFinding.FileBroken;
import dev.semel.audit.AuditHead;
import dev.semel.audit.AuditManifest;
import dev.semel.audit.AuditVerification;
import dev.semel.maintenance.MaintenanceTransactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies exports. Whatever is wrong with the files is a finding. */
public final class ExportCheck {
    private static final Pattern MANIFEST = Pattern.compile("audit-(\\d{4}-\\d{2})\\.manifest\\.json");
    private static final long LARGEST_MANIFEST = 256L << 20;

    private final MaintenanceTransactions maintenance;
    private final PayloadCodec codec;

    public ExportCheck(MaintenanceTransactions maintenance, PayloadCodec codec) {
        this.maintenance = maintenance;
        this.codec = codec;
    }

    /** The files against themselves. */
    public AuditVerification files(Path manifestFile) {
        Findings findings = new Findings();
        read(manifestFile, findings);
        return findings.result();
    }

    /** Also against the database. */
    public AuditVerification withAnchor(Path manifestFile) throws Exception {
        Findings findings = new Findings();
        YearMonth month = month(manifestFile);
        Optional<AuditManifest> manifest = read(manifestFile, findings);
        Optional<Anchor> anchor = maintenance.run(connection -> new Anchors(connection).find(month));
        if (manifest.isPresent()) {
            checkAnchor(month, manifest.get(), anchor, findings);
        }
        return findings.result();
    }

    private static void checkAnchor(
            YearMonth month, AuditManifest manifest, Optional<Anchor> anchor, Findings findings) {
        if (anchor.isEmpty()) {
            findings.chainBroken(month, "the database has no anchor of it");
            return;
        }
        Anchor.Export export = anchor.get().export();
        Anchor.Head head = new Anchor.Head(
                manifest.seals().size(), manifest.rows(), manifest.firstId(), manifest.lastId(), manifest.head());
        if (!head.equals(anchor.get().head())
                || !manifest.start().equals(anchor.get().start())) {
            findings.chainBroken(month, "the export is not what its anchor says");
        }
        if (export == null || !export.sha256().equals(manifest.sha256())) {
            findings.add(new FileBroken(month, manifest.file(), "it is not the file that was exported"));
        }
    }

    private Optional<AuditManifest> read(Path manifestFile, Findings findings) {
        YearMonth month = month(manifestFile);
        String name = String.valueOf(manifestFile.getFileName());
        try {
            AuditManifest manifest = readManifest(manifestFile);
            if (!isFor(manifest, month)) {
                findings.add(new FileBroken(month, name, "it belongs to another month or version"));
                return Optional.empty();
            }
            new LineCheck(codec, month, manifest, findings).run(manifestFile.resolveSibling(manifest.file()));
            findings.head(new AuditHead(month, manifest.seals().size(), manifest.head()));
            return Optional.of(manifest);
        } catch (IOException | InvalidPayloadException e) {
            findings.add(new FileBroken(month, name, e.getClass().getSimpleName()));
            return Optional.empty();
        }
    }

    private AuditManifest readManifest(Path file) throws IOException {
        if (Files.size(file) > LARGEST_MANIFEST) {
            throw new IOException("a manifest is not that large");
        }
        return codec.read(Files.readAllBytes(file), AuditManifest.class);
    }

    /** The file's name is not taken from the manifest's word: it could lead anywhere. */
    private static boolean isFor(AuditManifest manifest, YearMonth month) {
        return manifest.version() == AuditManifest.CURRENT_VERSION
                && month.toString().equals(manifest.month())
                && ExportFiles.rowsName(month).equals(manifest.file());
    }

    private static YearMonth month(Path manifestFile) {
        Matcher name = MANIFEST.matcher(String.valueOf(manifestFile.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException("a manifest is named audit-2026-01.manifest.json, after its month");
        }
        try {
            return YearMonth.parse(name.group(1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such month: " + name.group(1), e);
        }
    }
}
