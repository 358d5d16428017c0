package dev.semel.sync.text;

import dev.semel.documents.content.ContentHash;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The content of a file in the one form that is stored and hashed: UTF-8 without NUL, lines ended by LF, no byte order mark. CR and CR LF,
 * which Markdown takes for the ends of lines too, become LF. What the file looked like on a client's disk is remembered by that client
 * alone. Reading what is stored gives the same again. Immutable.
 */
public final class ContentBytes {
    /** The code of every refusal; its rule is a {@link ContentRule}. */
    public static final String INVALID = "CONTENT_INVALID";

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] stored;
    private final String hash;

    private ContentBytes(byte[] stored) {
        this.stored = stored;
        this.hash = ContentHash.of(stored);
    }

    /** Reads a file's bytes, which are not kept. Linear; the caller bounds the size. */
    public static Checked<ContentBytes> ofBytes(byte[] bytes) {
        if (!isUtf8(bytes)) {
            return ContentRule.NOT_UTF8.refused();
        }
        byte[] stored = stored(bytes);
        for (byte one : stored) {
            if (one == 0) {
                return ContentRule.NUL.refused();
            }
        }
        return Checked.good(new ContentBytes(stored));
    }

    /** Reads a text, such as a JSON member. */
    public static Checked<ContentBytes> ofText(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return ofBytes(bytes);
        } catch (CharacterCodingException e) {
            return ContentRule.NOT_UTF8.refused();
        }
    }

    /** A copy of the stored form. */
    public byte[] bytes() {
        return stored.clone();
    }

    /** The stored form as a text. */
    public String text() {
        return new String(stored, StandardCharsets.UTF_8);
    }

    /** The hash of the stored form: {@code sha256:} and 64 hexadecimal digits in lower case. */
    public String hash() {
        return hash;
    }

    /** The number of bytes of the stored form. */
    public int size() {
        return stored.length;
    }

    /**
     * The line, counted from 1, at which a merge that nobody finished begins: {@code <<<<<<<}, and further down {@code =======} or
     * {@code >>>>>>>}. Each of them alone may be Markdown. Code that shows such lines indents them.
     */
    public OptionalInt conflictMarkers() {
        return ConflictMarkers.firstLine(stored);
    }

    /** Contents of the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ContentBytes content && Arrays.equals(stored, content.stored);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** The hash and the size; never the content. */
    @Override
    public String toString() {
        return hash + " (" + stored.length + " bytes)";
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        CharBuffer ignored = CharBuffer.allocate(8192);
        while (true) {
            var result = decoder.decode(rest, ignored, true);
            if (!result.isOverflow()) {
                return result.isUnderflow();
            }
            ignored.clear();
        }
    }

    private static byte[] stored(byte[] bytes) {
        byte[] stored = new byte[bytes.length];
        int length = 0;
        for (int at = afterMarks(bytes); at < bytes.length; at++) {
            boolean pair = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
            if (!pair) {
                stored[length++] = bytes[at] == '\r' ? (byte) '\n' : bytes[at];
            }
        }
        return Arrays.copyOf(stored, length);
    }

    /** All of them, or what is stored would begin with one. */
    private static int afterMarks(byte[] bytes) {
        int at = 0;
        while (bytes.length - at >= MARK.length && Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
            at += MARK.length;
        }
        return at;
    }
}
