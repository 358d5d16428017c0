package dev.semel.documents.blob;

/** Is told what happens to blobs. Implementations are thread-safe, quick, and throw nothing. */
interface BlobListener {
    /** Content turned out to be missing or altered, whether or not it had before. */
    default void damaged() {}

    /** Lost content was put again, and is whole. */
    default void mended() {}

    /** @param number of blobs that were read to see whether they are whole */
    default void verified(long number) {}

    /** @param number of blobs that nothing needed any more */
    default void collected(int number) {}

    /** @param number of places with bytes that belonged to no blob */
    default void swept(int number) {}
}
