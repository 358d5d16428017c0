package dev.semel.internal.audit;

import dev.semel.PayloadCodec;
import dev.semel.audit.AuditManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a line for each row and remembers the seals. Belongs to one thread. */
final class LineWriter implements MonthCheck.Reader {
    private final PayloadCodec codec;
    private final GZIPOutputStream out;
    private final List<AuditManifest.Seal> seals = new ArrayList<>();

    LineWriter(PayloadCodec codec, GZIPOutputStream out) {
        this.codec = codec;
        this.out = out;
    }

    @Override
    public void row(StoredRow row) {
        try {
            write(out, codec.write(new ExportLine(row.digest(), row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    @Override
    public void seal(Seal seal) {
        seals.add(new AuditManifest.Seal(seal.number(), seal.rows().size(), seal.hash()));
    }

    void finish() throws IOException {
        out.finish();
    }

    List<AuditManifest.Seal> seals() {
        return List.copyOf(seals);
    }
}
