package dev.semel.books.bank;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a text may begin with to say its encoding.
 *
 * @param length in bytes
 */
record ByteOrderMark(Charset charset, int length) {
    private static final char MARK = '\uFEFF';
    private static final List<Charset> MARKED =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    /** The one that the bytes begin with. */
    static Optional<ByteOrderMark> of(byte[] bytes) {
        return MARKED.stream()
                .filter(charset -> begins(bytes, mark(charset)))
                .findFirst()
                .map(charset -> new ByteOrderMark(charset, mark(charset).length));
    }

    private static byte[] mark(Charset charset) {
        return String.valueOf(MARK).getBytes(charset);
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || bytes[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
