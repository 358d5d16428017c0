package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Keeps bytes outside the database, and knows nothing of content, hashes and who needs them. Implementations are thread-safe, need
 * memory of a fixed size whatever the bytes' number, and keep their contract test, {@code ByteStoreContract}.
 */
public interface ByteStore {
    /**
     * Writes bytes where none lie yet. When it returns they are there whole, also after a crash of the machine; when it
     * throws, nothing can be opened there.
     *
     * @param content is read to its end and not closed
     * @throws IOException if the content cannot be read or the store cannot be reached
     */
    void write(Location location, InputStream content) throws IOException;

    /**
     * Opens bytes.
     *
     * @throws java.nio.file.NoSuchFileException if there are none
     * @throws IOException if the store cannot be reached
     */
    StoredBytes open(Location location) throws IOException;

    /**
     * Removes bytes, and what a write that was cut off has left there. Does nothing if there is nothing.
     *
     * @throws IOException if the store cannot be reached
     */
    void delete(Location location) throws IOException;

    /**
     * Shows the locations at which something has lain unchanged for at least that long, leftovers of writes that were cut off among
     * them; those of one tenant come together. What is written or deleted meanwhile may be shown or not. Costs a look at all
     * that is stored.
     *
     * @throws IOException if the store cannot be reached
     * @throws Exception what the visitor threw
     */
    void visitOlderThan(Duration age, Visitor visitor) throws Exception;

    /** Is shown locations. */
    @FunctionalInterface
    interface Visitor {
        /** @throws Exception to end the visit */
        void visit(Location location) throws Exception;
    }
}
