package dev.semel.internal.audit;

import dev.semel.InvalidPayloadException;
import dev.semel.PayloadCodec;
import dev.semel.audit.AuditFinding.FileBroken;
import dev.semel.audit.AuditFinding.RowChanged;
import dev.semel.audit.AuditFinding.RowInserted;
import dev.semel.audit.AuditFinding.SealBroken;
import dev.semel.audit.AuditManifest;
import dev.semel.internal.audit.Seal.SealedRow;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Holds the lines of an export against its manifest. Used once, by one thread. Memory does not grow with the file. */
final class LineCheck {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_ROWS_OF_A_SEAL = 1_000_000;

    private final PayloadCodec codec;
    private final YearMonth month;
    private final AuditManifest manifest;
    private final Findings findings;
    private String head;
    private long rows;
    private @Nullable Long firstId;
    private @Nullable Long lastId;

    LineCheck(PayloadCodec codec, YearMonth month, AuditManifest manifest, Findings findings) {
        this.codec = codec;
        this.month = month;
        this.manifest = manifest;
        this.findings = findings;
        this.head = manifest.start();
    }

    void run(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, Sha256.newDigest())) {
            checkLines(digested);
            digested.transferTo(OutputStream.nullOutputStream());
            if (!Sha256.hex(digested.getMessageDigest().digest()).equals(manifest.sha256())) {
                broken("it has another hash than its manifest says");
            }
        } catch (IOException e) {
            broken(e.getClass().getSimpleName());
        }
    }

    private void checkLines(InputStream file) {
        try {
            InputStream lines = new BufferedInputStream(new GZIPInputStream(file, 1 << 16), 1 << 16);
            for (AuditManifest.Seal seal : manifest.seals()) {
                checkSeal(seal, lines);
            }
            for (Optional<ExportLine> extra = next(lines); extra.isPresent(); extra = next(lines)) {
                findings.add(new RowInserted(
                        month, extra.get().row().tenantId(), extra.get().row().id()));
            }
            checkEnd();
        } catch (IOException | InvalidPayloadException | DateTimeException e) {
            broken(e.getClass().getSimpleName());
        }
    }

    private void checkSeal(AuditManifest.Seal seal, InputStream lines) throws IOException {
        List<SealedRow> sealed = new ArrayList<>();
        int expected = Math.min(seal.rows(), MOST_ROWS_OF_A_SEAL);
        while (sealed.size() < expected) {
            Optional<ExportLine> line = next(lines);
            if (line.isEmpty()) {
                break;
            }
            sealed.add(checkRow(line.get()));
        }
        head = Seal.hash(month, seal.number(), sealed, head);
        if (!head.equals(seal.hash())) {
            findings.add(new SealBroken(month, seal.number()));
            head = seal.hash();
        }
    }

    private SealedRow checkRow(ExportLine line) {
        StoredRow row = line.row();
        if (row.digest().equals(line.digest())) {
            findings.verified(1);
        } else {
            findings.add(new RowChanged(month, row.tenantId(), row.id()));
        }
        rows++;
        firstId = firstId == null ? Long.valueOf(row.id()) : firstId;
        lastId = row.id();
        return new SealedRow(row.id(), row.tenantId(), line.digest());
    }

    private void checkEnd() {
        Anchor.Head read = new Anchor.Head(manifest.seals().size(), rows, firstId, lastId, head);
        Anchor.Head told = new Anchor.Head(
                manifest.seals().size(), manifest.rows(), manifest.firstId(), manifest.lastId(), manifest.head());
        if (!read.equals(told)) {
            findings.chainBroken(month, "the rows are not what the manifest says");
        }
    }

    private Optional<ExportLine> next(InputStream lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(parse(line));
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("a line is too long");
            }
            line.write(next);
        }
        return Optional.of(parse(line));
    }

    private ExportLine parse(ByteArrayOutputStream line) {
        return codec.read(line.toByteArray(), ExportLine.class);
    }

    private void broken(String why) {
        findings.add(new FileBroken(month, manifest.file(), why));
    }
}
