package dev.semel.documents.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of some content are asked for. */
sealed interface ByteRange {
    /** All of them. */
    record Whole() implements ByteRange {}

    /** From the first to the last, both included. */
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /** Some that the content does not have. */
    record Beyond() implements ByteRange {}

    /**
     * What a header {@code Range} asks for. One that is not understood, or asks for several parts, is not there, as RFC 9110 has it.
     *
     * @param header null if there is none
     * @param size of the content, in bytes
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher bounds = Shape.ONE_RANGE.matcher(header == null ? "" : header);
        if (!bounds.matches()) {
            return new Whole();
        }
        String first = bounds.group(1);
        String last = bounds.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
        }
        return between(Long.parseLong(first), last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last), size);
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? new Beyond() : new Part(Math.max(0, size - length), size - 1);
    }

    private static ByteRange between(long first, long last, long size) {
        if (last < first) {
            return new Whole();
        }
        return first >= size ? new Beyond() : new Part(first, Math.min(last, size - 1));
    }

    /** Where an interface keeps its constants. */
    final class Shape {
        private static final Pattern ONE_RANGE =
                Pattern.compile("[ \t]*bytes[ \t]*=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", Pattern.CASE_INSENSITIVE);

        private Shape() {}
    }
}
