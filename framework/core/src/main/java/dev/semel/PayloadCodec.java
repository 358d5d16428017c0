package dev.semel;

/** Turns payloads and results into JSON and back. Implementations are thread-safe. */
public interface PayloadCodec {
    /**
     * The value as JSON in UTF-8.
     *
     * @throws IllegalArgumentException if the value cannot be written
     */
    byte[] write(Object value);

    /**
     * Reads what {@link #write} made.
     *
     * @throws InvalidPayloadException if the JSON does not fit the type
     */
    <T> T read(byte[] json, Class<T> type);

    /**
     * One form for all spellings of the same JSON value: member order, white space and number spelling do not matter, no
     * digit is lost. Bounded in time and memory whatever the input.
     *
     * @throws InvalidPayloadException for anything that is not well-formed JSON, for duplicate members, lone surrogates, NUL
     *     characters, and for depth, size or exponents beyond the codec's bounds
     */
    byte[] canonical(byte[] json);

    /**
     * The same for an operation with a bound of its own on the size. Default: {@link #canonical(byte[])}, with the codec's bound.
     *
     * @param maxBytes the largest JSON that is taken, which may be more or less than the codec takes otherwise
     * @throws InvalidPayloadException as {@link #canonical(byte[])}
     */
    default byte[] canonical(byte[] json, int maxBytes) {
        return canonical(json);
    }
}
