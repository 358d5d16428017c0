package dev.semel.documents.content;

import dev.semel.documents.blob.StoredBlob;

/** Content of a version to be made. Immutable. */
public sealed interface Content {
    /** Its name in the store and in the row. */
    String hash();

    /**
     * Text that is small enough to lie in the row.
     *
     * @param bytes at most {@link #MAX_BYTES}; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Small(String hash, byte[] bytes) implements Content {
        /** Also a constraint of the table. */
        public static final int MAX_BYTES = 8 * 1024;

        /** Without the content. */
        @Override
        public String toString() {
            return "Small[" + hash + "]";
        }
    }

    /** Content that this request has put into the store. */
    record Stored(StoredBlob blob) implements Content {
        @Override
        public String hash() {
            return blob.hash();
        }
    }

    /** Content that an earlier request has put into the store: it was there when it was looked for. */
    record Named(String hash) implements Content {}

    /** Content that is named and not in the store, or not whole: no version is made of it. */
    record Absent(String hash) implements Content {}
}
