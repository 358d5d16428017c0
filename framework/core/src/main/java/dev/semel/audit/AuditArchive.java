package dev.semel.audit;

import dev.semel.PayloadCodec;
import dev.semel.internal.audit.ExportCheck;
import dev.semel.internal.audit.Exporter;
import dev.semel.internal.audit.MonthMoves;
import dev.semel.maintenance.MaintenanceTransactions;
import java.nio.file.Path;
import java.time.YearMonth;

/**
 * Moves old months out of the audit log: into files, then out of the table, in the end out of the database. Thread-safe; each step
 * may be repeated after a crash at any point.
 *
 * <p>An export is two files: {@code audit-2026-01.jsonl.gz}, a line of JSON for each row with its digest, and {@code
 * audit-2026-01.manifest.json}, an {@link AuditManifest}. Nobody but their owner may read them.
 */
public final class AuditArchive {
    private final Exporter exporter;
    private final ExportCheck check;
    private final MonthMoves moves;

    private AuditArchive(Exporter exporter, ExportCheck check, MonthMoves moves) {
        this.exporter = exporter;
        this.check = check;
        this.moves = moves;
    }

    /**
     * An archive.
     *
     * @param codec writes and reads the lines and the manifest
     * @param folder made at the first export if it is missing
     */
    public static AuditArchive of(MaintenanceTransactions maintenance, PayloadCodec codec, Path folder) {
        return new AuditArchive(
                new Exporter(maintenance, codec, folder),
                new ExportCheck(maintenance, codec),
                new MonthMoves(maintenance, folder));
    }

    /**
     * Verifies a month and writes its files, safely on disk when this returns; then reads them back. The month stays in the log;
     * should a row of it be sealed later, the export is void and the next one takes the place of its files.
     *
     * @return the manifest's file
     * @throws AuditExportException if the month is not over, not completely sealed, not as it was sealed, or not readable again
     * @throws Exception what the database or the file system threw
     */
    public Path export(YearMonth month) throws Exception {
        Path manifest = exporter.write(month);
        AuditVerification written = check.files(manifest);
        if (!written.intact()) {
            throw new AuditExportException(
                    month, "its files do not read back as they were written", written.findings());
        }
        exporter.remember(month, manifest);
        return manifest;
    }

    /**
     * Takes an exported month out of the log; its table stays, unreachable for the application. Writes wait behind this for a
     * tenth of a second at most.
     *
     * @return false if a reader or writer was in the way for that long: try again later
     * @throws java.sql.SQLException with state 55000 if the month has no valid export, is not attached, or has rows that are not sealed
     * @throws Exception what the database threw
     */
    public boolean detach(YearMonth month) throws Exception {
        return moves.detach(month);
    }

    /**
     * Puts a detached month back into the log, for a query, until it is detached again.
     *
     * @return false if a reader was in the way: try again later
     * @throws java.sql.SQLException with state 55000 if the month is not detached
     * @throws Exception what the database threw
     */
    public boolean attach(YearMonth month) throws Exception {
        return moves.attach(month);
    }

    /**
     * Removes a detached month's table and seals for good, after its export was verified in this archive's folder. Its files and
     * its anchor stay.
     *
     * @throws AuditExportException if the export is not in the folder, or is not the one that was made
     * @throws java.sql.SQLException with state 55000 if the month is not detached, is not as it was sealed, or ended less than a
     *     year ago
     * @throws Exception what the database threw
     */
    public void drop(YearMonth month) throws Exception {
        AuditVerification export = verifyExport(manifest(month));
        if (!export.intact()) {
            throw new AuditExportException(month, "its files are not here, or not as they were", export.findings());
        }
        moves.drop(month);
    }

    /**
     * Removes the files of a month that was dropped; does nothing, and notes nothing, if they are not in this archive's folder.
     * Its anchor stays.
     *
     * @throws IllegalStateException if the month was not dropped
     * @throws Exception what the database or the file system threw
     */
    public void removeFiles(YearMonth month) throws Exception {
        moves.removeFiles(month);
    }

    /** Where a month's manifest is, or would be. */
    public Path manifest(YearMonth month) {
        return exporter.manifest(month);
    }

    /**
     * Reads an export back and holds it against itself and against its anchor in the database: the files' hash, each row's
     * digest, the chain of seals.
     *
     * @param manifest may be anywhere; the rows' file is beside it
     * @return findings instead of exceptions for whatever is wrong with the files
     * @throws Exception what the database threw
     */
    public AuditVerification verifyExport(Path manifest) throws Exception {
        return check.withAnchor(manifest);
    }
}
