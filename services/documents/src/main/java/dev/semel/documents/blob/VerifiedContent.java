package dev.semel.documents.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Content on its way out of a store. Its last bytes are handed out only if all of them are what was put: whoever reads altered content
 * gets less than its size and an exception. Not thread-safe.
 */
final class VerifiedContent extends FilterInputStream {
    private final StoredBlob blob;
    private final Consumer<DamagedBlobException> damage;
    private final Sha256 sha256 = new Sha256();
    private long left;
    private boolean verified;

    /** @param damage is told before the reader is */
    VerifiedContent(InputStream bytes, StoredBlob blob, Consumer<DamagedBlobException> damage) {
        super(bytes);
        this.blob = blob;
        this.damage = damage;
        left = blob.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? read : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            verify();
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw damaged("content ends too early");
        }
        sha256.update(bytes, offset, read);
        left -= read;
        if (left == 0) {
            verify();
        }
        return read;
    }

    private void verify() throws DamagedBlobException {
        if (!verified) {
            if (!sha256.hash().equals(blob.hash())) {
                throw damaged("content is not what was put");
            }
            verified = true;
        }
    }

    private DamagedBlobException damaged(String what) {
        DamagedBlobException exception = new DamagedBlobException(what);
        damage.accept(exception);
        return exception;
    }

    /** Reads what it skips: the hash needs all of it. */
    @Override
    public long skip(long wanted) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(wanted, 0))];
        long skipped = 0;
        while (skipped < wanted) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, wanted - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    /** Nothing beyond the content's size. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
