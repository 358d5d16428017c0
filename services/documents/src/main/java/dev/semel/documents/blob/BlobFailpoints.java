package dev.semel.documents.blob;

import dev.semel.failpoint.Failpoint;
import dev.semel.failpoint.Failpoints;
import java.io.IOException;
import java.sql.SQLException;

/** Where a rehearsal makes the process stall or die between the store and the database. Thread-safe. */
final class BlobFailpoints {
    /** The bytes of a put are durable; they have no row yet. */
    static final Failpoint AFTER_BYTES = new Failpoint("documents.put.after-bytes");

    /** The row of a put is committed; the write that needs it has not begun. */
    static final Failpoint AFTER_ROW = new Failpoint("documents.put.after-row");

    /** A row was collected; its bytes are there. */
    static final Failpoint BEFORE_DELETION = new Failpoint("documents.deletion.before-bytes");

    /** Its bytes are gone; nothing is acknowledged yet. */
    static final Failpoint AFTER_DELETION = new Failpoint("documents.deletion.after-bytes");

    private final Failpoints failpoints;

    BlobFailpoints(Failpoints failpoints) {
        this.failpoints = failpoints;
    }

    /** No transaction is open. */
    void reach(Failpoint failpoint) throws IOException {
        try {
            failpoints.reach(failpoint, null);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
