package dev.semel.cli.demo.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer's bytes. Immutable. */
public final class AnswerBody {

    private static final int SHOWN = 300;

    private final byte[] bytes;

    AnswerBody(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The bytes as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnswerBody that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text, shortened. */
    @Override
    public String toString() {
        String text = text();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
